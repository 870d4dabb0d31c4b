select json_build_object('course', (
  select row_to_json(course)
  from (
    select
      title,
      (
        select json_build_object('nodes', coalesce(json_agg(unit), '[]'))
        from (
          select
            unit.title,
            (
              select json_build_object('nodes', coalesce(json_agg(test), '[]'))
              from (
                select
                  test.title,
                  (
                    select json_build_object('nodes', coalesce(json_agg(question), '[]'))
                    from (
                      select
                        question.id,
                        question.title,
                        question.type
                      from analytics_production.question_tests inside
                      join analytics_production.questions question on question.id = inside.question_id
                      where inside.test_id = test.id
                      order by
                        question.title,
                        question.id
                    ) question
                  ) as questions
                from analytics_production.test_parents inside
                join analytics_production.tests test on test.id = inside.test_id
                where inside.parent_id = unit.id
                order by
                  test.title,
                  test.id
              ) test
            ) as tests
          from analytics_production.unit_courses inside
          join analytics_production.units unit on unit.id = inside.unit_id
          where inside.course_id = $1
          order by
            unit.title,
            unit.id
        ) unit
      ) as units
    from analytics_production.courses
    where id = $1
  ) course
))
