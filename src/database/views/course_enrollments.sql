create view course_enrollments as
select
  taken.student_id,
  taken.course_id,
  (
    select course.title
    from one_roster_course course
    where course.id = taken.course_id
  ) as course_title,
  taken.school_ids,
  array(
    select distinct s.subject_id
    from one_roster_class_subject s
    where s.class_id = any (taken.class_ids)
      and s.subject_id is not null
    order by s.subject_id
  ) as subject_ids,
  taken.begin_date,
  taken.end_date,
  taken.has_primary,
  cardinality(taken.class_ids) as class_count
from (
  select
    e.user_id as student_id,
    c.course_id,
    array_agg(distinct c.id) as class_ids,
    coalesce(array_agg(distinct c.school_id) filter (where c.school_id is not null), '{}') as school_ids,
    min(e.begin_date) as begin_date,
    -- One open enrollment keeps the course open.
    case when not bool_or(e.end_date is null) then max(e.end_date) end as end_date,
    bool_or(e."primary") as has_primary
  from one_roster_enrollment e
  join one_roster_class c on c.id = e.class_id
  where e.role = 'student'
    and e.status <> 'tobedeleted'
    and c.course_id is not null
  group by
    e.user_id,
    c.course_id
  -- Whether a student may be seen is asked behind this view: in order, for no more than the rows of a page.
  order by
    begin_date desc,
    e.user_id,
    c.course_id
) taken;
