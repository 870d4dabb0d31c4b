-- The insights that may be shown: of a type meant for the outside, visible, and confirmed where the type asks for a review.
-- Pending and rejected ones of such a type are out; without a configuration a type asks for none, and a review changes nothing.
--
-- The types are hashed once a statement (`is true` keeps it at that: a join or an index on the type would take a list off its
-- order), and a review is looked up insight by insight: lists of the newest stop where they have enough.
create view qualifying_insights as
select
  i.session_id as insights_session_id,
  i.insight_type_id,
  (
    select t.slug
    from insights_type t
    where t.id = i.insight_type_id
  ) as slug,
  (
    i.insight_type_id in (
      select t.id
      from insights_type t
      where t.is_waste
    )
  ) is true as is_waste,
  i.started_at_time,
  i.ended_at_time,
  i.reason
from insights_insight i
where i.is_visible
  and (
    i.insight_type_id in (
      select t.id
      from insights_type t
      where t.visibility = 'external'
    )
  ) is true
  and (
    i.insight_type_id not in (
      select c.insight_type_id
      from insights_config c
      where c.requires_review
    )
    or (
      select r.result
      from insights_review r
      where r.insight_id = i.id
    ) = 'TruePositive'
  );
