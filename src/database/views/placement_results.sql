create view placement_results with (security_barrier) as
select
  p.student_id,
  p.subject_id,
  -- A grade that the source holds before the placement is through is not yet the student's.
  case when p.status = 'Completed' then p.grade_id end as grade_id,
  p.status as placement_status,
  p.date_last_modified as last_updated,
  array(
    select distinct m.org_id
    from memberships_in_scope m
    where m.user_id = p.student_id
    order by m.org_id
  ) as org_ids
from placement_student_subject_placement p
where (
    (select is_unrestricted from caller_scope)
    or exists (
      select
      from memberships_in_scope m
      where m.user_id = p.student_id
    )
  )
  -- Asked once: where nobody is in scope, no placement is looked at.
  and (select is_unrestricted or exists (select from memberships_in_scope) from caller_scope)
order by
  p.date_last_modified desc,
  p.student_id,
  p.subject_id;
