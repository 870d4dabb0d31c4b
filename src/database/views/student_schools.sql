create view student_schools with (security_barrier) as
select
  l.student_id,
  l.school_id,
  (
    select o.name
    from one_roster_organization o
    where o.id = l.school_id
  ) as school_name,
  l.link_kind,
  l.begin_date,
  l.end_date,
  array(
    select distinct m.org_id
    from memberships_in_scope m
    where m.user_id = l.student_id
    order by m.org_id
  ) as org_ids
from (
  -- Several classes with equal dates attach a student once. Names and organisations come after the rows are in order, so that
  -- a page looks up its own.
  select distinct
    l.student_id,
    l.school_id,
    l.link_kind,
    l.begin_date,
    l.end_date
  from school_links l
  where (select is_unrestricted from caller_scope)
    or exists (
      select
      from memberships_in_scope m
      where m.user_id = l.student_id
    )
  order by
    l.begin_date desc,
    l.student_id
) l
order by
  l.begin_date desc,
  l.student_id;
