select json_build_object('course', (
  select json_build_object('title', course.title, 'units', json_build_object('nodes', (
    select coalesce(json_agg(json_build_object('title', unit.title, 'tests', json_build_object('nodes', (
      select coalesce(json_agg(json_build_object('title', test.title, 'questions', json_build_object('nodes', (
        select coalesce(json_agg(json_build_object('id', question.id, 'title', question.title, 'type', question.type)
          order by question.title, question.id), '[]')
        from analytics_production.question_tests inside
        join analytics_production.questions question on question.id = inside.question_id
        where inside.test_id = test.id
      ))) order by test.title, test.id), '[]')
      from analytics_production.test_parents inside
      join analytics_production.tests test on test.id = inside.test_id
      where inside.parent_id = unit.id
    ))) order by unit.title, unit.id), '[]')
    from analytics_production.unit_courses inside
    join analytics_production.units unit on unit.id = inside.unit_id
    where inside.course_id = course.id
  )))
  from analytics_production.courses course
  where course.id = $1
))
