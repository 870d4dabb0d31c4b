select json_build_object(
  'student', (
    select json_build_object('__typename', 'Student', 'id', id, 'name', name, 'email', email)
    from analytics_production.students
    where id = $1
  )
)
