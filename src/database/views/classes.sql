create view classes as
select
  c.id,
  c.title,
  c.class_code,
  c.class_type,
  c.course_id,
  course.title as course_title,
  c.school_id,
  school.name as school_name,
  c.status,
  array(
    select distinct s.subject_id
    from one_roster_class_subject s
    where s.class_id = c.id
      and s.subject_id is not null
    order by s.subject_id
  ) as subject_ids,
  array(
    select distinct g.placement_grade_id
    from one_roster_class_grade g
    where g.class_id = c.id
      and g.placement_grade_id is not null
    order by g.placement_grade_id
  ) as grade_ids
from one_roster_class c
left join one_roster_course course on course.id = c.course_id
left join one_roster_organization school on school.id = c.school_id;
