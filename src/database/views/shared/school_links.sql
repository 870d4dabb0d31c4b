-- Every way in which a student is or was attached to a school, repeated as often as the roster says so. A soft-deleted link
-- would be a false fact where its status cannot be seen; an ended one is history.
create view school_links as
select
  r.user_id as student_id,
  r.org_id as school_id,
  case r.role_type when 'primary' then 'primary_role' else 'secondary_role' end as link_kind,
  r.begin_date,
  r.end_date
from one_roster_role r
join one_roster_organization o on o.id = r.org_id
where r.role = 'student'
  and r.status <> 'tobedeleted'
  and o.type = 'school'
union all
select
  e.user_id,
  c.school_id,
  'enrollment',
  e.begin_date,
  e.end_date
from one_roster_enrollment e
join one_roster_class c on c.id = e.class_id
join one_roster_organization o on o.id = c.school_id
where e.role = 'student'
  and e.status <> 'tobedeleted'
  and o.type = 'school';
