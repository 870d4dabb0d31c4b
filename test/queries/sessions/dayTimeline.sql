-- flight 1
select v0.id as "id", v0."name" as "name"
from "analytics_production".students v0
where v0.id = $1::uuid;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select * from (
(select v0.id as "id", v0.student_id as "studentId", v0.learning_app_id as "learningAppId", v0.start_time as "startTime", v0.end_time as "endTime", v0.duration_sec as "durationSec"
from "analytics_production".sessions v0
where v0.student_id = k.key
  and v0."date" = $2::date
  and v0.start_time is not null
order by v0.start_time, v0.id
limit $3::int)
union all
(select v0.id as "id", v0.student_id as "studentId", v0.learning_app_id as "learningAppId", v0.start_time as "startTime", v0.end_time as "endTime", v0.duration_sec as "durationSec"
from "analytics_production".sessions v0
where v0.student_id = k.key
  and v0."date" = $2::date
  and v0.start_time is null
order by v0.id
limit $4::int)
) arms
limit $5::int
) p;

-- flight 2
select v0.id as "id", v0."name" as "name"
from "analytics_production".learning_apps v0
where v0.id = $1::uuid;

-- flight 2
select k.n, p.*
from unnest($1::text[]) with ordinality as k (key, n)
cross join lateral (
select v0.session_id as "sessionId", v0.student_id as "studentId", v0.total_questions_answered as "totalQuestionsAnswered", v0.total_questions_correct as "totalQuestionsCorrect", v0.avg_duration_sec as "avgDurationSec"
from "analytics_production".aggregated_session_attempts v0
where v0.session_id = k.key
order by v0."date" desc nulls last, v0.session_id, v0.student_id
limit $2::int
) p;

-- flight 2
select k.n, p.*
from unnest($1::text[]) with ordinality as k (key, n)
cross join lateral (
select v0.total_value as "totalValue"
from "analytics_production".students_xp v0
where v0.session_id = k.key
order by v0."date" desc nulls last, v0.student_id, v0.learning_app_id, v0.session_id nulls last, v0.total_value
limit $2::int
) p;

-- flight 2
select v0.session_id as "sessionId", v0.waste_duration_sec as "wasteDurationSec"
from "analytics_production".sessions_waste v0
where v0.session_id = $1::text;

-- flight 2
select k.n, p.*
from unnest($1::text[]) with ordinality as k (key, n)
cross join lateral (
select v0.waste_type as "wasteType", v0.started_at_time as "startedAtTime", v0.description as "description"
from "analytics_production".waste_insights v0
where v0.session_id = k.key
order by v0.started_at_time desc, v0.waste_duration_sec, v0.waste_type collate "und-x-icu", v0.session_id, v0.ended_at_time, md5(v0.description)
limit $2::int
) p;

-- flight 2
select k.n, p.*
from unnest($1::text[]) with ordinality as k (key, n)
cross join lateral (
select v0.id as "id", v0.journal_text as "journalText"
from "analytics_production".student_journals v0
where v0.session_id = k.key
order by v0."timestamp" desc, v0.id
limit $2::int
) p;
