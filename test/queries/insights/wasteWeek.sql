-- flight 1
select v0.waste_duration_sec as "wasteDurationSec", v0.waste_type as "wasteType", v0.session_id as "sessionId", v0.started_at_time as "startedAtTime", v0.ended_at_time as "endedAtTime", v0.description as "description"
from "analytics_production".waste_insights v0
where exists (select from "analytics_production".sessions v1 where v1.id = v0.session_id
  and (v1."date" >= $1::date and v1."date" <= $2::date) offset 0)
order by v0.waste_duration_sec desc, v0.started_at_time desc, v0.waste_type collate "und-x-icu", v0.session_id, v0.ended_at_time, md5(v0.description)
limit $3::int;

-- flight 1
select count(*) as "count"
from "analytics_production".waste_insights v0
where exists (select from "analytics_production".sessions v1 where v1.id = v0.session_id
  and (v1."date" >= $1::date and v1."date" <= $2::date) offset 0);

-- flight 2
select v0.id as "id", v0.student_id as "studentId", v0.learning_app_id as "learningAppId", v0."date" as "date"
from "analytics_production".sessions v0
where v0.id = any($1::text[]);

-- flight 3
select v0.id as "id", v0."name" as "name"
from "analytics_production".students v0
where v0.id = any($1::uuid[]);
