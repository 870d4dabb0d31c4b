-- flight 1
select v0.id as "id", v0."name" as "name"
from "analytics_production".students v0
where v0.id = $1::uuid;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select * from (
(select v0.id as "id", v0.student_id as "studentId", v0.learning_app_id as "learningAppId", v0.start_time as "startTime", v0.end_time as "endTime"
from "analytics_production".sessions v0
where v0.student_id = k.key
  and (v0.start_time >= $2::timestamptz and v0.start_time < $3::timestamptz)
  and v0.start_time is not null
order by v0.start_time, v0.id
limit $4::int)
union all
(select v0.id as "id", v0.student_id as "studentId", v0.learning_app_id as "learningAppId", v0.start_time as "startTime", v0.end_time as "endTime"
from "analytics_production".sessions v0
where v0.student_id = k.key
  and (v0.start_time >= $2::timestamptz and v0.start_time < $3::timestamptz)
  and v0.start_time is null
order by v0.id
limit $5::int)
) arms
limit $6::int
) p;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select g.g0, g.m0
from (
select case when v0.start_time between '0002-01-02' and '9998-12-30' then v0.start_time - ((v0.start_time at time zone $4::text) - date_trunc('hour', (v0.start_time at time zone $4::text))) end as g0, count(*) as m0
from "analytics_production".sessions v0
where v0.student_id = k.key
  and (v0.start_time >= $2::timestamptz and v0.start_time < $3::timestamptz)
group by 1
) g
order by g.g0
limit $5::int
) p;

-- flight 2
select v0.id as "id", v0."name" as "name"
from "analytics_production".learning_apps v0
where v0.id = $1::uuid;

-- flight 2
select k.n, p.*
from unnest($1::text[]) with ordinality as k (key, n)
cross join lateral (
select count(*) as "count", avg(v0.is_correct::int)::float8 as "is_correct shareTrue"
from "analytics_production".attempts v0
where v0.session_id = k.key
) p;

-- flight 2
select k.n, p.*
from unnest($1::text[]) with ordinality as k (key, n)
cross join lateral (
select coalesce(sum(case when scale(v0.total_value) is not null then v0.total_value end), 0)::float8 as "total_value sum"
from "analytics_production".students_xp v0
where v0.session_id = k.key
) p;

-- flight 2
select v0.session_id as "sessionId", v0.waste_duration_sec as "wasteDurationSec"
from "analytics_production".sessions_waste v0
where v0.session_id = $1::text;

-- flight 2
select k.n, p.*
from unnest($1::text[]) with ordinality as k (key, n)
cross join lateral (
select g.g0, g.m0
from (
select v0.waste_type as g0, coalesce(sum(case when scale(v0.waste_duration_sec) is not null then v0.waste_duration_sec end), 0)::float8 as m0, count(*) as m1
from "analytics_production".waste_insights v0
where v0.session_id = k.key
group by 1
) g
order by g.m1 desc, g.g0::text collate "C"
limit $2::int
) p;

-- flight 2
select k.n, p.*
from unnest($1::text[]) with ordinality as k (key, n)
cross join lateral (
select v0.id as "id", v0.journal_text as "journalText"
from "analytics_production".student_journals v0
where v0.session_id = k.key
order by v0."timestamp" desc, v0.id
limit $2::int
) p;
