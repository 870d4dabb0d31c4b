-- flight 1
select v0.id as "id", v0.label as "label"
from "analytics_production".grades v0
order by v0.order_number, v0.id
limit $1::int;
