create view proctoring_insights with (security_barrier) as
select
  s.caliper_session_id as session_id,
  q.slug as insight_type,
  q.started_at_time,
  q.ended_at_time,
  round(extract(epoch from q.ended_at_time - q.started_at_time)) as duration_sec,
  q.reason as description,
  array(
    select distinct m.org_id
    from memberships_in_scope m
    where m.user_id = s.user_id
    order by m.org_id
  ) as org_ids
from qualifying_insights q
join insights_session s on s.id = q.insights_session_id
where q.category = 'Proctoring'
  and s.is_proctored
  and (
    (select is_unrestricted from caller_scope)
    or exists (
      select
      from memberships_in_scope m
      where m.user_id = s.user_id
    )
  );
