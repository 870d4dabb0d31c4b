-- flight 1
select v0.id as "id", v0.title as "title"
from "analytics_production".lessons v0
where exists (select from "analytics_production".test_parents v2 where v2.parent_id = v0.id
  and exists (select from "analytics_production".tests v1 where v1.id = v2.test_id
  and true offset 0) offset 0)
order by v0.title collate "und-x-icu", v0.id
limit $1::int;

-- flight 2
select k.n, p.*
from unnest($1::text[]) with ordinality as k (key, n)
cross join lateral (
select v0.id as "id", v0.title as "title"
from (select distinct v1.test_id as key from "analytics_production".test_parents v1 where v1.parent_id = k.key) b
  cross join lateral (select v0.* from "analytics_production".tests v0 where v0.id = b.key offset 0) v0
order by v0.title collate "und-x-icu", v0.id
limit $2::int
) p;

-- flight 2
select k.n, p.*
from unnest($1::text[]) with ordinality as k (key, n)
cross join lateral (
select count(*) as "count"
from "analytics_production".attempts v0
where v0.resource_id = k.key
) p;
