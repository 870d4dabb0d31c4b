select json_build_object('_entities', json_agg(case when student.id is not null then student end order by asked.n))
from unnest($1::uuid[]) with ordinality as asked (id, n)
-- One by one: a join would read every student first.
left join lateral (
  select
    found.id,
    found.name,
    (
      select json_build_object('nodes', coalesce(json_agg(session), '[]'))
      from (
        select
          id,
          start_time as "startTime",
          duration_sec as "durationSec"
        from analytics_production.sessions
        where student_id = found.id
          and start_time is not null
        order by
          start_time desc,
          id
        limit 1
      ) session
    ) as sessions
  from (
    select
      id,
      name
    from analytics_production.students
    where id = asked.id
    limit 1
  ) found
) student on true
