-- flight 1
select v0.student_id as "studentId", v0.learning_app_id as "learningAppId", v0.session_id as "sessionId", v0."date" as "date", v0.total_value as "totalValue"
from "analytics_production".students_xp v0
where v0.total_value < $1::numeric
order by v0.total_value, v0."date" desc nulls last, v0.student_id, v0.learning_app_id, v0.session_id nulls last
limit $2::int;

-- flight 2
select v0.id as "id", v0."name" as "name"
from "analytics_production".students v0
where v0.id = any($1::uuid[]);

-- flight 2
select v0.id as "id", v0."name" as "name"
from "analytics_production".learning_apps v0
where v0.id = any($1::uuid[]);
