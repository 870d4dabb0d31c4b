create view students_mastery with (security_barrier) as
select
  c.credential_subject_id as student_id,
  round(c.result_value * 100, 2) as mastery_percentage,
  a.cf_item_id as curriculum_item_id,
  c.awarded_date as mastery_timestamp,
  (
    -- A document may serve several apps; a credential is one row all the same.
    select s.lti_application_id
    from cf_item i
    join lti_application_curriculum_scope s on s.cf_document_id = i.cf_document_id
    where i.identifier = a.cf_item_id
    order by s.lti_application_id
    limit 1
  ) as learning_app_id,
  array(
    select distinct m.org_id
    from memberships_in_scope m
    where m.user_id = c.credential_subject_id
    order by m.org_id
  ) as org_ids
from clr_achievement_credential c
-- For its item alone, so that an item leads here. Which achievement counts is asked beside it: `is true` keeps that a look
-- into a hash, or at one row, and with it the order of the index.
left join clr_achievement a on a.id = c.achievement_id
where (
    exists (
      select
      from clr_achievement mastered
      where mastered.id = c.achievement_id
        and mastered.achievement_type in ('StandardMastery', 'CurriculumMastery')
    )
  ) is true
  and (
    (select is_unrestricted from caller_scope)
    or exists (
      select
      from memberships_in_scope m
      where m.user_id = c.credential_subject_id
    )
  )
  -- Asked once: where nobody is in scope, no credential is looked at.
  and (select is_unrestricted or exists (select from memberships_in_scope) from caller_scope)
order by c.awarded_date desc;
