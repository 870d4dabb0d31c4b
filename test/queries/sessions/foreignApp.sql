-- flight 1
select * from (
(select v0.id as "id", v0.student_id as "studentId", v0.learning_app_id as "learningAppId"
from "analytics_production".sessions v0
where (v0.learning_app_id is not null and (exists (select from "analytics_production".learning_apps v1 where v1.id = (case when v0.learning_app_id::text ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then v0.learning_app_id::text::uuid end)
  and true offset 0)) is not true)
  and v0.start_time is not null
order by v0.start_time desc, v0.id
limit $1::int)
union all
(select v0.id as "id", v0.student_id as "studentId", v0.learning_app_id as "learningAppId"
from "analytics_production".sessions v0
where (v0.learning_app_id is not null and (exists (select from "analytics_production".learning_apps v1 where v1.id = (case when v0.learning_app_id::text ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then v0.learning_app_id::text::uuid end)
  and true offset 0)) is not true)
  and v0.start_time is null
order by v0.id
limit $2::int)
) arms
limit $3::int;
