-- Waste is added up as it is, also where it overlaps. Exact lengths are summed and rounded once.
create view sessions_waste with (security_barrier) as
with few as materialized (
  select ids
  from people_if_few
)
select
  i.session_id,
  round(sum(extract(epoch from i.ended_at_time - i.started_at_time))) as waste_duration_sec,
  array(
    select distinct m.org_id
    from memberships_in_scope m
    where m.user_id = i.student_id
    order by m.org_id
  ) as org_ids
from (
  select *
  from session_insights
  where (select ids is not null from few)
    and student_id = any ((select ids from few)::uuid[])
  union all
  select *
  from session_insights every
  where (select ids is null from few)
    and (
      (select is_unrestricted from caller_scope)
      or exists (
        select
        from memberships_in_scope m
        where m.user_id = every.student_id
      )
    )
) i
where i.is_waste
group by
  i.session_id,
  i.student_id
having round(sum(extract(epoch from i.ended_at_time - i.started_at_time))) > 0;
