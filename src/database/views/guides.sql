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
  and (
    (select is_unrestricted from caller_scope)
    or exists (
      select
      from memberships_in_scope m
      where m.user_id = u.id
    )
  );
