-- flight 1
select v0.id as "id", v0."name" as "name", v0.email as "email", v0.org_ids as "orgIds"
from "analytics_production".students v0
where v0.id = $1::uuid;

-- flight 1
select v0.student_id as "studentId", v0.admission_date as "admissionDate", v0.earliest_enrollment_date as "earliestEnrollmentDate", v0.earliest_map_date as "earliestMapDate"
from "analytics_production".student_start_dates v0
where v0.student_id = $1::uuid;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select v0.student_id as "studentId", v0.school_id as "schoolId", v0.school_name as "schoolName", v0.link_kind as "linkKind", v0.begin_date as "beginDate", v0.end_date as "endDate"
from "analytics_production".student_schools v0
where v0.student_id = k.key
order by v0.begin_date desc nulls last, v0.student_id, v0.school_id, v0.school_name collate "und-x-icu", v0.link_kind, v0.end_date nulls last
limit $2::int
) p;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select v0.student_id as "studentId", v0.guide_id as "guideId", v0.guide_name as "guideName", v0.relationship_type as "relationshipType", v0.status as "status", v0.begin_date as "beginDate", v0.end_date as "endDate"
from "analytics_production".student_guides v0
where v0.student_id = k.key
order by v0.begin_date desc nulls last, v0.student_id, v0.student_name collate "und-x-icu", v0.guide_id, v0.guide_name collate "und-x-icu", v0.relationship_type, v0.status, v0.end_date nulls last, v0.assigned_date, v0.last_modified_date
limit $2::int
) p;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select * from (
(select v0.student_id as "studentId", v0.subject_id as "subjectId", v0.grade_id as "gradeId", v0.placement_status as "placementStatus"
from "analytics_production".placement_results v0
where v0.student_id = k.key
  and v0.last_updated is not null
order by v0.last_updated desc, v0.student_id, v0.subject_id
limit $2::int)
union all
(select v0.student_id as "studentId", v0.subject_id as "subjectId", v0.grade_id as "gradeId", v0.placement_status as "placementStatus"
from "analytics_production".placement_results v0
where v0.student_id = k.key
  and v0.last_updated is null
order by v0.student_id, v0.subject_id
limit $3::int)
) arms
limit $4::int
) p;

-- flight 2
select v0.id as "id", v0."name" as "name", v0.status as "status"
from "analytics_production".schools v0
where v0.id = $3::uuid
  and (v0.id = any($1::uuid[]) or v0.parent_id = any($2::uuid[]));

-- flight 2
select v0.id as "id", v0.email as "email"
from "analytics_production".guides v0
where v0.id = $1::uuid;

-- flight 2
select v0.id as "id", v0.title as "title"
from "analytics_production".case_subjects v0
where v0.id = any($1::uuid[]);

-- flight 2
select v0.id as "id", v0.label as "label", v0.order_number as "orderNumber"
from "analytics_production".grades v0
where v0.id = $1::uuid;
