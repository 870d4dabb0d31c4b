create view question_tests as
select
  question.id as question_id,
  test.id as test_id
from part_of_relations relation
join caliper_assessment_item question on question.id = relation.source_id
join caliper_assessment test on test.id = relation.destination_id;
