select json_build_object('_entities', json_agg(
  case when student.id is not null then json_build_object(
    'id', student.id,
    'name', student.name,
    'sessions', json_build_object('nodes', (
      select coalesce(json_agg(json_build_object('id', id, 'startTime', start_time, 'durationSec', duration_sec)), '[]')
      from (
        select
          id,
          start_time,
          duration_sec
        from analytics_production.sessions
        where student_id = student.id
        order by
          start_time desc nulls last,
          id
        limit 1
      ) session
    ))
  ) end
  order by asked.n
))
from unnest($1::uuid[]) with ordinality as asked (id, n)
left join analytics_production.students student on student.id = asked.id
