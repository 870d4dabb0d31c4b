-- flight 1
select * from (
(select v0.student_id as "studentId", v0.subject_id as "subjectId", v0.grade_id as "gradeId", v0.last_updated as "k0"
from "analytics_production".placement_results v0
where v0.last_updated is not null
order by v0.last_updated desc, v0.student_id, v0.subject_id
limit $1::int)
union all
(select v0.student_id as "studentId", v0.subject_id as "subjectId", v0.grade_id as "gradeId", v0.last_updated as "k0"
from "analytics_production".placement_results v0
where v0.last_updated is null
order by v0.student_id, v0.subject_id
limit $2::int)
) arms
limit $3::int;

-- flight 1
select * from (
(select v0.enrollment_id as "enrollmentId"
from "analytics_production".class_enrollments v0
where exists (select from "analytics_production".students v1 where v1.id = v0.student_id offset 0)
  and v0.begin_date is not null
order by v0.begin_date desc, v0.enrollment_id
limit $1::int)
union all
(select v0.enrollment_id as "enrollmentId"
from "analytics_production".class_enrollments v0
where exists (select from "analytics_production".students v1 where v1.id = v0.student_id offset 0)
  and v0.begin_date is null
order by v0.enrollment_id
limit $2::int)
) arms
limit $3::int;

-- flight 2
select v0.id as "id", v0."name" as "name"
from "analytics_production".students v0
where v0.id = any($1::uuid[]);
