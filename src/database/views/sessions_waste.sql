-- Waste is added up as it is, also where it overlaps. Exact lengths are summed and rounded once.
create view sessions_waste with (security_barrier) as
select
  s.caliper_session_id as session_id,
  waste.seconds as waste_duration_sec,
  array(
    select distinct m.org_id
    from memberships_in_scope m
    where m.user_id = s.user_id
    order by m.org_id
  ) as org_ids
from insights_session s
cross join lateral (
  select round(sum(extract(epoch from q.ended_at_time - q.started_at_time))) as seconds
  from qualifying_insights q
  where q.insights_session_id = s.id
    and q.is_waste
) waste
where waste.seconds > 0
  and (
    (select is_unrestricted from caller_scope)
    or exists (
      select
      from memberships_in_scope m
      where m.user_id = s.user_id
    )
  );
