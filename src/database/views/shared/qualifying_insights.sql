-- The insights that may be shown: of a type meant for the outside, visible, and confirmed where the type asks for a review.
-- Pending and rejected ones of such a type are out; without a configuration a type asks for none, and a review changes nothing.
create view qualifying_insights as
select
  insight.session_id as insights_session_id,
  kind.slug,
  kind.category,
  kind.is_waste,
  insight.started_at_time,
  insight.ended_at_time,
  insight.reason
from insights_insight insight
join insights_type kind on kind.id = insight.insight_type_id
left join insights_config config on config.insight_type_id = kind.id
left join insights_review review on review.insight_id = insight.id
where kind.visibility = 'external'
  and insight.is_visible
  and (config.requires_review is not true or review.result = 'TruePositive');
