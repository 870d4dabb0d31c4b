-- flight 1
select v0.id as "id"
from "analytics_production".students v0
where v0.id = $1::uuid;

-- flight 2
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select v0.student_id as "studentId", v0.resource_id as "resourceId", v0.session_id as "sessionId", v0.start_time as "startTime", v0."date" as "k4", v0.end_time as "k5", v0.duration_sec as "k6", v0.is_correct as "k7"
from "analytics_production".attempts v0
where v0.student_id = k.key
order by v0.start_time nulls last, v0.student_id, v0.resource_id, v0.session_id nulls last, v0."date" nulls last, v0.end_time nulls last, v0.duration_sec nulls last, v0.is_correct nulls last
limit $2::int
) p;

-- flight 2
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select v0.student_id as "studentId", v0.resource_id as "resourceId", v0.session_id as "sessionId", v0.start_time as "startTime", v0."date" as "k4", v0.end_time as "k5", v0.duration_sec as "k6", v0.is_correct as "k7"
from "analytics_production".attempts v0
where v0.student_id = k.key
order by v0.start_time desc nulls first, v0.student_id, v0.resource_id, v0.session_id nulls last, v0."date" nulls last, v0.end_time nulls last, v0.duration_sec nulls last, v0.is_correct nulls last
limit $2::int
) p;
