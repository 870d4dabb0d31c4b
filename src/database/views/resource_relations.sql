-- Both ends are kept as recorded, also where no resource answers to them.
create view resource_relations as
select
  relation.source_id as source_resource_id,
  relation.destination_id as destination_resource_id,
  relation.relationship_type,
  relation.item_order
from caliper_resource_relation relation
where not exists (
  select
  from caliper_resource_relation twin
  where twin.source_id = relation.source_id
    and twin.destination_id = relation.destination_id
    and twin.relationship_type = relation.relationship_type
    and twin.item_order is not distinct from relation.item_order
    and twin.id < relation.id
);
