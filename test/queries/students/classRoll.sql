-- flight 1
select v0.id as "id", v0.title as "title", v0.course_id as "courseId", v0.school_id as "schoolId", v0.school_name as "schoolName", v0.subject_ids as "subjectIds", v0.grade_ids as "gradeIds"
from "analytics_production".classes v0
where v0.id = $3::uuid
  and (v0.school_id = any($2::uuid[]) or exists (select from "analytics_production".schools v1 where v1.id = v0.school_id
  and v1.parent_id = any($1::uuid[]) offset 0));

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select v0.enrollment_id as "enrollmentId", v0.student_id as "studentId", v0.class_id as "classId", v0.course_id as "courseId", v0.school_id as "schoolId", v0."role" as "role", v0.is_primary as "isPrimary", v0.begin_date as "beginDate", v0.end_date as "endDate", v0.status as "status", v0.subject_ids as "subjectIds", v0.grade_ids as "gradeIds"
from "analytics_production".class_enrollments v0
  left join lateral (select v2."name" as key from "analytics_production".students v2 where v2.id = v0.student_id limit 1) v3 on true
where v0.class_id = k.key
  and exists (select from "analytics_production".students v1 where v1.id = v0.student_id offset 0)
order by v3.key collate "und-x-icu" nulls last, v0.begin_date desc nulls last, v0.enrollment_id
limit $2::int
) p;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select count(*) as "count"
from "analytics_production".class_enrollments v0
where v0.class_id = k.key
  and exists (select from "analytics_production".students v1 where v1.id = v0.student_id offset 0)
) p;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select v0.id as "id", v0."name" as "name"
from (select distinct v1.student_id as key from "analytics_production".class_enrollments v1 where v1.class_id = k.key
  and exists (select from "analytics_production".students v2 where v2.id = v1.student_id offset 0)) b
  cross join lateral (select v0.* from "analytics_production".students v0 where v0.id = b.key offset 0) v0
order by v0."name" collate "und-x-icu", v0.id
limit $2::int
) p;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select count(*) as "count"
from (select distinct v1.student_id as key from "analytics_production".class_enrollments v1 where v1.class_id = k.key
  and exists (select from "analytics_production".students v2 where v2.id = v1.student_id offset 0)) b
  cross join lateral (select v0.* from "analytics_production".students v0 where v0.id = b.key offset 0) v0
) p;

-- flight 2
select v0.id as "id", v0."name" as "name"
from "analytics_production".students v0
where v0.id = any($1::uuid[]);
