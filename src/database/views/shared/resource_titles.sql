-- The title that a resource is shown under. A blank name names nothing, so it falls through like a missing one; a name
-- that is shown is shown as it was written.
create view resource_titles as
select
  entity.id,
  case
    when entity.name ~ '\S' then entity.name
    when entity.description ~ '\S' then entity.description
    else 'N/A'
  end as title
from caliper_entity entity;
