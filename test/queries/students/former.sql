-- flight 1
select v0.id as "id", v0."name" as "name", v0.org_ids as "orgIds"
from "analytics_production".students v0
where v0.id = $1::uuid;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select count(*) as "count"
from "analytics_production".sessions v0
where v0.student_id = k.key
) p;
