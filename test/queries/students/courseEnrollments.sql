-- flight 1
select * from (
(select v0.student_id as "studentId", v0.course_id as "courseId", v0.course_title as "courseTitle", v0.school_ids as "schoolIds", v0.subject_ids as "subjectIds", v0.begin_date as "beginDate", v0.end_date as "endDate", v0.has_primary as "hasPrimary", v0.class_count as "classCount"
from "analytics_production".course_enrollments v0
where exists (select from "analytics_production".students v1 where v1.id = v0.student_id offset 0)
  and v0.class_count > $1::int8
  and v0.begin_date is not null
order by v0.begin_date desc, v0.student_id, v0.course_id
limit $2::int)
union all
(select v0.student_id as "studentId", v0.course_id as "courseId", v0.course_title as "courseTitle", v0.school_ids as "schoolIds", v0.subject_ids as "subjectIds", v0.begin_date as "beginDate", v0.end_date as "endDate", v0.has_primary as "hasPrimary", v0.class_count as "classCount"
from "analytics_production".course_enrollments v0
where exists (select from "analytics_production".students v1 where v1.id = v0.student_id offset 0)
  and v0.class_count > $1::int8
  and v0.begin_date is null
order by v0.student_id, v0.course_id
limit $3::int)
) arms
limit $4::int;

-- flight 2
select v0.id as "id", v0."name" as "name"
from "analytics_production".schools v0
where v0.id = any($3::uuid[])
  and (v0.id = any($1::uuid[]) or v0.parent_id = any($2::uuid[]));

-- flight 2
select v0.id as "id", v0.title as "title"
from "analytics_production".case_subjects v0
where v0.id = $1::uuid;

-- flight 2
select v0.id as "id", v0.title as "title"
from "analytics_production".courses v0
where v0.id = any($1::text[]);

-- flight 2
select v0.id as "id", v0."name" as "name"
from "analytics_production".students v0
where v0.id = any($1::uuid[]);
