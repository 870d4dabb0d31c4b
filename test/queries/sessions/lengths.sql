-- flight 1
select count(*) as "count", count(case when scale(v0.duration_sec) is not null then v0.duration_sec end) as "duration_sec count", avg(case when scale(v0.duration_sec) is not null then v0.duration_sec end)::float8 as "duration_sec avg", sqrt(var_samp(case when scale(v0.duration_sec) is not null then v0.duration_sec end)::float8) as "duration_sec stddev", percentile_cont($2::float8) within group (order by case when scale(v0.duration_sec) is not null then v0.duration_sec end::float8) as "duration_sec percentile", max(case when scale(v0.duration_sec) is not null then v0.duration_sec end)::float8 as "duration_sec max", percentile_cont($3::float8) within group (order by case when scale(v0.duration_sec) is not null then v0.duration_sec end::float8) as "duration_sec percentile", min(case when v0.start_time between '0001-01-01' and '9999-12-31 23:59:59.999999' then v0.start_time end) as "start_time min", max(case when v0.start_time between '0001-01-01' and '9999-12-31 23:59:59.999999' then v0.start_time end) as "start_time max", count(distinct v0.student_id) as "student_id countDistinct", avg(v0.is_proctored::int)::float8 as "is_proctored shareTrue"
from "analytics_production".sessions v0
where v0."date" >= $1::date;

-- flight 1
select count(*) filter (where v0.is_correct) as "is_correct countTrue", count(*) filter (where not v0.is_correct) as "is_correct countFalse", avg(v0.is_correct::int)::float8 as "is_correct shareTrue"
from "analytics_production".attempts v0
where v0."date" >= $1::date;
