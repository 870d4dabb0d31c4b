-- flight 1
select * from (
(select v0.student_id as "studentId", v0.resource_id as "resourceId", v0.session_id as "sessionId"
from "analytics_production".attempts v0
where (((exists (select from "analytics_production".questions v1 where v1.id = v0.resource_id
  and true offset 0) or exists (select from "analytics_production".tests v2 where v2.id = v0.resource_id
  and true offset 0) or exists (select from "analytics_production".lessons v3 where v3.id = v0.resource_id
  and true offset 0) or exists (select from "analytics_production".units v4 where v4.id = v0.resource_id
  and true offset 0) or exists (select from "analytics_production".courses v5 where v5.id = v0.resource_id
  and true offset 0) or exists (select from "analytics_production".curriculum_items v6 where v6.curriculum_item_id = (case when v0.resource_id::text ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then v0.resource_id::text::uuid end)
  and true offset 0)) and true)) is not true
  and v0.start_time is not null
order by v0.start_time desc, v0.student_id, v0.resource_id, v0.session_id nulls last, v0."date" nulls last, v0.end_time nulls last, v0.duration_sec nulls last, v0.is_correct nulls last
limit $1::int)
union all
(select v0.student_id as "studentId", v0.resource_id as "resourceId", v0.session_id as "sessionId"
from "analytics_production".attempts v0
where (((exists (select from "analytics_production".questions v1 where v1.id = v0.resource_id
  and true offset 0) or exists (select from "analytics_production".tests v2 where v2.id = v0.resource_id
  and true offset 0) or exists (select from "analytics_production".lessons v3 where v3.id = v0.resource_id
  and true offset 0) or exists (select from "analytics_production".units v4 where v4.id = v0.resource_id
  and true offset 0) or exists (select from "analytics_production".courses v5 where v5.id = v0.resource_id
  and true offset 0) or exists (select from "analytics_production".curriculum_items v6 where v6.curriculum_item_id = (case when v0.resource_id::text ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then v0.resource_id::text::uuid end)
  and true offset 0)) and true)) is not true
  and v0.start_time is null
order by v0.student_id, v0.resource_id, v0.session_id nulls last, v0."date" nulls last, v0.end_time nulls last, v0.duration_sec nulls last, v0.is_correct nulls last
limit $2::int)
) arms
limit $3::int;

-- flight 1
select count(*) as "count"
from "analytics_production".attempts v0
where (((exists (select from "analytics_production".questions v1 where v1.id = v0.resource_id
  and true offset 0) or exists (select from "analytics_production".tests v2 where v2.id = v0.resource_id
  and true offset 0) or exists (select from "analytics_production".lessons v3 where v3.id = v0.resource_id
  and true offset 0) or exists (select from "analytics_production".units v4 where v4.id = v0.resource_id
  and true offset 0) or exists (select from "analytics_production".courses v5 where v5.id = v0.resource_id
  and true offset 0) or exists (select from "analytics_production".curriculum_items v6 where v6.curriculum_item_id = (case when v0.resource_id::text ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then v0.resource_id::text::uuid end)
  and true offset 0)) and true)) is not true;

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
