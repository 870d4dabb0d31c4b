-- Waste is added up as it is, also where it overlaps. Exact lengths are summed and rounded once. Session by session, in the order
-- of their ids: whoever reads a page adds up no more than its sessions.
create view sessions_waste with (security_barrier) as
with few as materialized (
  select ids
  from people_if_few
)
select
  s.caliper_session_id as session_id,
  waste.seconds as waste_duration_sec,
  array(
    select distinct m.org_id
    from memberships_in_scope m
    where m.user_id = s.user_id
    order by m.org_id
  ) as org_ids
from (
  (
    select *
    from insights_session
    where (select ids is not null from few)
      and user_id = any ((select ids from few)::uuid[])
    order by caliper_session_id
  )
  union all
  (
    select *
    from insights_session every
    where (select ids is null from few)
      and case
        -- A wide scope is looked up, person by person: hashed, one row would cost as much as all of them.
        when (select is_wide from scope_width)
        then exists (
          select
          from memberships_in_scope m
          where m.user_id = every.user_id
          offset 0
        )
        else (select is_unrestricted from caller_scope)
          or exists (
            select
            from memberships_in_scope m
            where m.user_id = every.user_id
          )
      end
    order by caliper_session_id
  )
) s
cross join lateral (
  select round(sum(extract(epoch from q.ended_at_time - q.started_at_time))) as seconds
  from qualifying_insights q
  where q.insights_session_id = s.id
    and q.is_waste
) waste
where waste.seconds > 0
order by s.caliper_session_id;
