-- flight 1
select v0.id as "id", v0.student_id as "studentId", v0.learning_app_id as "learningAppId", v0.duration_sec as "durationSec"
from "analytics_production".sessions v0
  left join lateral (select v1.waste_duration_sec as key from "analytics_production".sessions_waste v1 where v1.session_id = v0.id limit 1) v2 on true
order by v2.key desc nulls last, v0.start_time desc nulls last, v0.id
limit $1::int;

-- flight 2
select v0.session_id as "sessionId", v0.waste_duration_sec as "wasteDurationSec"
from "analytics_production".sessions_waste v0
where v0.session_id = any($1::text[]);

-- flight 2
select v0.id as "id", v0."name" as "name"
from "analytics_production".students v0
where v0.id = any($1::uuid[]);
