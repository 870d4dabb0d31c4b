-- Journals need neither a review nor to be visible elsewhere. They lie together in the index of their type, newest first; the
-- session is found by its own index only, else a list of the newest would wait for all of them.
create view student_journals with (security_barrier) as
select
  i.id,
  s.user_id as student_id,
  s.caliper_session_id as session_id,
  s.application_id as learning_app_id,
  i.reason as journal_text,
  (i.started_at_time at time zone 'UTC')::date as date,
  i.started_at_time as timestamp,
  array(
    select distinct m.org_id
    from memberships_in_scope m
    where m.user_id = s.user_id
    order by m.org_id
  ) as org_ids
from insights_insight i
join insights_session s on s.id = any (array[i.session_id])
  and i.session_id = any (array[s.id])
where i.insight_type_id = (
    select t.id
    from insights_type t
    where t.slug = 'Journal'
      and t.visibility = 'external'
  )
  and (
    (select is_unrestricted from caller_scope)
    or exists (
      select
      from memberships_in_scope m
      where m.user_id = s.user_id
    )
  )
order by
  i.started_at_time desc,
  i.id;
