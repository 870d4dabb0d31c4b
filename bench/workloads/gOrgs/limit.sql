select json_build_object('sessions', json_build_object('nodes', json_agg(session)))
from (
  select
    id,
    student_id as "studentId",
    start_time as "startTime",
    duration_sec as "durationSec",
    org_ids as "orgIds"
  from analytics_production.sessions
  where start_time is not null
  order by
    start_time desc,
    id
  limit 50
) session
