select json_build_object('students', json_build_object('nodes', json_agg(one.student)))
from (
  select json_build_object('id', student.id, 'name', student.name, 'sessions', json_build_object('nodes', recent.sessions)) as student
  from (
    select
      id,
      name
    from analytics_production.students
    order by
      name collate "und-x-icu",
      id
    limit 50
  ) student
  cross join lateral (
    select coalesce(json_agg(json_build_object(
      'id', session.id,
      'startTime', session.start_time,
      'durationSec', session.duration_sec,
      'learningApp', (
        select json_build_object('name', app.name)
        from analytics_production.learning_apps app
        where app.id = session.learning_app_id::uuid
      ),
      'waste', (
        select json_build_object('wasteDurationSec', waste.waste_duration_sec)
        from analytics_production.sessions_waste waste
        where waste.session_id = session.id
      ),
      'wasteInsights', json_build_object('nodes', (
        select coalesce(json_agg(json_build_object(
          'wasteType', insight.waste_type,
          'wasteDurationSec', insight.waste_duration_sec,
          'startedAtTime', insight.started_at_time
        ) order by insight.started_at_time desc), '[]')
        from analytics_production.waste_insights insight
        where insight.session_id = session.id
      ))
    )), '[]') as sessions
    from (
      select
        id,
        start_time,
        duration_sec,
        learning_app_id
      from analytics_production.sessions
      where student_id = student.id
        and start_time is not null
      order by
        start_time desc,
        id
      limit 10
    ) session
  ) recent
  order by
    student.name collate "und-x-icu",
    student.id
) one
