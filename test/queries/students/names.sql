-- flight 1
select v0.id as "id", v0."name" as "name", v0.email as "email"
from "analytics_production".students v0
order by v0."name" collate "und-x-icu", v0.id
limit $1::int;
