create view questions as
select
  question.id,
  named.title,
  question.media_type as type
from caliper_assessment_item question
left join resource_titles named on named.id = question.id;
