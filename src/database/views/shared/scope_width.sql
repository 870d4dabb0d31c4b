-- Whether the scope is a large part of everything: more than a quarter of all organisations. Then most rows pass, and to look up
-- the person of each is quicker than to know all people in scope before the first row. Without a limit there is nothing to look up.
create view scope_width as
select not is_unrestricted and 4 * cardinality(org_ids) > (select count(*) from one_roster_organization) as is_wide
from caller_scope;
