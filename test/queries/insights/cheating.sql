-- flight 1
select v0.session_id as "sessionId", v0.insight_type as "insightType", v0.started_at_time as "startedAtTime", v0.duration_sec as "durationSec", v0.description as "description"
from "analytics_production".cheating_insights v0
order by v0.started_at_time desc, v0.session_id, v0.insight_type collate "und-x-icu", v0.ended_at_time, v0.duration_sec, md5(v0.description)
limit $1::int;

-- flight 2
select v0.id as "id", v0.student_id as "studentId", v0.learning_app_id as "learningAppId"
from "analytics_production".sessions v0
where v0.id = any($1::text[]);

-- flight 3
select v0.id as "id", v0."name" as "name"
from "analytics_production".students v0
where v0.id = any($1::uuid[]);

-- flight 3
select v0.session_id as "sessionId", v0.cheating_duration_sec as "cheatingDurationSec"
from "analytics_production".sessions_cheating v0
where v0.session_id = any($1::text[]);
