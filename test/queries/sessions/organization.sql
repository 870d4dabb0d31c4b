-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select * from (
(select v0.id as "id", v0.student_id as "studentId", v0.learning_app_id as "learningAppId", v0.start_time as "startTime"
from "analytics_production".sessions v0
where v0.org_ids @> array[k.key]
  and v0.start_time is not null
order by v0.start_time desc, v0.id
limit $2::int)
union all
(select v0.id as "id", v0.student_id as "studentId", v0.learning_app_id as "learningAppId", v0.start_time as "startTime"
from "analytics_production".sessions v0
where v0.org_ids @> array[k.key]
  and v0.start_time is null
order by v0.id
limit $3::int)
) arms
limit $4::int
) p;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select count(*) as "count"
from "analytics_production".sessions v0
where v0.org_ids @> array[k.key]
) p;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select v0.id as "id", v0."name" as "name"
from "analytics_production".students v0
where v0.org_ids @> array[k.key]
order by v0."name" collate "und-x-icu", v0.id
limit $2::int
) p;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select count(*) as "count"
from "analytics_production".students v0
where v0.org_ids @> array[k.key]
) p;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select v0.id as "id", v0."name" as "name"
from "analytics_production".guides v0
where v0.org_ids @> array[k.key]
order by v0."name" collate "und-x-icu", v0.id
limit $2::int
) p;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select count(*) as "count"
from "analytics_production".guides v0
where v0.org_ids @> array[k.key]
) p;

-- flight 2
select v0.id as "id", v0."name" as "name"
from "analytics_production".students v0
where v0.id = any($1::uuid[]);
