-- First attempts: a later one of the same student on the same resource is no row, whichever session it was in.
create view attempts with (security_barrier) as
select
  a.assignee_id as student_id,
  a.assignable_id as resource_id,
  e.session_id,
  (a.started_at_time at time zone 'UTC')::date as date,
  a.started_at_time as start_time,
  a.ended_at_time as end_time,
  round(extract(epoch from coalesce(a.duration, a.ended_at_time - a.started_at_time))) as duration_sec,
  (
    select
      case
        when score.score_given is not null then coalesce(score.score_given = score.max_score, false)
      end
    from caliper_score score
    where score.attempt_id = a.id
  ) as is_correct,
  array(
    select distinct m.org_id
    from memberships_in_scope m
    where m.user_id = a.assignee_id
    order by m.org_id
  ) as org_ids
from (
  select *
  from caliper_attempt attempt
  -- Asked once: where nobody is in scope, no attempt is looked at.
  where (select is_unrestricted or exists (select from memberships_in_scope) from caller_scope)
    -- One step into an index says which attempt is the first. Two million such steps are many, so the scope, which is
    -- one look into a hash, goes first: `case` keeps that order, `and` would not.
    and attempt.id = case
      when (
        (select is_unrestricted from caller_scope)
        or exists (
          select
          from memberships_in_scope m
          where m.user_id = attempt.assignee_id
        )
      )
      then (
        select first.id
        from caliper_attempt first
        where first.assignee_id = attempt.assignee_id
          and first.assignable_id = attempt.assignable_id
        order by
          first.started_at_time nulls last,
          first.ended_at_time nulls last,
          first.id
        limit 1
      )
    end
) a
-- The earliest event that carries a session. The second condition says it all; the first lets a session's events lead here.
left join caliper_event e on e.attempt_id = a.id
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
order by a.started_at_time desc;
