-- flight 1
select v0.id as "id", v0.grade_identifier as "gradeIdentifier", v0.label as "label", v0.order_number as "orderNumber"
from "analytics_production".grades v0
order by v0.order_number, v0.id
limit $1::int;
