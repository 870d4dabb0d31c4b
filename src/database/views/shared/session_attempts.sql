-- Attempts and scores by session. The session of an attempt is that of its earliest event which carries one; an event without
-- a time is the last to ask. Said as "there is none before it", it holds for a million attempts at once.
create view session_attempts as
select
  e.session_id,
  a.assignee_id as student_id,
  a.assignable_id as resource_id,
  a.started_at_time,
  coalesce(a.duration, a.ended_at_time - a.started_at_time) as length,
  score.score_given,
  score.max_score
from caliper_attempt a
join caliper_event e on e.attempt_id = a.id
left join caliper_score score on score.attempt_id = a.id
where e.session_id is not null
  and not exists (
    select
    from caliper_event earlier
    where earlier.attempt_id = e.attempt_id
      and earlier.session_id is not null
      and (
        earlier.event_time < e.event_time
        or (earlier.event_time is not null and e.event_time is null)
        or (earlier.event_time is not distinct from e.event_time and earlier.id < e.id)
      )
  );
