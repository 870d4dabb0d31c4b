-- flight 1
select v0.id as "id", v0.student_id as "studentId", v0.session_id as "sessionId", v0.learning_app_id as "learningAppId", v0.journal_text as "journalText", v0."date" as "date", v0."timestamp" as "timestamp"
from "analytics_production".student_journals v0
where strpos(lower(v0.journal_text collate "und-x-icu"), lower($1::text collate "und-x-icu")) > 0
order by v0."timestamp" desc, v0.id
limit $2::int;

-- flight 2
select v0.id as "id", v0."name" as "name"
from "analytics_production".students v0
where v0.id = any($1::uuid[]);

-- flight 2
select v0.id as "id", v0."name" as "name"
from "analytics_production".learning_apps v0
where v0.id = any($1::uuid[]);

-- flight 2
select v0.id as "id", v0.is_proctored as "isProctored"
from "analytics_production".sessions v0
where v0.id = any($1::text[]);
