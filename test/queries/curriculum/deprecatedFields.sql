-- flight 1
select v0.id as "id"
from "analytics_production".questions v0
order by v0.title collate "und-x-icu", v0.id
limit $1::int;

-- flight 1
select v0.id as "id"
from "analytics_production".tests v0
order by v0.title collate "und-x-icu", v0.id
limit $1::int;

-- flight 1
select v0.id as "id"
from "analytics_production".units v0
order by v0.title collate "und-x-icu", v0.id
limit $1::int;

-- flight 2
select k.n, p.*
from unnest($1::text[]) with ordinality as k (key, n)
cross join lateral (
select v0.question_id as "questionId", v0.test_id as "testId"
from "analytics_production".question_tests v0
where v0.question_id = k.key
order by v0.test_id, v0.question_id
limit $2::int
) p;

-- flight 2
select k.n, p.*
from unnest($1::text[]) with ordinality as k (key, n)
cross join lateral (
select v0.test_id as "testId", v0.parent_id as "parentId"
from "analytics_production".test_parents v0
where v0.test_id = k.key
  and exists (select from "analytics_production".lessons v1 where v1.id = v0.parent_id
  and true offset 0)
order by v0.test_id, v0.parent_id
limit $2::int
) p;

-- flight 2
select k.n, p.*
from unnest($1::text[]) with ordinality as k (key, n)
cross join lateral (
select v0.unit_id as "unitId", v0.course_id as "courseId"
from "analytics_production".unit_courses v0
where v0.unit_id = k.key
order by v0.course_id, v0.unit_id
limit $2::int
) p;

-- flight 3
select k.n, p.*
from unnest($1::text[]) with ordinality as k (key, n)
cross join lateral (
select v0.test_id as "testId", v0.parent_id as "parentId"
from "analytics_production".test_parents v0
where v0.test_id = k.key
  and exists (select from "analytics_production".lessons v1 where v1.id = v0.parent_id
  and true offset 0)
order by v0.test_id, v0.parent_id
limit $2::int
) p;
