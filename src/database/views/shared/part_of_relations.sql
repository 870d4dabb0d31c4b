-- Which resource lies directly inside which: one row a pair, however often the pair was placed.
-- A later twin is looked up instead of a `distinct`: the pairs of one resource are then found by index from either end,
-- also inside a join, where a `distinct` would first have to collect every pair there is.
create view part_of_relations as
select
  relation.source_id,
  relation.destination_id
from caliper_resource_relation relation
where relation.relationship_type = 'isPartOf'
  and not exists (
    select
    from caliper_resource_relation twin
    where twin.source_id = relation.source_id
      and twin.destination_id = relation.destination_id
      and twin.relationship_type = 'isPartOf'
      and twin.id < relation.id
  );
