-- flight 1
select v0.id as "id", v0.title as "title"
from "analytics_production".questions v0
order by v0.title collate "und-x-icu", v0.id
limit $1::int;

-- flight 2
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

-- flight 3
select v0.id as "id", v0.title as "title"
from "analytics_production".questions v0
where v0.id = any($1::text[]);

-- flight 3
select v0.id as "id", v0.title as "title"
from "analytics_production".tests v0
where v0.id = any($1::text[]);

-- flight 3
select v0.id as "id", v0.title as "title"
from "analytics_production".lessons v0
where v0.id = any($1::text[]);

-- flight 3
select v0.id as "id", v0.title as "title"
from "analytics_production".units v0
where v0.id = any($1::text[]);

-- flight 3
select v0.id as "id", v0.title as "title"
from "analytics_production".courses v0
where v0.id = any($1::text[]);

-- flight 3
select v0.curriculum_item_id as "curriculumItemId", v0.curriculum_item_title as "curriculumItemTitle"
from "analytics_production".curriculum_items v0
where v0.curriculum_item_id = any($1::uuid[]);
