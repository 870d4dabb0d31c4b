-- The current memberships that the caller may see through. A person with several roles at an organisation is here several
-- times.
create view memberships_in_scope as
select
  user_id,
  org_id
from current_memberships
where org_id = any ((select org_ids from caller_scope)::uuid[]);
