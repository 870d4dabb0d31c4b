-- flight 1
select * from (
(select v0.id as "id", v0.student_id as "studentId", v0.learning_app_id as "learningAppId"
from "analytics_production".sessions v0
where v0.student_id is null
  and v0.start_time is not null
order by v0.start_time desc, v0.id
limit $1::int)
union all
(select v0.id as "id", v0.student_id as "studentId", v0.learning_app_id as "learningAppId"
from "analytics_production".sessions v0
where v0.student_id is null
  and v0.start_time is null
order by v0.id
limit $2::int)
) arms
limit $3::int;

-- flight 1
select count(*) as "count"
from "analytics_production".sessions v0
where v0.student_id is null;

-- flight 2
select v0.id as "id", v0.org_ids as "orgIds"
from "analytics_production".sessions v0
where v0.id = $1::text;
