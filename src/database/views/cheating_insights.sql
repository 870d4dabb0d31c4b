create view cheating_insights with (security_barrier) as
with few as materialized (
  select ids
  from people_if_few
),
-- Asked once, and not of each event; always as `is true`, because the index of a type would not hand its events out in order.
types as materialized (
  select array_agg(id) as ids
  from insights_type
  where category = 'Cheating'
)
select
  i.session_id,
  i.slug as insight_type,
  i.started_at_time,
  i.ended_at_time,
  round(extract(epoch from i.ended_at_time - i.started_at_time)) as duration_sec,
  i.reason as description,
  array(
    select distinct m.org_id
    from memberships_in_scope m
    where m.user_id = i.student_id
    order by m.org_id
  ) as org_ids
from (
  (
    select *
    from session_insights
    where (select ids is not null from few)
      and student_id = any ((select ids from few)::uuid[])
      and (insight_type_id = any ((select ids from types)::uuid[])) is true
    order by started_at_time desc
  )
  union all
  (
    select *
    from session_insights every
    where (select ids is null from few)
      and (insight_type_id = any ((select ids from types)::uuid[])) is true
      and (
        (select is_unrestricted from caller_scope)
        or exists (
          select
          from memberships_in_scope m
          where m.user_id = every.student_id
        )
      )
    order by started_at_time desc
  )
) i
order by i.started_at_time desc;
