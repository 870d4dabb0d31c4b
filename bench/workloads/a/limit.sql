select json_build_object('student', (
  select row_to_json(student)
  from (
    select
      'Student' as "__typename",
      id,
      name,
      email
    from analytics_production.students
    where id = $1
  ) student
))
