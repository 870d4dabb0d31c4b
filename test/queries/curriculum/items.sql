-- flight 1
select * from (
(select v0.curriculum_item_id as "curriculumItemId", v0.curriculum_item_title as "curriculumItemTitle"
from "analytics_production".curriculum_items v0
where exists (select from "analytics_production".students_mastery v1 where v1.curriculum_item_id = v0.curriculum_item_id
  and v1.mastery_percentage >= $1::numeric offset 0)
  and v0.curriculum_item_code is not null
order by v0.curriculum_item_code collate "und-x-icu", v0.curriculum_item_id
limit $2::int)
union all
(select v0.curriculum_item_id as "curriculumItemId", v0.curriculum_item_title as "curriculumItemTitle"
from "analytics_production".curriculum_items v0
where exists (select from "analytics_production".students_mastery v1 where v1.curriculum_item_id = v0.curriculum_item_id
  and v1.mastery_percentage >= $1::numeric offset 0)
  and v0.curriculum_item_code is null
order by v0.curriculum_item_id
limit $3::int)
) arms
limit $4::int;

-- flight 2
select v0.id as "id", v0.title as "title"
from "analytics_production".case_courses v0
where v0.id = any($1::uuid[]);

-- flight 2
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select count(*) as "count"
from "analytics_production".students_mastery v0
where v0.curriculum_item_id = k.key
) p;
