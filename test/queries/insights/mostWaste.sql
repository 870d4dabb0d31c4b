-- flight 1
select count(*) as "count"
from "analytics_production".sessions v0
where exists (select from "analytics_production".waste_insights v1 where v1.session_id = v0.id having (count(*) >= $1::int8 and count(distinct v1.waste_type) >= $2::int8) offset 0);

-- flight 1
select v0.id as "id", v0.student_id as "studentId", v0.learning_app_id as "learningAppId", v0.start_time as "startTime", v0.duration_sec as "durationSec"
from "analytics_production".sessions v0
  left join lateral (select coalesce(sum(case when scale(v2.waste_duration_sec) is not null then v2.waste_duration_sec end), 0)::float8 as key from "analytics_production".waste_insights v2 where v2.session_id = v0.id) v3 on true
where exists (select from "analytics_production".waste_insights v1 where v1.session_id = v0.id having (count(*) >= $1::int8 and count(distinct v1.waste_type) >= $2::int8) offset 0)
order by v3.key desc, v0.start_time desc nulls last, v0.id
limit $3::int;

-- flight 2
select k.n, p.*
from unnest($1::text[]) with ordinality as k (key, n)
cross join lateral (
select count(*) as "count", coalesce(sum(case when scale(v0.waste_duration_sec) is not null then v0.waste_duration_sec end), 0)::float8 as "waste_duration_sec sum", max(case when scale(v0.waste_duration_sec) is not null then v0.waste_duration_sec end)::float8 as "waste_duration_sec max", count(distinct v0.waste_type) as "waste_type countDistinct"
from "analytics_production".waste_insights v0
where v0.session_id = k.key
) p;
