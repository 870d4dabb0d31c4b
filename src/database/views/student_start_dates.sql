create view student_start_dates with (security_barrier) as
select
  u.id as student_id,
  u.admission_date,
  (
    select min(e.begin_date)
    from one_roster_enrollment e
    where e.user_id = u.id
      and e.role = 'student'
      and e.status <> 'tobedeleted'
  ) as earliest_enrollment_date,
  (
    -- The report is what tells a standardised test from any other result.
    select min(a.score_date)
    from gradebook_assessment_result a
    where a.student_id = u.id
      and a.status = 'active'
      and a.report_url ~ '\S'
  ) as earliest_map_date,
  array(
    select distinct m.org_id
    from memberships_in_scope m
    where m.user_id = u.id
    order by m.org_id
  ) as org_ids
from (
  select
    person.id,
    (
      -- Who carries a date decides, not who is primary: a primary role without one gives way to any other.
      select coalesce(min(r.admission_date) filter (where r.role_type = 'primary'), min(r.admission_date))
      from one_roster_role r
      where r.user_id = person.id
        and r.role = 'student'
        and r.status <> 'tobedeleted'
        -- `is true` keeps this a look into a hash: as a join it would read all organisations for every student.
        and (
          r.org_id in (
            select o.id
            from one_roster_organization o
            where o.type = 'school'
          )
        ) is true
    ) as admission_date
  from one_roster_user person
  where exists (
      select
      from one_roster_role r
      where r.user_id = person.id
        and r.role = 'student'
        and r.status <> 'tobedeleted'
    )
    and case
      -- A wide scope is looked up, person by person: hashed, one row would cost as much as all of them.
      when (select is_wide from scope_width)
      then exists (
        select
        from memberships_in_scope m
        where m.user_id = person.id
        offset 0
      )
      else (select is_unrestricted from caller_scope)
        or exists (
          select
          from memberships_in_scope m
          where m.user_id = person.id
        )
    end
  -- Before the other dates are looked up, so that a page looks up its own.
  order by
    admission_date,
    person.id
) u
order by
  u.admission_date,
  u.id;
