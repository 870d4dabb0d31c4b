-- flight 1
select v0.id as "id", v0.student_id as "studentId", v0."type" as "type", v0.source as "source", v0.title as "title", v0.visibility as "visibility", v0.content as "content", v0."date" as "date", v0.generated_at as "generatedAt", v0.delivered_at as "deliveredAt", v0.feedback_sentiment as "feedbackSentiment", v0.feedback_text as "feedbackText", v0.feedback_at as "feedbackAt"
from "analytics_production".recommendations v0
where v0.feedback_sentiment = $1::text
order by v0.generated_at desc, v0.id
limit $2::int;

-- flight 2
select v0.id as "id", v0."name" as "name"
from "analytics_production".students v0
where v0.id = any($1::uuid[]);
