select json_build_object('sessions', json_build_object('nodes', json_agg(session)))
from (
  select
    id,
    student_id as "studentId",
    learning_app_id as "learningAppId",
    start_time as "startTime",
    end_time as "endTime",
    duration_sec as "durationSec",
    webcam_enabled as "webcamEnabled",
    is_proctored as "isProctored"
  from analytics_production.sessions
  where start_time is not null
  order by
    start_time desc,
    id
  limit 1000
) session
