select json_build_object('sessions', json_build_object('nodes', json_agg(json_build_object(
  'id', id,
  'studentId', student_id,
  'startTime', start_time,
  'durationSec', duration_sec
))))
from (
  select *
  from analytics_production.sessions
  where start_time is not null
  order by
    start_time desc,
    id
  limit 50
) session
