select json_build_object('sessions', json_build_object('nodes', json_agg(json_build_object(
  'id', page.id,
  'studentId', page.student_id,
  'startTime', page.start_time,
  'durationSec', page.duration_sec,
  'orgIds', (
    select org_ids
    from analytics_production.sessions session
    where session.id = page.id
  )
) order by page.start_time desc, page.id)))
from (
  select
    id,
    student_id,
    start_time,
    duration_sec
  from analytics_production.sessions
  where start_time is not null
  order by
    start_time desc,
    id
  limit 50
) page
