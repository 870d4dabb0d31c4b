create view students with (security_barrier) as
select
  u.id,
  trim(u.given_name || ' ' || u.family_name) as name,
  u.email,
  array(
    select distinct m.org_id
    from memberships_in_scope m
    where m.user_id = u.id
    order by m.org_id
  ) as org_ids
from one_roster_user u
-- The scope goes first, and the role is looked up student by student: a list by name then walks an index and stops where
-- it has enough. A wide scope is looked up, too; `offset 0` keeps the planner from hashing everybody in it.
where case
    when (
      case
        when (select is_wide from scope_width)
        then exists (
          select
          from memberships_in_scope m
          where m.user_id = u.id
          offset 0
        )
        else (select is_unrestricted from caller_scope)
          or exists (
            select
            from memberships_in_scope m
            where m.user_id = u.id
          )
      end
    )
    then (
      select true
      from one_roster_role r
      where r.user_id = u.id
        and r.role = 'student'
        and r.status <> 'tobedeleted'
      limit 1
    )
  end
order by
  trim(u.given_name || ' ' || u.family_name) collate "und-x-icu",
  u.id;
