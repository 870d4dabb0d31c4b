-- The scope of the transaction, read from its setting: `a,b` or `{a,b}`, and `*` for a caller without a limit. Unset and
-- empty are no scope at all. Always read it as `(select … from caller_scope)`: that is parsed once a statement; beside a row
-- it would be parsed once a row.
--
-- Each mention of `setting` copies it, and 200 ids take a while to parse: whoever only wants to know how many they are reads
-- `org_count`, which knows it from the length, because an id with its comma has 37 characters.
create view caller_scope as
select
  coalesce(setting = '*', false) as is_unrestricted,
  case
    when setting = '*' then array(select id from one_roster_organization)
    when starts_with(setting, '{') then setting::uuid[]
    else ('{' || setting || '}')::uuid[]
  end as org_ids,
  (octet_length(setting) + 1) / 37 as org_count
from (select current_setting('app.allowed_org_ids', true) as setting) transaction_scope;
