-- flight 1
select v0.id as "id", v0."name" as "name"
from "analytics_production".students v0
where starts_with(lower(v0."name" collate "und-x-icu"), lower($1::text collate "und-x-icu"))
order by v0."name" collate "und-x-icu", v0.id
limit $2::int;

-- flight 1
select count(*) as "count"
from "analytics_production".students v0
where starts_with(lower(v0."name" collate "und-x-icu"), lower($1::text collate "und-x-icu"));
