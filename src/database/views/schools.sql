create view schools as
select
  o.id,
  o.name,
  o.identifier,
  o.parent_id,
  parent.name as parent_name,
  o.status,
  (
    select count(distinct l.student_id)
    from school_links l
    where l.school_id = o.id
  ) as student_count
from one_roster_organization o
left join one_roster_organization parent on parent.id = o.parent_id
where o.type = 'school';
