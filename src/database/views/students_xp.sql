-- Points without a session, and those without a date, are groups of their own. All of it is in the order of an index on the days,
-- so that a list has its first groups when it has read their points.
create view students_xp with (security_barrier) as
with few as materialized (
  select ids
  from people_if_few
)
select
  x.student_id,
  x.learning_app_id,
  x.session_id,
  x.date,
  sum(x.value) as total_value,
  array(
    select distinct m.org_id
    from memberships_in_scope m
    where m.user_id = x.student_id
    order by m.org_id
  ) as org_ids
from (
  (
    select *
    from session_points
    where (select ids is not null from few)
      and student_id = any ((select ids from few)::uuid[])
    order by
      date desc,
      student_id
  )
  union all
  (
    select *
    from session_points every
    where (select ids is null from few)
      and (
        (select is_unrestricted from caller_scope)
        or exists (
          select
          from memberships_in_scope m
          where m.user_id = every.student_id
        )
      )
    order by
      date desc,
      student_id
  )
) x
group by
  x.student_id,
  x.learning_app_id,
  x.session_id,
  x.date
order by
  x.date desc,
  x.student_id;
