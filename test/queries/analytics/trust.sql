-- flight 1
select (select v0.start_time::timestamptz from "analytics_production".sessions v0 where v0.start_time <= $1::timestamptz order by v0.start_time desc limit 1), (select count(*) from "analytics_production".sessions v1 where true), count(s.student_id), count(*) filter (where exists (select from "analytics_production".students v2 where v2.id = s.student_id offset 0)), count(s.learning_app_id), count(*) filter (where exists (select from "analytics_production".learning_apps v3 where v3.id = (case when s.learning_app_id::text ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then s.learning_app_id::text::uuid end) offset 0))
from (
select * from (
(select v4.student_id, v4.learning_app_id
from "analytics_production".sessions v4
where v4.start_time is not null
order by v4.start_time desc, v4.id
limit $2::int)
union all
(select v4.student_id, v4.learning_app_id
from "analytics_production".sessions v4
where v4.start_time is null
order by v4.id
limit $3::int)
) arms
limit $4::int
) s;

-- flight 1
select (select v0.start_time::timestamptz from "analytics_production".attempts v0 where v0.start_time <= $1::timestamptz order by v0.start_time desc limit 1), (select count(*) from "analytics_production".attempts v1 where true), count(s.student_id), count(*) filter (where exists (select from "analytics_production".students v2 where v2.id = s.student_id offset 0)), count(s.resource_id), count(*) filter (where (exists (select from "analytics_production".questions v3 where v3.id = s.resource_id offset 0) or exists (select from "analytics_production".tests v4 where v4.id = s.resource_id offset 0) or exists (select from "analytics_production".lessons v5 where v5.id = s.resource_id offset 0) or exists (select from "analytics_production".units v6 where v6.id = s.resource_id offset 0) or exists (select from "analytics_production".courses v7 where v7.id = s.resource_id offset 0) or exists (select from "analytics_production".curriculum_items v8 where v8.curriculum_item_id = (case when s.resource_id::text ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then s.resource_id::text::uuid end) offset 0))), count(s.session_id), count(*) filter (where exists (select from "analytics_production".sessions v9 where v9.id = s.session_id offset 0))
from (
select * from (
(select v10.student_id, v10.resource_id, v10.session_id
from "analytics_production".attempts v10
where v10.start_time is not null
order by v10.start_time desc, v10.student_id, v10.resource_id, v10.session_id nulls last, v10."date" nulls last, v10.end_time nulls last, v10.duration_sec nulls last, v10.is_correct nulls last
limit $2::int)
union all
(select v10.student_id, v10.resource_id, v10.session_id
from "analytics_production".attempts v10
where v10.start_time is null
order by v10.student_id, v10.resource_id, v10.session_id nulls last, v10."date" nulls last, v10.end_time nulls last, v10.duration_sec nulls last, v10.is_correct nulls last
limit $3::int)
) arms
limit $4::int
) s;

-- flight 1
select (select v0.started_at_time::timestamptz from "analytics_production".waste_insights v0 where v0.started_at_time <= $1::timestamptz order by v0.started_at_time desc limit 1), (select count(*) from "analytics_production".waste_insights v1 where true), count(s.session_id), count(*) filter (where exists (select from "analytics_production".sessions v2 where v2.id = s.session_id offset 0))
from (
select v3.session_id
from "analytics_production".waste_insights v3
order by v3.started_at_time desc, v3.waste_duration_sec, v3.waste_type collate "und-x-icu", v3.session_id, v3.ended_at_time, md5(v3.description)
limit $2::int
) s;
