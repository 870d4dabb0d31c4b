-- flight 1
select v0.id as "id", v0.title as "title", v0."date" as "date", v0.delivered_at as "deliveredAt"
from "analytics_production".recommendations v0
where v0.delivered_at is null
order by v0.generated_at desc, v0.id
limit $1::int;

-- flight 1
select count(*) as "count"
from "analytics_production".recommendations v0
where v0.delivered_at is null;
