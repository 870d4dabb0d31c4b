-- flight 1
select v0.id as "id", v0."name" as "name", v0.parent_id as "parentId"
from "analytics_production".schools v0
where v0.id = $3::uuid
  and (v0.id = any($1::uuid[]) or v0.parent_id = any($2::uuid[]));

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select v0.id as "id", v0."name" as "name", v0.parent_id as "parentId"
from "analytics_production".schools v0
where v0.parent_id = k.key
  and (v0.id = any($2::uuid[]) or v0.parent_id = any($3::uuid[]))
order by v0."name" collate "und-x-icu", v0.id
limit $4::int
) p;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select v0.id as "id", v0.title as "title", v0.class_code as "classCode", v0.class_type as "classType", v0.course_id as "courseId", v0.school_id as "schoolId", v0.status as "status", v0.subject_ids as "subjectIds", v0.grade_ids as "gradeIds"
from "analytics_production".classes v0
where v0.school_id = k.key
  and (v0.school_id = any($3::uuid[]) or exists (select from "analytics_production".schools v1 where v1.id = v0.school_id
  and v1.parent_id = any($2::uuid[]) offset 0))
order by v0.title collate "und-x-icu" nulls last, v0.id
limit $4::int
) p;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select count(*) as "count"
from "analytics_production".classes v0
where v0.school_id = k.key
  and (v0.school_id = any($3::uuid[]) or exists (select from "analytics_production".schools v1 where v1.id = v0.school_id
  and v1.parent_id = any($2::uuid[]) offset 0))
) p;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select v0.id as "id", v0."name" as "name"
from (select distinct v1.student_id as key from "analytics_production".student_schools v1 where v1.school_id = k.key) b
  cross join lateral (select v0.* from "analytics_production".students v0 where v0.id = b.key offset 0) v0
order by v0."name" collate "und-x-icu", v0.id
limit $2::int
) p;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select count(*) as "count"
from (select distinct v1.student_id as key from "analytics_production".student_schools v1 where v1.school_id = k.key) b
  cross join lateral (select v0.* from "analytics_production".students v0 where v0.id = b.key offset 0) v0
) p;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select v0.student_id as "studentId", v0.school_id as "schoolId", v0.link_kind as "linkKind"
from "analytics_production".student_schools v0
  left join lateral (select v1."name" as key from "analytics_production".students v1 where v1.id = v0.student_id limit 1) v2 on true
where v0.school_id = k.key
order by v2.key collate "und-x-icu" nulls last, v0.begin_date desc nulls last, v0.student_id, v0.school_id, v0.school_name collate "und-x-icu", v0.link_kind, v0.end_date nulls last
limit $2::int
) p;

-- flight 2
select v0.id as "id", v0."name" as "name", v0.parent_id as "parentId"
from "analytics_production".schools v0
where v0.id = $3::uuid
  and (v0.id = any($1::uuid[]) or v0.parent_id = any($2::uuid[]));

-- flight 2
select v0.id as "id", v0.label as "label"
from "analytics_production".grades v0
where v0.id = any($1::uuid[]);

-- flight 2
select v0.id as "id", v0."name" as "name"
from "analytics_production".students v0
where v0.id = $1::uuid;
