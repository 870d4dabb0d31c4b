-- flight 1
select v0.id as "id", v0.title as "title"
from "analytics_production".questions v0
where ((exists (select from "analytics_production".attempts v1 where v1.resource_id = v0.id
  and v1.is_correct = $1::bool offset 0)) is not true and exists (select from "analytics_production".attempts v2 where v2.resource_id = v0.id
  and v2.is_correct = $2::bool offset 0))
order by v0.title collate "und-x-icu", v0.id
limit $3::int;

-- flight 1
select count(*) as "count"
from "analytics_production".questions v0
where ((exists (select from "analytics_production".attempts v1 where v1.resource_id = v0.id
  and v1.is_correct = $1::bool offset 0)) is not true and exists (select from "analytics_production".attempts v2 where v2.resource_id = v0.id
  and v2.is_correct = $2::bool offset 0));

-- flight 2
select k.n, p.*
from unnest($1::text[]) with ordinality as k (key, n)
cross join lateral (
select count(*) as "count"
from "analytics_production".attempts v0
where v0.resource_id = k.key
) p;
