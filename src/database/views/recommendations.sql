create view recommendations with (security_barrier) as
select
  r.id,
  r.user_id as student_id,
  r.type,
  r.source,
  r.source_reference_id,
  r.title,
  r.visibility,
  r.content,
  (r.generated_at at time zone 'UTC')::date as date,
  r.generated_at,
  r.delivered_at,
  r.feedback_sentiment,
  r.feedback_text,
  r.feedback_at,
  array(
    select distinct m.org_id
    from memberships_in_scope m
    where m.user_id = r.user_id
    order by m.org_id
  ) as org_ids
from insights_recommendation r
-- What is meant for the staff is in no row and in no count.
where r.visibility = 'student'
  and case
    -- A wide scope is looked up, person by person: hashed, one row would cost as much as all of them.
    when (select is_wide from scope_width)
    then exists (
      select
      from memberships_in_scope m
      where m.user_id = r.user_id
      offset 0
    )
    else (select is_unrestricted from caller_scope)
      or exists (
        select
        from memberships_in_scope m
        where m.user_id = r.user_id
      )
  end
order by
  r.generated_at desc,
  r.id;
