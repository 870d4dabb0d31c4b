-- flight 1
select * from (
(select v0.id as "id", v0.student_id as "studentId", v0.learning_app_id as "learningAppId", v0.start_time as "startTime"
from "analytics_production".sessions v0
where (exists (select from "analytics_production".sessions_waste v1 where v1.session_id = v0.id
  and true offset 0)) is not true
  and v0.start_time is not null
order by v0.start_time desc, v0.id
limit $1::int)
union all
(select v0.id as "id", v0.student_id as "studentId", v0.learning_app_id as "learningAppId", v0.start_time as "startTime"
from "analytics_production".sessions v0
where (exists (select from "analytics_production".sessions_waste v1 where v1.session_id = v0.id
  and true offset 0)) is not true
  and v0.start_time is null
order by v0.id
limit $2::int)
) arms
limit $3::int;

-- flight 2
select v0.session_id as "sessionId", v0.waste_duration_sec as "wasteDurationSec"
from "analytics_production".sessions_waste v0
where v0.session_id = any($1::text[]);
