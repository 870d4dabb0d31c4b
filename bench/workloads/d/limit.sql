select json_build_object('sessions', json_build_object('nodes', json_agg(json_build_object(
  'id', id,
  'studentId', student_id,
  'learningAppId', learning_app_id,
  'startTime', start_time,
  'endTime', end_time,
  'durationSec', duration_sec,
  'webcamEnabled', webcam_enabled,
  'isProctored', is_proctored
))))
from (
  select *
  from analytics_production.sessions
  where start_time is not null
  order by
    start_time desc,
    id
  limit 1000
) session
