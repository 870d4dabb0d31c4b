-- flight 1
select v0.id as "id", v0."name" as "name", v0.email as "email"
from "analytics_production".guides v0
where v0.email is null
order by v0."name" collate "und-x-icu", v0.id
limit $1::int;

-- flight 2
select v0.id as "id", v0.org_ids as "orgIds"
from "analytics_production".guides v0
where v0.id = $1::uuid;
