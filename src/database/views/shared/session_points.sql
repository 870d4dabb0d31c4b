-- The entries of the ledger by day, with the session of their event, where they have one.
--
-- Equal ids said as `any`, once each way: nothing can answer that but the indexes of both sides. Said as `=`, a hash of two million
-- events is cheaper for everything there is, and a list of the newest points would wait for it.
create view session_points as
select
  x.user_id as student_id,
  x.application_id as learning_app_id,
  e.session_id,
  x.value,
  (x.date_created at time zone 'UTC')::date as date
from tb_xp_ledger x
left join caliper_event e on e.id = any (array[x.event_id])
  and x.event_id = any (array[e.id]);
