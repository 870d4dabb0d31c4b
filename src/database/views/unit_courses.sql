create view unit_courses as
select
  unit.id as unit_id,
  course.id as course_id
from part_of_relations relation
join caliper_assignable_digital_resource unit on unit.id = relation.source_id
join caliper_assignable_digital_resource course on course.id = relation.destination_id
where unit.media_type = 'curriculum/unit'
  and course.media_type = 'curriculum/course';
