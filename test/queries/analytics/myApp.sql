-- flight 1
select v0.id as "id", v0."name" as "name"
from "analytics_production".learning_apps v0
where v0.id = $1::uuid;

-- flight 2
select m.n, width_bucket(v."date", $2::date[]), count(distinct v.student_id), sum(v.duration_sec)
from unnest($1::text[]) with ordinality as m (key, n)
cross join lateral (
select v.*
from "analytics_production".sessions v
where v.learning_app_id = m.key
  and (v.student_id in (select v0.id from "analytics_production".students v0)) is true
  and v."date" >= $3::date and v."date" < $4::date
offset 0
) v
group by 1, 2;

-- flight 2
select m.n, width_bucket(v."date", $2::date[]), sum(v.total_value)
from unnest($1::uuid[]) with ordinality as m (key, n)
cross join lateral (
select v.*
from "analytics_production".students_xp v
where v.learning_app_id = m.key
  and (v.student_id in (select v0.id from "analytics_production".students v0)) is true
  and v."date" >= $3::date and v."date" < $4::date
offset 0
) v
group by 1, 2;

-- flight 2
select k.n, p.*
from unnest($1::text[]) with ordinality as k (key, n)
cross join lateral (
select g.g0, g.m0, g.m1, g.m2
from (
with counted as materialized (
select case when v0."date" between '0002-01-01' and '9998-12-31' then date_trunc('week', v0."date"::timestamp)::date end as g0, count(*) as m0, coalesce(sum(v0.duration_sec), 0)::float8 as m1, count(distinct v0.student_id) as m2
from "analytics_production".sessions v0
where v0.learning_app_id = k.key
  and (v0."date" >= $2::date and v0."date" <= $3::date)
group by 1
), filled as (
select distinct on (g0) *
from (
select g0, m0, m1, m2, true as has_rows
from counted
union all
select b.key, 0::int8, 0::float8, 0::int8, false
from unnest($4::date[]) as b (key)
) u
order by g0, has_rows desc
)
select g0, m0, m1, m2
from filled
) g
order by g.g0
limit $5::int
) p;

-- flight 2
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select g.g0, g.m0
from (
with counted as materialized (
select case when v0."date" between '0002-01-01' and '9998-12-31' then date_trunc('week', v0."date"::timestamp)::date end as g0, coalesce(sum(v0.total_value), 0)::float8 as m0
from "analytics_production".students_xp v0
where v0.learning_app_id = k.key
  and (v0."date" >= $2::date and v0."date" <= $3::date)
group by 1
), filled as (
select distinct on (g0) *
from (
select g0, m0, true as has_rows
from counted
union all
select b.key, 0::float8, false
from unnest($4::date[]) as b (key)
) u
order by g0, has_rows desc
)
select g0, m0
from filled
) g
order by g.g0
limit $5::int
) p;
