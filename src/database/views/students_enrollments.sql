create view students_enrollments with (security_barrier) as
select
  e.student_id,
  e.organization_name,
  array(
    select distinct m.org_id
    from memberships_in_scope m
    where m.user_id = e.student_id
    order by m.org_id
  ) as org_ids
from (
  select *
  from (
    select distinct
      r.user_id as student_id,
      o.name as organization_name
    from one_roster_role r
    join one_roster_organization o on o.id = r.org_id
    where r.role = 'student'
      and r.status <> 'tobedeleted'
      and (
        (select is_unrestricted from caller_scope)
        or exists (
          select
          from memberships_in_scope m
          where m.user_id = r.user_id
        )
      )
  ) enrolled
  -- Before their organisations are looked up, so that a page looks up its own.
  order by
    organization_name collate "und-x-icu",
    student_id
) e
order by
  e.organization_name collate "und-x-icu",
  e.student_id;
