-- Sessions of anybody, whatever her role; those of nobody are for callers without a limit.
create view sessions with (security_barrier) as
with reach as materialized (
  select
    ids,
    ids is null and (select is_wide from scope_width) as is_wide
  from people_if_few
)
select
  s.id,
  s.user_id as student_id,
  s.client_id as learning_app_id,
  (s.started_at_time at time zone 'UTC')::date as date,
  s.started_at_time as start_time,
  s.ended_at_time as end_time,
  round(extract(epoch from s.ended_at_time - s.started_at_time)) as duration_sec,
  coalesce(watched[1], false) as webcam_enabled,
  coalesce(watched[2], false) as is_proctored,
  array(
    select distinct m.org_id
    from memberships_in_scope m
    where m.user_id = s.user_id
    order by m.org_id
  ) as org_ids
from (
  (
    select *
    from caliper_session
    where user_id = any ((select ids from reach)::uuid[])
    order by
      started_at_time desc,
      id
  )
  union all
  (
    select *
    from caliper_session every
    where (select ids is null and not is_wide from reach)
      and (
        (select is_unrestricted from caller_scope)
        or exists (
          select
          from memberships_in_scope m
          where m.user_id = every.user_id
        )
      )
    order by
      started_at_time desc,
      id
  )
  union all
  (
    select every.*
    from caliper_session every
    cross join lateral (
      select
      from memberships_in_scope m
      where m.user_id = every.user_id
      limit 1
    ) somebody_in_scope
    where (select is_wide from reach)
    order by
      every.started_at_time desc,
      every.id
  )
) s
-- Row by row, because with a join the planner prefers to read both tables whole, and leaves the order below. One look for both
-- columns, and none if neither is asked for.
cross join lateral (
  select (
    select array[i.webcam_enabled, i.is_proctored]
    from insights_session i
    where i.caliper_session_id = s.id
  ) as watched
  offset 0
) recording
order by
  s.started_at_time desc,
  s.id;
