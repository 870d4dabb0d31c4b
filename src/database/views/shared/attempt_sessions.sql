-- The session of an attempt: that of its earliest event which carries one; an event without a time is the last to ask.
-- Written from the event, so that it is found from either side: the session's index leads here, and so does the attempt's.
create view attempt_sessions as
select
  event.attempt_id,
  event.session_id
from caliper_event event
where event.id = (
  select earliest.id
  from caliper_event earliest
  where earliest.attempt_id = event.attempt_id
    and earliest.session_id is not null
  order by
    earliest.event_time nulls last,
    earliest.id
  limit 1
);
