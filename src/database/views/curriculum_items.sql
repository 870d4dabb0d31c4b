create view curriculum_items as
select
  item.identifier as curriculum_item_id,
  item.full_statement as curriculum_item_title,
  item.human_coding_scheme as curriculum_item_code,
  item.item_type as curriculum_item_type
from cf_item item;
