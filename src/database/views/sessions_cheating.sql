-- What happens at the same time counts once: the time that the events of a session cover together, rounded once.
create view sessions_cheating with (security_barrier) as
select
  s.caliper_session_id as session_id,
  covered.seconds as cheating_duration_sec,
  array(
    select distinct m.org_id
    from memberships_in_scope m
    where m.user_id = s.user_id
    order by m.org_id
  ) as org_ids
from insights_session s
cross join lateral (
  select round(sum(extract(epoch from upper(span) - lower(span)))) as seconds
  from unnest(
    (
      select range_agg(tstzrange(q.started_at_time, q.ended_at_time))
      from qualifying_insights q
      where q.insights_session_id = s.id
        and q.category = 'Cheating'
    )
  ) span
) covered
where covered.seconds > 0
  and (
    (select is_unrestricted from caller_scope)
    or exists (
      select
      from memberships_in_scope m
      where m.user_id = s.user_id
    )
  );
