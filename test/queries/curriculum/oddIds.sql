-- flight 1
select count(*) as "count"
from "analytics_production".tests v0
where v0.id = any($1::text[]);

-- flight 1
select v0.id as "id"
from "analytics_production".questions v0
order by v0.id desc
limit $1::int;

-- flight 2
select k.n, p.*
from unnest($1::text[]) with ordinality as k (key, n)
cross join lateral (
select v0.id as "id"
from (select distinct v1.test_id as key from "analytics_production".question_tests v1 where v1.question_id = k.key) b
  cross join lateral (select v0.* from "analytics_production".tests v0 where v0.id = b.key offset 0) v0
order by v0.title collate "und-x-icu", v0.id
limit $2::int
) p;
