-- What happens at the same time counts once: the time that the events of a session cover together, rounded once.
create view sessions_cheating with (security_barrier) as
with few as materialized (
  select ids
  from people_if_few
),
-- Known beforehand, these lead to their events by an index; the category of an event would have to be asked of each.
types as materialized (
  select array_agg(id) as ids
  from insights_type
  where category = 'Cheating'
)
select
  covered.session_id,
  covered.seconds as cheating_duration_sec,
  array(
    select distinct m.org_id
    from memberships_in_scope m
    where m.user_id = covered.student_id
    order by m.org_id
  ) as org_ids
from (
  select
    session_id,
    student_id,
    (
      select round(sum(extract(epoch from upper(span) - lower(span))))
      from unnest(spans) span
    ) as seconds
  from (
    select
      i.session_id,
      i.student_id,
      range_agg(tstzrange(i.started_at_time, i.ended_at_time)) as spans
    from (
      select *
      from session_insights
      where (select ids is not null from few)
        and student_id = any ((select ids from few)::uuid[])
        and insight_type_id = any ((select ids from types)::uuid[])
      union all
      select *
      from session_insights every
      where (select ids is null from few)
        and insight_type_id = any ((select ids from types)::uuid[])
        and case
          -- A wide scope is looked up, person by person: hashed, one row would cost as much as all of them.
          when (select is_wide from scope_width)
          then exists (
            select
            from memberships_in_scope m
            where m.user_id = every.student_id
            offset 0
          )
          else (select is_unrestricted from caller_scope)
            or exists (
              select
              from memberships_in_scope m
              where m.user_id = every.student_id
            )
        end
    ) i
    group by
      i.session_id,
      i.student_id
  ) events
) covered
where covered.seconds > 0;
