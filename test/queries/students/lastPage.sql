-- flight 1
select v0.id as "id", v0."name" as "name"
from "analytics_production".students v0
order by v0."name" collate "und-x-icu" desc, v0.id desc
limit $1::int;
