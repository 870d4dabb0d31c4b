-- flight 1
select * from (
(select v0.student_id as "studentId", v0.resource_id as "resourceId", v0.session_id as "sessionId", v0.is_correct as "isCorrect"
from "analytics_production".attempts v0
where (v0.is_correct = $1::bool and exists (select from "analytics_production".questions v1 where v1.id = v0.resource_id
  and exists (select from "analytics_production".question_tests v3 where v3.question_id = v1.id
  and exists (select from "analytics_production".tests v2 where v2.id = v3.test_id
  and true offset 0) offset 0) offset 0))
  and v0.start_time is not null
order by v0.start_time desc, v0.student_id, v0.resource_id, v0.session_id nulls last, v0."date" nulls last, v0.end_time nulls last, v0.duration_sec nulls last, v0.is_correct nulls last
limit $2::int)
union all
(select v0.student_id as "studentId", v0.resource_id as "resourceId", v0.session_id as "sessionId", v0.is_correct as "isCorrect"
from "analytics_production".attempts v0
where (v0.is_correct = $1::bool and exists (select from "analytics_production".questions v1 where v1.id = v0.resource_id
  and exists (select from "analytics_production".question_tests v3 where v3.question_id = v1.id
  and exists (select from "analytics_production".tests v2 where v2.id = v3.test_id
  and true offset 0) offset 0) offset 0))
  and v0.start_time is null
order by v0.student_id, v0.resource_id, v0.session_id nulls last, v0."date" nulls last, v0.end_time nulls last, v0.duration_sec nulls last, v0.is_correct nulls last
limit $3::int)
) arms
limit $4::int;

-- flight 2
select v0.id as "id", v0.title as "title"
from "analytics_production".questions v0
where v0.id = any($1::text[]);

-- flight 2
select v0.id as "id", v0.title as "title"
from "analytics_production".tests v0
where v0.id = any($1::text[]);

-- flight 2
select v0.id as "id"
from "analytics_production".lessons v0
where v0.id = any($1::text[]);

-- flight 2
select v0.id as "id"
from "analytics_production".units v0
where v0.id = any($1::text[]);

-- flight 2
select v0.id as "id"
from "analytics_production".courses v0
where v0.id = any($1::text[]);

-- flight 2
select v0.curriculum_item_id as "curriculumItemId"
from "analytics_production".curriculum_items v0
where v0.curriculum_item_id = $1::uuid;

-- flight 3
select k.n, p.*
from unnest($1::text[]) with ordinality as k (key, n)
cross join lateral (
select v0.id as "id", v0.title as "title"
from (select distinct v1.test_id as key from "analytics_production".question_tests v1 where v1.question_id = k.key) b
  cross join lateral (select v0.* from "analytics_production".tests v0 where v0.id = b.key offset 0) v0
order by v0.title collate "und-x-icu", v0.id
limit $2::int
) p;
