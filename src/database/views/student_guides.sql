-- Scoped by the student alone: the guide may belong anywhere. The names are looked up, so that they cost nothing where nobody
-- asks for them, and after the rows are in order, so that a page looks up its own.
create view student_guides with (security_barrier) as
select
  a.source_user_id as student_id,
  (
    select trim(student.given_name || ' ' || student.family_name)
    from one_roster_user student
    where student.id = a.source_user_id
  ) as student_name,
  a.agent_user_id as guide_id,
  (
    select trim(guide.given_name || ' ' || guide.family_name)
    from one_roster_user guide
    where guide.id = a.agent_user_id
  ) as guide_name,
  a.relationship_type,
  a.status,
  a.begin_date,
  a.end_date,
  a.date_created as assigned_date,
  a.date_last_modified as last_modified_date,
  array(
    select distinct m.org_id
    from memberships_in_scope m
    where m.user_id = a.source_user_id
    order by m.org_id
  ) as org_ids
from (
  select *
  from one_roster_user_agent bond
  where bond.relationship_type in ('teacher', 'principal')
    and (
      (select is_unrestricted from caller_scope)
      or exists (
        select
        from memberships_in_scope m
        where m.user_id = bond.source_user_id
      )
    )
  order by
    bond.begin_date desc,
    bond.source_user_id
) a
order by
  a.begin_date desc,
  a.source_user_id;
