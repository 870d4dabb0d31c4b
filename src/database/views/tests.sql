create view tests as
select
  test.id,
  named.title
from caliper_assessment test
left join resource_titles named on named.id = test.id;
