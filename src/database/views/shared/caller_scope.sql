-- The scope of the transaction, read from its setting: `a,b` or `{a,b}`, and `*` for a caller without a limit. Unset and
-- empty are no scope at all. Always read it as `(select … from caller_scope)`: that is parsed once a statement; beside a row
-- it would be parsed once a row.
create view caller_scope as
select
  coalesce(setting = '*', false) as is_unrestricted,
  case
    when setting = '*' then array(select id from one_roster_organization)
    else ('{' || trim(both '{}' from setting) || '}')::uuid[]
  end as org_ids
from (select current_setting('app.allowed_org_ids', true) as setting) transaction_scope;
