-- flight 1
select * from (
(select v0.id as "id", v0.title as "title", v0.case_subject_id as "caseSubjectId"
from "analytics_production".case_courses v0
where v0.title is not null
order by v0.title collate "und-x-icu", v0.id
limit $1::int)
union all
(select v0.id as "id", v0.title as "title", v0.case_subject_id as "caseSubjectId"
from "analytics_production".case_courses v0
where v0.title is null
order by v0.id
limit $2::int)
) arms
limit $3::int;

-- flight 1
select v0.id as "id", v0.title as "title", v0.hierarchy_code as "hierarchyCode", v0.description as "description"
from "analytics_production".case_subjects v0
order by v0.title collate "und-x-icu", v0.id
limit $1::int;

-- flight 2
select v0.id as "id", v0.title as "title", v0.hierarchy_code as "hierarchyCode", v0.description as "description"
from "analytics_production".case_subjects v0
where v0.id = $1::uuid;

-- flight 2
select v0.curriculum_item_id as "curriculumItemId", v0.curriculum_item_code as "curriculumItemCode", v0.curriculum_item_type as "curriculumItemType"
from "analytics_production".curriculum_items v0
where v0.curriculum_item_id = any($1::uuid[]);

-- flight 2
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select count(*) as "count"
from "analytics_production".case_courses v0
where v0.case_subject_id = k.key
) p;

-- flight 2
with held as materialized (
select h.school_id, h.subject_ids
from "analytics_production".classes h
where h.subject_ids && $1::uuid[]
)
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select count(*) as "count"
from held v0
where v0.subject_ids @> array[k.key]
  and (v0.school_id = any($3::uuid[]) or exists (select from "analytics_production".schools v1 where v1.id = v0.school_id
  and v1.parent_id = any($2::uuid[]) offset 0))
) p;

-- flight 2
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select count(*) as "count"
from "analytics_production".placement_results v0
where v0.subject_id = k.key
) p;
