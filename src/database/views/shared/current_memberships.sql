-- Who belongs where today: roles of any kind, at organisations of any type. A role that begins later counts already, so
-- that a school can prepare; the day it ends is the first without it.
create view current_memberships as
select
  user_id,
  org_id
from one_roster_role
where status = 'active'
  and (end_date is null or end_date > (now() at time zone 'UTC')::date);
