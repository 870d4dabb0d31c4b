-- flight 1
select v0.id as "id", v0."name" as "name"
from "analytics_production".students v0
where (exists (select from "analytics_production".student_guides v1 where v1.student_id = v0.id
  and true offset 0)) is not true
order by v0."name" collate "und-x-icu", v0.id
limit $1::int;

-- flight 1
select count(*) as "count"
from "analytics_production".students v0
where (exists (select from "analytics_production".student_guides v1 where v1.student_id = v0.id
  and true offset 0)) is not true;
