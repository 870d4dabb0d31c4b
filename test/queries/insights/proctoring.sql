-- flight 1
select v0.session_id as "sessionId", v0.insight_type as "insightType", v0.duration_sec as "durationSec"
from "analytics_production".proctoring_insights v0
order by v0.started_at_time desc, v0.session_id, v0.insight_type collate "und-x-icu", v0.ended_at_time, v0.duration_sec, md5(v0.description)
limit $1::int;

-- flight 1
select count(*) as "count"
from "analytics_production".proctoring_insights v0
where exists (select from "analytics_production".sessions v1 where v1.id = v0.session_id
  and v1.is_proctored = $1::bool offset 0);

-- flight 2
select v0.id as "id", v0.student_id as "studentId", v0.learning_app_id as "learningAppId", v0.is_proctored as "isProctored"
from "analytics_production".sessions v0
where v0.id = any($1::text[]);

-- flight 3
select v0.session_id as "sessionId", v0.proctoring_duration_sec as "proctoringDurationSec"
from "analytics_production".sessions_proctoring v0
where v0.session_id = any($1::text[]);
