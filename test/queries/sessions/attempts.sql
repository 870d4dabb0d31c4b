-- flight 1
select v0.id as "id"
from "analytics_production".students v0
where v0.id = $1::uuid;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select * from (
(select v0.student_id as "studentId", v0.resource_id as "resourceId", v0.session_id as "sessionId", v0.start_time as "startTime", v0.duration_sec as "durationSec", v0.is_correct as "isCorrect"
from "analytics_production".attempts v0
where v0.student_id = k.key
  and v0.start_time is not null
order by v0.start_time desc, v0.student_id, v0.resource_id, v0.session_id nulls last, v0."date" nulls last, v0.end_time nulls last, v0.duration_sec nulls last, v0.is_correct nulls last
limit $2::int)
union all
(select v0.student_id as "studentId", v0.resource_id as "resourceId", v0.session_id as "sessionId", v0.start_time as "startTime", v0.duration_sec as "durationSec", v0.is_correct as "isCorrect"
from "analytics_production".attempts v0
where v0.student_id = k.key
  and v0.start_time is null
order by v0.student_id, v0.resource_id, v0.session_id nulls last, v0."date" nulls last, v0.end_time nulls last, v0.duration_sec nulls last, v0.is_correct nulls last
limit $3::int)
) arms
limit $4::int
) p;

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
select v0.curriculum_item_id as "curriculumItemId", v0.curriculum_item_title as "curriculumItemTitle", v0.curriculum_item_type as "curriculumItemType"
from "analytics_production".curriculum_items v0
where v0.curriculum_item_id = any($1::uuid[]);

-- flight 2
select v0.id as "id", v0.start_time as "startTime"
from "analytics_production".sessions v0
where v0.id = any($1::text[]);
