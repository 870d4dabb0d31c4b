-- flight 1
select v0.waste_type as "wasteType"
from "analytics_production".waste_insights v0
where (v0.waste_type = any($1::text[])) is not true
order by v0.waste_type collate "und-x-icu" desc, v0.started_at_time desc, v0.waste_duration_sec, v0.session_id, v0.ended_at_time, md5(v0.description)
limit $2::int;
