select json_build_object('sessions', json_build_object('groups', json_build_object('nodes', json_agg(json_build_object(
  'key', json_build_object('learningAppId', learning_app_id, 'bucket', json_build_object('start', week)),
  'summary', json_build_object('durationSec', json_build_object('sum', total, 'max', longest))
)))))
from (
  select
    learning_app_id,
    date_trunc('week', start_time) as week,
    coalesce(sum(duration_sec), 0) as total,
    max(duration_sec) as longest
  from analytics_production.sessions
  where start_time >= $1
    and start_time < $2
  group by
    learning_app_id,
    week
) found
