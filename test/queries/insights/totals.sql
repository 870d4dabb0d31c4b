-- flight 1
select v0.session_id as "sessionId", v0.waste_duration_sec as "wasteDurationSec"
from "analytics_production".sessions_waste v0
order by v0.waste_duration_sec desc, v0.session_id
limit $1::int;

-- flight 1
select v0.session_id as "sessionId", v0.cheating_duration_sec as "cheatingDurationSec"
from "analytics_production".sessions_cheating v0
order by v0.cheating_duration_sec desc, v0.session_id
limit $1::int;

-- flight 1
select v0.session_id as "sessionId", v0.proctoring_duration_sec as "proctoringDurationSec"
from "analytics_production".sessions_proctoring v0
order by v0.proctoring_duration_sec desc, v0.session_id
limit $1::int;

-- flight 2
select v0.id as "id", v0."date" as "date", v0.is_proctored as "isProctored"
from "analytics_production".sessions v0
where v0.id = any($1::text[]);
