-- flight 1
select count(*) as "count"
from "analytics_production".students v0
where exists (select from "analytics_production".students_xp v1 where v1.student_id = v0.id
  and v1."date" >= $1::date having coalesce(sum(case when scale(v1.total_value) is not null then v1.total_value end), 0)::float8 < $2::float8 offset 0);

-- flight 1
select v0.id as "id", v0."name" as "name"
from "analytics_production".students v0
  left join lateral (select coalesce(sum(case when scale(v2.total_value) is not null then v2.total_value end), 0)::float8 as key from "analytics_production".students_xp v2 where v2.student_id = v0.id
  and v2."date" >= $3::date) v3 on true
where exists (select from "analytics_production".students_xp v1 where v1.student_id = v0.id
  and v1."date" >= $1::date having coalesce(sum(case when scale(v1.total_value) is not null then v1.total_value end), 0)::float8 < $2::float8 offset 0)
order by v3.key, v0."name" collate "und-x-icu", v0.id
limit $4::int;

-- flight 2
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select count(*) as "count", coalesce(sum(case when scale(v0.total_value) is not null then v0.total_value end), 0)::float8 as "total_value sum", max(case when v0."date" between '0001-01-01' and '9999-12-31' then v0."date" end) as "date max"
from "analytics_production".students_xp v0
where v0.student_id = k.key
  and v0."date" >= $2::date
) p;
