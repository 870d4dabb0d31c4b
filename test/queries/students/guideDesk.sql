-- flight 1
select v0.id as "id", v0."name" as "name"
from "analytics_production".guides v0
where v0.id = $1::uuid;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select v0.id as "id", v0."name" as "name"
from (select distinct v1.student_id as key from "analytics_production".student_guides v1 where v1.guide_id = k.key) b
  cross join lateral (select v0.* from "analytics_production".students v0 where v0.id = b.key offset 0) v0
order by v0."name" collate "und-x-icu", v0.id
limit $2::int
) p;

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
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select * from (
(select v0.id as "id", v0.student_id as "studentId", v0.learning_app_id as "learningAppId", v0.start_time as "startTime", v0.duration_sec as "durationSec"
from "analytics_production".sessions v0
where v0.student_id = k.key
  and v0.start_time is not null
order by v0.start_time desc, v0.id
limit $2::int)
union all
(select v0.id as "id", v0.student_id as "studentId", v0.learning_app_id as "learningAppId", v0.start_time as "startTime", v0.duration_sec as "durationSec"
from "analytics_production".sessions v0
where v0.student_id = k.key
  and v0.start_time is null
order by v0.id
limit $3::int)
) arms
limit $4::int
) p;

-- flight 3
select v0.id as "id", v0."name" as "name"
from "analytics_production".learning_apps v0
where v0.id = any($1::uuid[]);
