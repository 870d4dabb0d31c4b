-- flight 1
select v0.id as "id", v0."name" as "name"
from "analytics_production".guides v0
where v0.id = $1::uuid;

-- flight 1
with l0 (n, c0, c1) as materialized (
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select v0.id as "id", v0."name" as "name"
from (select distinct v1.student_id as key from "analytics_production".student_guides v1 where v1.guide_id = k.key) b
  cross join lateral (select v0.* from "analytics_production".students v0 where v0.id = b.key offset 0) v0
order by v0."name" collate "und-x-icu", v0.id
limit $2::int
) p
), l1 (n, c0, c1, c2, c3, c4) as materialized (
select k.n, p.*
from (select distinct l0.c0::text as n, l0.c0::uuid as key from l0) k
cross join lateral (
select * from (
(select v2.id as "id", v2.student_id as "studentId", v2.learning_app_id as "learningAppId", v2.start_time as "startTime", v2.duration_sec as "durationSec"
from "analytics_production".sessions v2
where v2.student_id = k.key
  and v2.start_time is not null
order by v2.start_time desc, v2.id
limit $3::int)
union all
(select v2.id as "id", v2.student_id as "studentId", v2.learning_app_id as "learningAppId", v2.start_time as "startTime", v2.duration_sec as "durationSec"
from "analytics_production".sessions v2
where v2.student_id = k.key
  and v2.start_time is null
order by v2.id
limit $4::int)
) arms
limit $5::int
) p
)
select 0, n::text, l0.c0::text, l0.c1, null, null, null from l0
union all
select 1, n::text, l1.c0, l1.c1::text, l1.c2, case when l1.c3 is not null then concat(l1.c3) end, case when l1.c4 is not null then concat(l1.c4) end from l1;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select v0.student_name as "studentName", v0.relationship_type as "relationshipType"
from "analytics_production".student_guides v0
where v0.guide_id = k.key
order by v0.begin_date desc nulls last, v0.student_id, v0.student_name collate "und-x-icu", v0.guide_id, v0.guide_name collate "und-x-icu", v0.relationship_type, v0.status, v0.end_date nulls last, v0.assigned_date, v0.last_modified_date
limit $2::int
) p;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select count(*) as "count"
from "analytics_production".student_guides v0
where v0.guide_id = k.key
) p;

-- flight 2
select v0.id as "id", v0."name" as "name"
from "analytics_production".learning_apps v0
where v0.id = any($1::uuid[]);
