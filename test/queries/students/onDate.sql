-- flight 1
select v0.id as "id"
from "analytics_production".students v0
where v0.id = $1::uuid;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select v0.guide_name as "guideName", v0.relationship_type as "relationshipType", v0.begin_date as "beginDate", v0.end_date as "endDate"
from "analytics_production".student_guides v0
where v0.student_id = k.key
  and (v0.begin_date is null or v0.begin_date <= $2::date)
  and (v0.end_date is null or v0.end_date > $2::date)
order by v0.begin_date desc nulls last, v0.student_id, v0.student_name collate "und-x-icu", v0.guide_id, v0.guide_name collate "und-x-icu", v0.relationship_type, v0.status, v0.end_date nulls last, v0.assigned_date, v0.last_modified_date
limit $3::int
) p;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select v0.enrollment_id as "enrollmentId", v0.student_id as "studentId", v0.class_id as "classId", v0.class_title as "classTitle", v0.course_id as "courseId", v0.school_id as "schoolId", v0.is_primary as "isPrimary", v0.begin_date as "beginDate", v0.subject_ids as "subjectIds", v0.grade_ids as "gradeIds"
from "analytics_production".class_enrollments v0
where v0.student_id = k.key
  and exists (select from "analytics_production".students v1 where v1.id = v0.student_id offset 0)
  and (v0.begin_date is null or v0.begin_date <= $2::date)
  and (v0.end_date is null or v0.end_date > $2::date)
order by v0.begin_date desc nulls last, v0.enrollment_id
limit $3::int
) p;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select v0.school_name as "schoolName", v0.link_kind as "linkKind", v0.begin_date as "beginDate", v0.end_date as "endDate"
from "analytics_production".student_schools v0
where v0.student_id = k.key
  and (v0.begin_date is null or v0.begin_date <= $2::date)
  and (v0.end_date is null or v0.end_date > $2::date)
order by v0.begin_date desc nulls last, v0.student_id, v0.school_id, v0.school_name collate "und-x-icu", v0.link_kind, v0.end_date nulls last
limit $3::int
) p;

-- flight 2
select v0.id as "id", v0.course_id as "courseId", v0.school_id as "schoolId", v0.subject_ids as "subjectIds", v0.grade_ids as "gradeIds"
from "analytics_production".classes v0
where v0.id = any($3::uuid[])
  and (v0.school_id = any($2::uuid[]) or exists (select from "analytics_production".schools v1 where v1.id = v0.school_id
  and v1.parent_id = any($1::uuid[]) offset 0));

-- flight 3
select v0.id as "id", v0.label as "label"
from "analytics_production".grades v0
where v0.id = $1::uuid;

-- flight 3
select v0.id as "id", v0.title as "title"
from "analytics_production".case_subjects v0
where v0.id = any($1::uuid[]);
