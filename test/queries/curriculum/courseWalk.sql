-- flight 1
select v0.id as "id", v0.subject_id as "subjectId", v0.title as "title"
from "analytics_production".courses v0
order by v0.title collate "und-x-icu", v0.id
limit $1::int;

-- flight 2
select v0.id as "id", v0.title as "title"
from "analytics_production".subjects v0
where v0.id = $1::text;

-- flight 2
select k.n, p.*
from unnest($1::text[]) with ordinality as k (key, n)
cross join lateral (
select v0.id as "id", v0.title as "title"
from (select distinct v1.unit_id as key from "analytics_production".unit_courses v1 where v1.course_id = k.key) b
  cross join lateral (select v0.* from "analytics_production".units v0 where v0.id = b.key offset 0) v0
order by v0.title collate "und-x-icu", v0.id
limit $2::int
) p;

-- flight 3
select k.n, p.*
from unnest($1::text[]) with ordinality as k (key, n)
cross join lateral (
select v0.id as "id", v0.title as "title"
from (select distinct v1.test_id as key from "analytics_production".test_parents v1 where v1.parent_id = k.key) b
  cross join lateral (select v0.* from "analytics_production".tests v0 where v0.id = b.key offset 0) v0
order by v0.title collate "und-x-icu", v0.id
limit $2::int
) p;

-- flight 4
select k.n, p.*
from unnest($1::text[]) with ordinality as k (key, n)
cross join lateral (
select v0.id as "id", v0.title as "title", v0."type" as "type"
from (select distinct v1.question_id as key from "analytics_production".question_tests v1 where v1.test_id = k.key) b
  cross join lateral (select v0.* from "analytics_production".questions v0 where v0.id = b.key offset 0) v0
order by v0.title collate "und-x-icu", v0.id
limit $2::int
) p;
