-- flight 1
select v0.source_resource_id as "sourceResourceId", v0.destination_resource_id as "destinationResourceId", v0.relationship_type as "relationshipType", v0.item_order as "itemOrder"
from "analytics_production".resource_relations v0
where (((exists (select from "analytics_production".questions v1 where v1.id = v0.source_resource_id
  and true offset 0) or exists (select from "analytics_production".tests v2 where v2.id = v0.source_resource_id
  and true offset 0) or exists (select from "analytics_production".lessons v3 where v3.id = v0.source_resource_id
  and true offset 0) or exists (select from "analytics_production".units v4 where v4.id = v0.source_resource_id
  and true offset 0) or exists (select from "analytics_production".courses v5 where v5.id = v0.source_resource_id
  and true offset 0) or exists (select from "analytics_production".curriculum_items v6 where v6.curriculum_item_id = (case when v0.source_resource_id::text ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then v0.source_resource_id::text::uuid end)
  and true offset 0)) and true)) is not true
order by v0.destination_resource_id, v0.item_order nulls last, v0.source_resource_id, v0.relationship_type collate "und-x-icu"
limit $1::int;

-- flight 2
select v0.id as "id", v0.title as "title"
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
