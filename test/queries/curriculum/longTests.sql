-- flight 1
select count(*) as "count"
from "analytics_production".tests v0
where exists (select from (select distinct v2.question_id as key from "analytics_production".question_tests v2 where v2.test_id = v0.id) b
  cross join lateral (select v1.* from "analytics_production".questions v1 where v1.id = b.key offset 0) v1 where true having count(*) >= $1::int8 offset 0);

-- flight 1
select v0.id as "id", v0.title as "title"
from "analytics_production".tests v0
  left join lateral (select count(*) as key from (select distinct v4.question_id as key from "analytics_production".question_tests v4 where v4.test_id = v0.id) b
  cross join lateral (select v3.* from "analytics_production".questions v3 where v3.id = b.key offset 0) v3 where true) v5 on true
where exists (select from (select distinct v2.question_id as key from "analytics_production".question_tests v2 where v2.test_id = v0.id) b
  cross join lateral (select v1.* from "analytics_production".questions v1 where v1.id = b.key offset 0) v1 where true having count(*) >= $1::int8 offset 0)
order by v5.key desc, v0.title collate "und-x-icu", v0.id
limit $2::int;

-- flight 2
select k.n, p.*
from unnest($1::text[]) with ordinality as k (key, n)
cross join lateral (
select count(*) as "count"
from (select distinct v1.question_id as key from "analytics_production".question_tests v1 where v1.test_id = k.key) b
  cross join lateral (select v0.* from "analytics_production".questions v0 where v0.id = b.key offset 0) v0
) p;
