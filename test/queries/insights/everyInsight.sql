-- flight 1
select * from (
(select v0.id as "id", v0.student_id as "studentId", v0.learning_app_id as "learningAppId"
from "analytics_production".sessions v0
where ((exists (select from "analytics_production".waste_insights v1 where v1.session_id = v0.id
  and (v1.waste_type = $1::text) is not true offset 0)) is not true and exists (select from "analytics_production".waste_insights v2 where v2.session_id = v0.id
  and true offset 0))
  and v0.start_time is not null
order by v0.start_time desc, v0.id
limit $2::int)
union all
(select v0.id as "id", v0.student_id as "studentId", v0.learning_app_id as "learningAppId"
from "analytics_production".sessions v0
where ((exists (select from "analytics_production".waste_insights v1 where v1.session_id = v0.id
  and (v1.waste_type = $1::text) is not true offset 0)) is not true and exists (select from "analytics_production".waste_insights v2 where v2.session_id = v0.id
  and true offset 0))
  and v0.start_time is null
order by v0.id
limit $3::int)
) arms
limit $4::int;

-- flight 2
select k.n, p.*
from unnest($1::text[]) with ordinality as k (key, n)
cross join lateral (
select v0.waste_duration_sec as "wasteDurationSec", v0.waste_type as "wasteType"
from "analytics_production".waste_insights v0
where v0.session_id = k.key
order by v0.started_at_time desc, v0.waste_duration_sec, v0.waste_type collate "und-x-icu", v0.session_id, v0.ended_at_time, md5(v0.description)
limit $2::int
) p;
