-- The entries of the ledger with the session of their event, where they have one.
create view session_points as
select
  x.user_id as student_id,
  x.application_id as learning_app_id,
  e.session_id,
  x.value,
  x.date_created
from tb_xp_ledger x
left join caliper_event e on e.id = x.event_id;
