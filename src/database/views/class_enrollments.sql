create view class_enrollments as
select
  e.id as enrollment_id,
  e.user_id as student_id,
  e.class_id,
  case when c.title ~ '\S' then c.title else 'N/A' end as class_title,
  c.course_id,
  course.title as course_title,
  c.school_id,
  school.name as school_name,
  e.role,
  coalesce(e."primary", false) as is_primary,
  e.begin_date,
  e.end_date,
  e.status,
  array(
    select distinct s.subject_id
    from one_roster_class_subject s
    where s.class_id = e.class_id
      and s.subject_id is not null
    order by s.subject_id
  ) as subject_ids,
  array(
    select distinct g.placement_grade_id
    from one_roster_class_grade g
    where g.class_id = e.class_id
      and g.placement_grade_id is not null
    order by g.placement_grade_id
  ) as grade_ids
from one_roster_enrollment e
join one_roster_class c on c.id = e.class_id
left join one_roster_course course on course.id = c.course_id
left join one_roster_organization school on school.id = c.school_id
where e.role = 'student';
