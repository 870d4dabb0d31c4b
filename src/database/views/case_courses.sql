create view case_courses as
select
  item.identifier as id,
  item.full_statement as title,
  -- A course in several subjects is one course.
  (
    select link.subject_id
    from cf_item_subject link
    where link.cf_item_id = item.identifier
    order by link.subject_id
    limit 1
  ) as case_subject_id
from cf_item item
-- Publishers write the type in either case.
where lower(item.item_type) = 'course';
