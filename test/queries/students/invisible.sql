-- flight 1
select v0.id as "id", v0."name" as "name"
from "analytics_production".students v0
where v0.id = $1::uuid;
