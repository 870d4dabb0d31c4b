-- flight 1
select g.g0, g.m0, g.m1
from (
select v5.c0 as g0, count(*) as m0, coalesce(sum(case when scale(v0.waste_duration_sec) is not null then v0.waste_duration_sec end), 0)::float8 as m1
from "analytics_production".waste_insights v0
  left join lateral (select v4.student_id as c0 from "analytics_production".sessions v4 where v4.id = v0.session_id limit 1) v5 on true
where (exists (select from "analytics_production".sessions v1 where v1.id = v0.session_id
  and exists (select from "analytics_production".students v2 where v2.id = v1.student_id
  and exists (select from "analytics_production".student_guides v3 where v3.student_id = v2.id
  and v3.guide_id = $1::uuid offset 0) offset 0) offset 0) and (v0.started_at_time >= $2::timestamptz and v0.started_at_time < $3::timestamptz))
group by 1
) g
order by g.m1 desc nulls last, g.g0::text collate "C"
limit $4::int;

-- flight 1
with shown as materialized (
select array[(g.g0)::text] as key
from (
select v5.c0 as g0, coalesce(sum(case when scale(v0.waste_duration_sec) is not null then v0.waste_duration_sec end), 0)::float8 as m0
from "analytics_production".waste_insights v0
  left join lateral (select v4.student_id as c0 from "analytics_production".sessions v4 where v4.id = v0.session_id limit 1) v5 on true
where (exists (select from "analytics_production".sessions v1 where v1.id = v0.session_id
  and exists (select from "analytics_production".students v2 where v2.id = v1.student_id
  and exists (select from "analytics_production".student_guides v3 where v3.student_id = v2.id
  and v3.guide_id = $1::uuid offset 0) offset 0) offset 0) and (v0.started_at_time >= $2::timestamptz and v0.started_at_time < $3::timestamptz))
group by 1
) g
order by g.m0 desc nulls last, g.g0::text collate "C"
limit $4::int
)
select count(*) as "count", coalesce(sum(case when scale(v6.waste_duration_sec) is not null then v6.waste_duration_sec end), 0)::float8 as "waste_duration_sec sum"
from "analytics_production".waste_insights v6
  left join lateral (select v10.student_id as c0 from "analytics_production".sessions v10 where v10.id = v6.session_id limit 1) v11 on true
where (exists (select from "analytics_production".sessions v7 where v7.id = v6.session_id
  and exists (select from "analytics_production".students v8 where v8.id = v7.student_id
  and exists (select from "analytics_production".student_guides v9 where v9.student_id = v8.id
  and v9.guide_id = $5::uuid offset 0) offset 0) offset 0) and (v6.started_at_time >= $6::timestamptz and v6.started_at_time < $7::timestamptz))
  and array[(v11.c0)::text] not in (select key from shown);

-- flight 1
select g.g0, g.m0
from (
select v0.waste_type as g0, coalesce(sum(case when scale(v0.waste_duration_sec) is not null then v0.waste_duration_sec end), 0)::float8 as m0
from "analytics_production".waste_insights v0
where (exists (select from "analytics_production".sessions v1 where v1.id = v0.session_id
  and exists (select from "analytics_production".students v2 where v2.id = v1.student_id
  and exists (select from "analytics_production".student_guides v3 where v3.student_id = v2.id
  and v3.guide_id = $1::uuid offset 0) offset 0) offset 0) and (v0.started_at_time >= $2::timestamptz and v0.started_at_time < $3::timestamptz))
group by 1
) g
order by g.m0 desc nulls last, g.g0::text collate "C"
limit $4::int;

-- flight 1
with shown as materialized (
select array[(g.g0)::text] as key
from (
select v0.waste_type as g0, coalesce(sum(case when scale(v0.waste_duration_sec) is not null then v0.waste_duration_sec end), 0)::float8 as m0
from "analytics_production".waste_insights v0
where (exists (select from "analytics_production".sessions v1 where v1.id = v0.session_id
  and exists (select from "analytics_production".students v2 where v2.id = v1.student_id
  and exists (select from "analytics_production".student_guides v3 where v3.student_id = v2.id
  and v3.guide_id = $1::uuid offset 0) offset 0) offset 0) and (v0.started_at_time >= $2::timestamptz and v0.started_at_time < $3::timestamptz))
group by 1
) g
order by g.m0 desc nulls last, g.g0::text collate "C"
limit $4::int
)
select count(*) as "count", coalesce(sum(case when scale(v4.waste_duration_sec) is not null then v4.waste_duration_sec end), 0)::float8 as "waste_duration_sec sum"
from "analytics_production".waste_insights v4
where (exists (select from "analytics_production".sessions v5 where v5.id = v4.session_id
  and exists (select from "analytics_production".students v6 where v6.id = v5.student_id
  and exists (select from "analytics_production".student_guides v7 where v7.student_id = v6.id
  and v7.guide_id = $5::uuid offset 0) offset 0) offset 0) and (v4.started_at_time >= $6::timestamptz and v4.started_at_time < $7::timestamptz))
  and array[(v4.waste_type)::text] not in (select key from shown);

-- flight 2
select v0.id as "id", v0."name" as "name"
from "analytics_production".students v0
where v0.id = any($1::uuid[]);
