-- flight 1
select v0.id as "id"
from "analytics_production".students v0
where v0.id = $1::uuid;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select v0.student_id as "studentId", v0.mastery_percentage as "masteryPercentage", v0.curriculum_item_id as "curriculumItemId", v0.mastery_timestamp as "masteryTimestamp", v0.learning_app_id as "learningAppId"
from "analytics_production".students_mastery v0
where v0.student_id = k.key
order by v0.mastery_percentage desc nulls last, v0.mastery_timestamp desc nulls last, v0.student_id, v0.curriculum_item_id nulls last, v0.learning_app_id nulls last
limit $2::int
) p;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select count(*) as "count"
from "analytics_production".students_mastery v0
where v0.student_id = k.key
) p;

-- flight 2
select v0.curriculum_item_id as "curriculumItemId", v0.curriculum_item_title as "curriculumItemTitle", v0.curriculum_item_code as "curriculumItemCode", v0.curriculum_item_type as "curriculumItemType"
from "analytics_production".curriculum_items v0
where v0.curriculum_item_id = any($1::uuid[]);

-- flight 2
select v0.id as "id", v0."name" as "name"
from "analytics_production".learning_apps v0
where v0.id = any($1::uuid[]);
