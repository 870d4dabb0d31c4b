-- flight 1
select count(*)
from (
with counted as materialized (
select case when v0.start_time between '0002-01-02' and '9998-12-30' then date_trunc('week', (v0.start_time at time zone $4::text))::date end as g0
from "analytics_production".sessions v0
where ((v0.start_time >= $1::timestamptz and v0.start_time < $2::timestamptz) and exists (select from "analytics_production".students v1 where v1.id = v0.student_id
  and exists (select from "analytics_production".student_schools v2 where v2.student_id = v1.id
  and v2.school_id = $3::uuid offset 0) offset 0))
group by 1
), filled as (
select distinct on (g0) *
from (
select g0, true as has_rows
from counted
union all
select b.key, false
from unnest($5::date[]) as b (key)
) u
order by g0, has_rows desc
)
select g0
from filled
) g;

-- flight 1
select g.g0, g.m0, g.m1, g.m2, g.m3
from (
with counted as materialized (
select case when v0.start_time between '0002-01-02' and '9998-12-30' then date_trunc('week', (v0.start_time at time zone $4::text))::date end as g0, count(*) as m0, coalesce(sum(case when scale(v0.duration_sec) is not null then v0.duration_sec end), 0)::float8 as m1, avg(case when scale(v0.duration_sec) is not null then v0.duration_sec end)::float8 as m2, count(distinct v0.student_id) as m3
from "analytics_production".sessions v0
where ((v0.start_time >= $1::timestamptz and v0.start_time < $2::timestamptz) and exists (select from "analytics_production".students v1 where v1.id = v0.student_id
  and exists (select from "analytics_production".student_schools v2 where v2.student_id = v1.id
  and v2.school_id = $3::uuid offset 0) offset 0))
group by 1
), filled as (
select distinct on (g0) *
from (
select g0, m0, m1, m2, m3, true as has_rows
from counted
union all
select b.key, 0::int8, 0::float8, 0::float8, 0::int8, false
from unnest($5::date[]) as b (key)
) u
order by g0, has_rows desc
)
select g0, m0, m1, m2, m3
from filled
) g
order by g.g0
limit $6::int;
