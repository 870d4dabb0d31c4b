-- Points without a session, and those without a date, are groups of their own.
create view students_xp with (security_barrier) as
select
  x.user_id as student_id,
  x.application_id as learning_app_id,
  e.session_id,
  (x.date_created at time zone 'UTC')::date as date,
  sum(x.value) as total_value,
  array(
    select distinct m.org_id
    from memberships_in_scope m
    where m.user_id = x.user_id
    order by m.org_id
  ) as org_ids
from tb_xp_ledger x
left join caliper_event e on e.id = x.event_id
where (select is_unrestricted from caller_scope)
  or exists (
    select
    from memberships_in_scope m
    where m.user_id = x.user_id
  )
group by
  x.user_id,
  x.application_id,
  e.session_id,
  (x.date_created at time zone 'UTC')::date;
