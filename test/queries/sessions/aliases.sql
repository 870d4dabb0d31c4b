-- flight 1
select v0.id as "id"
from "analytics_production".students v0
where v0.id = $1::uuid;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select * from (
(select v0.id as "id", v0.start_time as "startTime", v0.duration_sec as "durationSec"
from "analytics_production".sessions v0
where v0.student_id = k.key
  and v0.start_time is not null
order by v0.start_time desc, v0.id
limit $2::int)
union all
(select v0.id as "id", v0.start_time as "startTime", v0.duration_sec as "durationSec"
from "analytics_production".sessions v0
where v0.student_id = k.key
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
select v0.id as "id", v0.start_time as "startTime", v0.duration_sec as "durationSec"
from "analytics_production".sessions v0
where v0.student_id = k.key
order by v0.duration_sec desc nulls last, v0.start_time desc nulls last, v0.id
limit $2::int
) p;
