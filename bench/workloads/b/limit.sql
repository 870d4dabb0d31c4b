select json_build_object('students', json_build_object('nodes', json_agg(student)))
from (
  select
    student.id,
    student.name,
    (
      select json_build_object('nodes', coalesce(json_agg(session), '[]'))
      from (
        select
          recent.id,
          recent.start_time as "startTime",
          recent.duration_sec as "durationSec",
          (
            select row_to_json(found)
            from (
              select app.name
              from analytics_production.learning_apps app
              where app.id = recent.learning_app_id::uuid
            ) found
          ) as "learningApp",
          (
            select row_to_json(found)
            from (
              select waste.waste_duration_sec as "wasteDurationSec"
              from analytics_production.sessions_waste waste
              where waste.session_id = recent.id
            ) found
          ) as waste,
          (
            select json_build_object('nodes', coalesce(json_agg(found), '[]'))
            from (
              select
                insight.waste_type as "wasteType",
                insight.waste_duration_sec as "wasteDurationSec",
                insight.started_at_time as "startedAtTime"
              from analytics_production.waste_insights insight
              where insight.session_id = recent.id
              order by insight.started_at_time desc
            ) found
          ) as "wasteInsights"
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
        ) recent
      ) session
    ) as sessions
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
) student
