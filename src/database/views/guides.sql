create view guides with (security_barrier) as
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
where exists (
    select
    from one_roster_role r
    where r.user_id = u.id
      and r.role in ('teacher', 'principal')
      and r.status <> 'tobedeleted'
  )
  and case
    -- A wide scope is looked up, person by person: hashed, one row would cost as much as all of them.
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
  end;
