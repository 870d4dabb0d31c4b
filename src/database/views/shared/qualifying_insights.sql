-- The insights that may be shown: of a type meant for the outside, visible, and confirmed where the type asks for a review.
-- Pending and rejected ones of such a type are out; without a configuration a type asks for none, and a review changes nothing.
--
-- Type and review are looked up insight by insight: lists of the newest then stop where they have enough, which a join of the
-- four tables would not.
create view qualifying_insights as
select
  i.session_id as insights_session_id,
  (
    select t.slug
    from insights_type t
    where t.id = i.insight_type_id
  ) as slug,
  (
    select t.category
    from insights_type t
    where t.id = i.insight_type_id
  ) as category,
  (
    select t.is_waste
    from insights_type t
    where t.id = i.insight_type_id
  ) as is_waste,
  i.started_at_time,
  i.ended_at_time,
  i.reason
from insights_insight i
where i.is_visible
  and i.insight_type_id = (
    select t.id
    from insights_type t
    where t.id = i.insight_type_id
      and t.visibility = 'external'
      and (
        not exists (
          select
          from insights_config c
          where c.insight_type_id = t.id
            and c.requires_review
        )
        or (
          select r.result
          from insights_review r
          where r.insight_id = i.id
        ) = 'TruePositive'
      )
  );
