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
          and start_time is not null
        order by
          start_time desc,
          id
        limit 1
      ) session
    ))
  ) end
  order by asked.n
))
from unnest($1::uuid[]) with ordinality as asked (id, n)
-- One by one: a join would read every student first.
left join lateral (
  select
    id,
    name
  from analytics_production.students
  where id = asked.id
  limit 1
) student on true
