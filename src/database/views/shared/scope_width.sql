-- Whether the scope is a large part of everything: more than 50 organisations, and more than a quarter of all. Then most rows pass,
-- and to look up the person of each is quicker than to know all people in scope before the first row. Without a limit, which names
-- no organisation, there is nothing to look up.
create view scope_width as
select
  org_count > 50
  and 4 * org_count > (select count(*) from one_roster_organization) as is_wide
from caller_scope;
