select json_build_object('students', json_build_object('nodes', json_agg(student)))
from (
  select
    'Student' as "__typename",
    id,
    name,
    email
  from analytics_production.students
  order by
    name collate "und-x-icu",
    id
  limit 100
) student
