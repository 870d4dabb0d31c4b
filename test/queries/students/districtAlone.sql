-- flight 1
select count(*) as "count"
from "analytics_production".students v0;

-- flight 1
select count(*) as "count"
from "analytics_production".schools v0
where (false or false);

-- flight 1
select count(*) as "count"
from "analytics_production".class_enrollments v0
where exists (select from "analytics_production".students v1 where v1.id = v0.student_id offset 0);

-- flight 1
select count(*) as "count"
from "analytics_production".grades v0;
