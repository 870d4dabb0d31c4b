create view subjects as
select
  resource.id,
  named.title
from caliper_assignable_digital_resource resource
left join resource_titles named on named.id = resource.id
where resource.media_type = 'curriculum/subject';
