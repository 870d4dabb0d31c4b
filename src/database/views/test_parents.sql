create view test_parents as
select
  test.id as test_id,
  parent.id as parent_id,
  parent.media_type as parent_type
from part_of_relations relation
join caliper_assessment test on test.id = relation.source_id
join caliper_assignable_digital_resource parent on parent.id = relation.destination_id;
