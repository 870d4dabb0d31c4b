-- Qualifying insights with the session and the student they belong to. An outer join, though every insight has a session: the
-- scope is then asked for after it, once for all rows, and not while each session is looked up.
create view session_insights as
select
  s.caliper_session_id as session_id,
  s.user_id as student_id,
  s.is_proctored,
  q.insight_type_id,
  q.slug,
  q.is_waste,
  q.started_at_time,
  q.ended_at_time,
  q.reason
from qualifying_insights q
left join insights_session s on s.id = any (array[q.insights_session_id])
  and q.insights_session_id = any (array[s.id]);
