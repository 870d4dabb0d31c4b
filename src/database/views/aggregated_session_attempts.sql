create view aggregated_session_attempts with (security_barrier) as
with few as materialized (
  select ids
  from people_if_few
)
select
  a.session_id,
  a.student_id,
  (min(a.started_at_time) at time zone 'UTC')::date as date,
  count(a.score_given)::int as total_questions_answered,
  (count(*) filter (where a.score_given = a.max_score))::int as total_questions_correct,
  -- What was scored is a question, and so is what is known as one; a lesson's time does not count. Not `exists`, for which
  -- PostgreSQL reads all questions first.
  round(
    avg(extract(epoch from a.length)) filter (
      where a.score_given is not null
        or (
          select true
          from caliper_assessment_item question
          where question.id = a.resource_id
        )
    )
  ) as avg_duration_sec,
  array(
    select distinct m.org_id
    from memberships_in_scope m
    where m.user_id = a.student_id
    order by m.org_id
  ) as org_ids
from (
  select *
  from session_attempts
  where (select ids is not null from few)
    and student_id = any ((select ids from few)::uuid[])
  union all
  -- Joined and not looked up row by row, so that the planner may begin with the people: he would join all attempts first.
  select *
  from session_attempts
  where (select ids is null from few)
    and not (select is_unrestricted from caller_scope)
    and student_id in (
      select m.user_id
      from memberships_in_scope m
    )
  union all
  select *
  from session_attempts
  where (select is_unrestricted from caller_scope)
) a
group by
  a.session_id,
  a.student_id;
