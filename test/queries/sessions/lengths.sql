-- flight 1
select count(*) as "count", count(v0.duration_sec) as "duration_sec count", avg(v0.duration_sec)::float8 as "duration_sec avg", sqrt(var_samp(v0.duration_sec)::float8) as "duration_sec stddev", percentile_cont($2::float8) within group (order by v0.duration_sec::float8) as "duration_sec percentile", max(v0.duration_sec)::float8 as "duration_sec max", percentile_cont($3::float8) within group (order by v0.duration_sec::float8) as "duration_sec percentile", min(v0.start_time) as "start_time min", max(v0.start_time) as "start_time max", count(distinct v0.student_id) as "student_id countDistinct", avg(v0.is_proctored::int)::float8 as "is_proctored shareTrue"
from "analytics_production".sessions v0
where v0."date" >= $1::date;

-- flight 1
select count(*) filter (where v0.is_correct) as "is_correct countTrue", count(*) filter (where not v0.is_correct) as "is_correct countFalse", avg(v0.is_correct::int)::float8 as "is_correct shareTrue"
from "analytics_production".attempts v0
where v0."date" >= $1::date;
