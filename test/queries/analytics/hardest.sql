-- flight 1
select count(*)
from (
select v0.resource_id as g0, count(*) as m0, avg(v0.is_correct::int)::float8 as m1
from "analytics_production".attempts v0
where v0.is_correct is not null
group by 1
) g
where (g.m0 >= $1::int8 and g.m1 < $2::float8);

-- flight 1
select g.g0, g.m0, g.m1, g.m2
from (
select v0.resource_id as g0, count(*) as m0, avg(v0.is_correct::int)::float8 as m1, percentile_cont($1::float8) within group (order by case when scale(v0.duration_sec) is not null then v0.duration_sec end::float8) as m2
from "analytics_production".attempts v0
where v0.is_correct is not null
group by 1
) g
where (g.m0 >= $2::int8 and g.m1 < $3::float8)
order by g.m1 nulls last, g.g0::text collate "C"
limit $4::int;

-- flight 1
with shown as materialized (
select array[(g.g0)::text] as key
from (
select v0.resource_id as g0, count(*) as m0, avg(v0.is_correct::int)::float8 as m1
from "analytics_production".attempts v0
where v0.is_correct is not null
group by 1
) g
where (g.m0 >= $1::int8 and g.m1 < $2::float8)
order by g.m1 nulls last, g.g0::text collate "C"
limit $3::int
)
select count(*) as "count", avg(v1.is_correct::int)::float8 as "is_correct shareTrue"
from "analytics_production".attempts v1
where v1.is_correct is not null
  and array[(v1.resource_id)::text] not in (select key from shown);

-- flight 2
select v0.id as "id", v0.title as "title", v0."type" as "type"
from "analytics_production".questions v0
where v0.id = any($1::text[]);

-- flight 2
select v0.id as "id", v0.title as "title"
from "analytics_production".tests v0
where v0.id = any($1::text[]);

-- flight 2
select v0.id as "id", v0.title as "title"
from "analytics_production".lessons v0
where v0.id = any($1::text[]);

-- flight 2
select v0.id as "id", v0.title as "title"
from "analytics_production".units v0
where v0.id = any($1::text[]);

-- flight 2
select v0.id as "id", v0.title as "title"
from "analytics_production".courses v0
where v0.id = any($1::text[]);

-- flight 2
select v0.curriculum_item_id as "curriculumItemId", v0.curriculum_item_title as "curriculumItemTitle"
from "analytics_production".curriculum_items v0
where v0.curriculum_item_id = any($1::uuid[]);

-- flight 3
with recursive w (n, id, depth, item_order) as (
  select k.n, k.id, 0, null::int
  from unnest($2::text[]) with ordinality as k (id, n)
  union
  select w.n, v0.destination_resource_id::text collate "default", w.depth + 1, v0.item_order::int
  from w
  join "analytics_production".resource_relations v0 on v0.source_resource_id::text = w.id collate "default"
  where v0.relationship_type = 'isPartOf'
  and w.depth < $1::int
), met as (
  select distinct on (n, id) n, id, depth, item_order
  from w
  order by n, id, depth, item_order nulls last
), placed as (
  select n, id, row_number() over (partition by n order by depth, item_order nulls last, id collate "C") as place
  from met
  where depth > 0
)
select n, id
from placed
where place <= $3::int
order by n, place;

-- flight 4
select v0.id as "id", v0.title as "title", v0."type" as "type"
from "analytics_production".questions v0
where v0.id = any($1::text[]);

-- flight 4
select v0.id as "id", v0.title as "title"
from "analytics_production".tests v0
where v0.id = any($1::text[]);

-- flight 4
select v0.id as "id", v0.title as "title"
from "analytics_production".lessons v0
where v0.id = any($1::text[]);

-- flight 4
select v0.id as "id", v0.title as "title"
from "analytics_production".units v0
where v0.id = any($1::text[]);

-- flight 4
select v0.id as "id", v0.title as "title"
from "analytics_production".courses v0
where v0.id = any($1::text[]);

-- flight 4
select v0.curriculum_item_id as "curriculumItemId", v0.curriculum_item_title as "curriculumItemTitle"
from "analytics_production".curriculum_items v0
where v0.curriculum_item_id = any($1::uuid[]);
