create view courses as
select
  resource.id,
  -- A course in several subjects is one course: the subject that places it first.
  (
    select subject.id
    from caliper_resource_relation relation
    join caliper_assignable_digital_resource subject on subject.id = relation.destination_id
    where relation.source_id = resource.id
      and relation.relationship_type = 'isPartOf'
      and subject.media_type = 'curriculum/subject'
    order by
      relation.item_order nulls last,
      subject.id
    limit 1
  ) as subject_id,
  named.title
from caliper_assignable_digital_resource resource
left join resource_titles named on named.id = resource.id
where resource.media_type = 'curriculum/course';
