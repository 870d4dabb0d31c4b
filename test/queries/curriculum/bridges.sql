-- flight 1
select v0.question_id as "questionId", v0.test_id as "testId"
from "analytics_production".question_tests v0
order by v0.test_id, v0.question_id
limit $1::int;

-- flight 1
select v0.test_id as "testId", v0.parent_id as "parentId", v0.parent_type as "parentType"
from "analytics_production".test_parents v0
order by v0.test_id, v0.parent_id
limit $1::int;

-- flight 1
select v0.unit_id as "unitId", v0.course_id as "courseId"
from "analytics_production".unit_courses v0
order by v0.course_id, v0.unit_id
limit $1::int;

-- flight 2
select v0.id as "id", v0.title as "title"
from "analytics_production".questions v0
where v0.id = any($1::text[]);

-- flight 2
select v0.id as "id", v0.title as "title"
from "analytics_production".tests v0
where v0.id = any($1::text[]);

-- flight 2
select v0.id as "id", v0.title as "title"
from "analytics_production".lessons v0
where v0.id = any($1::text[]);

-- flight 2
select v0.id as "id", v0.title as "title"
from "analytics_production".units v0
where v0.id = any($1::text[]);

-- flight 2
select v0.id as "id", v0.title as "title"
from "analytics_production".courses v0
where v0.id = any($1::text[]);

-- flight 2
select v0.curriculum_item_id as "curriculumItemId", v0.curriculum_item_title as "curriculumItemTitle"
from "analytics_production".curriculum_items v0
where v0.curriculum_item_id = any($1::uuid[]);

-- flight 2
select v0.id as "id", v0.title as "title"
from "analytics_production".units v0
where v0.id = any($1::text[]);

-- flight 2
select v0.id as "id", v0.title as "title"
from "analytics_production".courses v0
where v0.id = $1::text;
