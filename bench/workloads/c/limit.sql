select json_build_object('students', json_build_object('nodes', json_agg(
  json_build_object('__typename', 'Student', 'id', id, 'name', name, 'email', email)
)))
from (
  select
    id,
    name,
    email
  from analytics_production.students
  order by
    name collate "und-x-icu",
    id
  limit 100
) student
