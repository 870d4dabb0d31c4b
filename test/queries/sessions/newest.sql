-- flight 1
select * from (
(select v0.id as "id", v0.student_id as "studentId", v0.learning_app_id as "learningAppId", v0."date" as "date", v0.start_time as "startTime", v0.end_time as "endTime", v0.duration_sec as "durationSec", v0.webcam_enabled as "webcamEnabled", v0.is_proctored as "isProctored"
from "analytics_production".sessions v0
where v0.start_time is not null
order by v0.start_time desc, v0.id
limit $1::int)
union all
(select v0.id as "id", v0.student_id as "studentId", v0.learning_app_id as "learningAppId", v0."date" as "date", v0.start_time as "startTime", v0.end_time as "endTime", v0.duration_sec as "durationSec", v0.webcam_enabled as "webcamEnabled", v0.is_proctored as "isProctored"
from "analytics_production".sessions v0
where v0.start_time is null
order by v0.id
limit $2::int)
) arms
limit $3::int;

-- flight 2
select v0.id as "id", v0."name" as "name"
from "analytics_production".students v0
where v0.id = any($1::uuid[]);

-- flight 2
select v0.id as "id", v0."name" as "name"
from "analytics_production".learning_apps v0
where v0.id = any($1::uuid[]);
