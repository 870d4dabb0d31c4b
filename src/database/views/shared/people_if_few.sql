-- The people in scope, where they are few: a school's worth, whose rows are best found person by person. Null where they are
-- many, and for a caller without a limit: there it is quicker to look at the rows and ask for each whether it is in scope.
-- The largest views are written in both ways, and this decides between the two. Nobody in scope is few.
create view people_if_few as
select
  case
    when (select is_unrestricted from caller_scope) then null
    when count(*) <= 500 then coalesce(array_agg(user_id), '{}')
  end as ids
from (
  select user_id
  from memberships_in_scope
  limit 501
) someone;
