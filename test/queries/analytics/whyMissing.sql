-- flight 1
select (select count(*) from "analytics_production".sessions v0 where true), count(s.student_id), count(*) filter (where exists (select from "analytics_production".students v1 where v1.id = s.student_id offset 0)), count(s.learning_app_id), count(*) filter (where exists (select from "analytics_production".learning_apps v2 where v2.id = (case when s.learning_app_id::text ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then s.learning_app_id::text::uuid end) offset 0))
from (
select * from (
(select v3.student_id, v3.learning_app_id
from "analytics_production".sessions v3
where v3.start_time is not null
order by v3.start_time desc, v3.id
limit $1::int)
union all
(select v3.student_id, v3.learning_app_id
from "analytics_production".sessions v3
where v3.start_time is null
order by v3.id
limit $2::int)
) arms
limit $3::int
) s;

-- flight 1
select (select count(*) from "analytics_production".students_xp v0 where true), count(s.student_id), count(*) filter (where exists (select from "analytics_production".students v1 where v1.id = s.student_id offset 0)), count(s.learning_app_id), count(*) filter (where exists (select from "analytics_production".learning_apps v2 where v2.id = s.learning_app_id offset 0)), count(s.session_id), count(*) filter (where exists (select from "analytics_production".sessions v3 where v3.id = s.session_id offset 0))
from (
select * from (
(select v4.student_id, v4.learning_app_id, v4.session_id
from "analytics_production".students_xp v4
where v4."date" is not null
order by v4."date" desc, v4.student_id, v4.learning_app_id, v4.session_id nulls last, v4.total_value
limit $1::int)
union all
(select v4.student_id, v4.learning_app_id, v4.session_id
from "analytics_production".students_xp v4
where v4."date" is null
order by v4.student_id, v4.learning_app_id, v4.session_id nulls last, v4.total_value
limit $2::int)
) arms
limit $3::int
) s;

-- flight 1
select (select count(*) from "analytics_production".student_journals v0 where true), count(s.student_id), count(*) filter (where exists (select from "analytics_production".students v1 where v1.id = s.student_id offset 0)), count(s.session_id), count(*) filter (where exists (select from "analytics_production".sessions v2 where v2.id = s.session_id offset 0)), count(s.learning_app_id), count(*) filter (where exists (select from "analytics_production".learning_apps v3 where v3.id = s.learning_app_id offset 0))
from (
select v4.student_id, v4.session_id, v4.learning_app_id
from "analytics_production".student_journals v4
order by v4."timestamp" desc, v4.id
limit $1::int
) s;

-- flight 1
select (select count(*) from "analytics_production".attempts v0 where true), count(s.student_id), count(*) filter (where exists (select from "analytics_production".students v1 where v1.id = s.student_id offset 0)), count(s.resource_id), count(*) filter (where (exists (select from "analytics_production".questions v2 where v2.id = s.resource_id offset 0) or exists (select from "analytics_production".tests v3 where v3.id = s.resource_id offset 0) or exists (select from "analytics_production".lessons v4 where v4.id = s.resource_id offset 0) or exists (select from "analytics_production".units v5 where v5.id = s.resource_id offset 0) or exists (select from "analytics_production".courses v6 where v6.id = s.resource_id offset 0) or exists (select from "analytics_production".curriculum_items v7 where v7.curriculum_item_id = (case when s.resource_id::text ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then s.resource_id::text::uuid end) offset 0))), count(s.session_id), count(*) filter (where exists (select from "analytics_production".sessions v8 where v8.id = s.session_id offset 0))
from (
select * from (
(select v9.student_id, v9.resource_id, v9.session_id
from "analytics_production".attempts v9
where v9.start_time is not null
order by v9.start_time desc, v9.student_id, v9.resource_id, v9.session_id nulls last, v9."date" nulls last, v9.end_time nulls last, v9.duration_sec nulls last, v9.is_correct nulls last
limit $1::int)
union all
(select v9.student_id, v9.resource_id, v9.session_id
from "analytics_production".attempts v9
where v9.start_time is null
order by v9.student_id, v9.resource_id, v9.session_id nulls last, v9."date" nulls last, v9.end_time nulls last, v9.duration_sec nulls last, v9.is_correct nulls last
limit $2::int)
) arms
limit $3::int
) s;
