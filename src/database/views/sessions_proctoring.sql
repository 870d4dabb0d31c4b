-- What happens at the same time counts once: the time that the events of a session cover together, rounded once. Session by
-- session, for a caller sees few that are proctored, and most events are of other sessions.
create view sessions_proctoring with (security_barrier) as
with few as materialized (
  select ids
  from people_if_few
),
-- Asked once, and not of each event.
types as materialized (
  select array_agg(id) as ids
  from insights_type
  where category = 'Proctoring'
)
select
  s.caliper_session_id as session_id,
  covered.seconds as proctoring_duration_sec,
  array(
    select distinct m.org_id
    from memberships_in_scope m
    where m.user_id = s.user_id
    order by m.org_id
  ) as org_ids
from (
  select *
  from insights_session
  where (select ids is not null from few)
    and user_id = any ((select ids from few)::uuid[])
  union all
  select *
  from insights_session every
  where (select ids is null from few)
    and (
      (select is_unrestricted from caller_scope)
      or exists (
        select
        from memberships_in_scope m
        where m.user_id = every.user_id
      )
    )
) s
cross join lateral (
  select round(sum(extract(epoch from upper(span) - lower(span)))) as seconds
  from (
    select range_agg(tstzrange(q.started_at_time, q.ended_at_time)) as spans
    from qualifying_insights q
    where q.insights_session_id = s.id
      and q.insight_type_id = any ((select ids from types)::uuid[])
  ) events
  cross join unnest(events.spans) span
) covered
where s.is_proctored
  and covered.seconds > 0;
