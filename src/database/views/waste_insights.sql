-- Waste of every category: the flag of its type decides. No session needs to be proctored for it.
create view waste_insights with (security_barrier) as
select
  round(extract(epoch from q.ended_at_time - q.started_at_time)) as waste_duration_sec,
  q.slug as waste_type,
  s.caliper_session_id as session_id,
  q.started_at_time,
  q.ended_at_time,
  q.reason as description,
  array(
    select distinct m.org_id
    from memberships_in_scope m
    where m.user_id = s.user_id
    order by m.org_id
  ) as org_ids
from qualifying_insights q
join insights_session s on s.id = q.insights_session_id
where q.is_waste
  and (
    (select is_unrestricted from caller_scope)
    or exists (
      select
      from memberships_in_scope m
      where m.user_id = s.user_id
    )
  );
