-- flight 1
select v0.session_id as "sessionId", v0.student_id as "studentId", v0."date" as "date", v0.total_questions_answered as "totalQuestionsAnswered", v0.total_questions_correct as "totalQuestionsCorrect", v0.avg_duration_sec as "avgDurationSec"
from "analytics_production".aggregated_session_attempts v0
order by v0.total_questions_answered desc, v0."date" desc nulls last, v0.session_id, v0.student_id
limit $1::int;

-- flight 2
select v0.id as "id", v0."name" as "name"
from "analytics_production".students v0
where v0.id = any($1::uuid[]);

-- flight 2
select v0.id as "id", v0."date" as "date"
from "analytics_production".sessions v0
where v0.id = any($1::text[]);
