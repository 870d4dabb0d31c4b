-- flight 1
select v0.id as "id", v0.title as "title"
from "analytics_production".lessons v0
where v0.title = $1::text
order by v0.title collate "und-x-icu", v0.id
limit $2::int;

-- flight 1
select count(*) as "count"
from "analytics_production".lessons v0
where v0.title = $1::text;
