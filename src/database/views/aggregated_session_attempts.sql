create view aggregated_session_attempts with (security_barrier) as
select
  e.session_id,
  a.assignee_id as student_id,
  (min(a.started_at_time) at time zone 'UTC')::date as date,
  count(score.score_given)::int as total_questions_answered,
  (count(*) filter (where score.score_given = score.max_score))::int as total_questions_correct,
  -- What was scored is a question, and so is what is known as one; a lesson's time does not count.
  round(
    avg(extract(epoch from coalesce(a.duration, a.ended_at_time - a.started_at_time))) filter (
      where score.score_given is not null
        or exists (
          select
          from caliper_assessment_item question
          where question.id = a.assignable_id
        )
    )
  ) as avg_duration_sec,
  array(
    select distinct m.org_id
    from memberships_in_scope m
    where m.user_id = a.assignee_id
    order by m.org_id
  ) as org_ids
from caliper_attempt a
-- The earliest event that carries a session, as in attempts; an attempt without one belongs to no row.
join caliper_event e on e.attempt_id = a.id
  and e.id = (
    select carrier.id
    from caliper_event carrier
    where carrier.attempt_id = a.id
      and carrier.session_id is not null
    order by
      carrier.event_time nulls last,
      carrier.id
    limit 1
  )
left join caliper_score score on score.attempt_id = a.id
where (select is_unrestricted from caller_scope)
  or exists (
    select
    from memberships_in_scope m
    where m.user_id = a.assignee_id
  )
group by
  e.session_id,
  a.assignee_id;
