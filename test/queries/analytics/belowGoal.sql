-- flight 1
select v0.id as "id"
from "analytics_production".guides v0
where v0.id = $1::uuid;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select count(*) as "count"
from (select distinct v2.student_id as key from "analytics_production".student_guides v2 where v2.guide_id = k.key) b
  cross join lateral (select v0.* from "analytics_production".students v0 where v0.id = b.key
  and exists (select from "analytics_production".students_xp v1 where v1.student_id = v0.id
  and v1."date" = $2::date having coalesce(sum(case when scale(v1.total_value) is not null then v1.total_value end), 0)::float8 < $3::float8 offset 0) offset 0) v0
) p;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select v0.id as "id", v0."name" as "name"
from (select distinct v2.student_id as key from "analytics_production".student_guides v2 where v2.guide_id = k.key) b
  cross join lateral (select v0.* from "analytics_production".students v0 where v0.id = b.key
  and exists (select from "analytics_production".students_xp v1 where v1.student_id = v0.id
  and v1."date" = $2::date having coalesce(sum(case when scale(v1.total_value) is not null then v1.total_value end), 0)::float8 < $3::float8 offset 0) offset 0) v0
  left join lateral (select coalesce(sum(case when scale(v3.total_value) is not null then v3.total_value end), 0)::float8 as key from "analytics_production".students_xp v3 where v3.student_id = v0.id
  and v3."date" = $4::date) v4 on true
order by v4.key, v0."name" collate "und-x-icu", v0.id
limit $5::int
) p;

-- flight 2
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select coalesce(sum(case when scale(v0.total_value) is not null then v0.total_value end), 0)::float8 as "total_value sum"
from "analytics_production".students_xp v0
where v0.student_id = k.key
  and v0."date" = $2::date
) p;

-- flight 2
select m.n, 1, sum(case when scale(v.total_value) is not null then v.total_value end)
from unnest($1::uuid[]) with ordinality as m (key, n)
cross join lateral (
select v.*
from "analytics_production".students_xp v
where v.student_id = m.key
  and v."date" >= $2::date and v."date" < $3::date
offset 0
) v
group by 1, 2;

-- flight 2
select m.n, 1, sum(case when scale(v.duration_sec) is not null then v.duration_sec end)
from unnest($1::uuid[]) with ordinality as m (key, n)
cross join lateral (
select v.*
from "analytics_production".sessions v
where v.student_id = m.key
  and v."date" >= $2::date and v."date" < $3::date
offset 0
) v
group by 1, 2;

-- flight 2
select m.n, 1, sum(b.found) filter (where case when scale(v.duration_sec) is not null then v.duration_sec end is not null)
from unnest($1::uuid[]) with ordinality as m (key, n)
cross join lateral (
select v.*
from "analytics_production".sessions v
where v.student_id = m.key
  and v."date" >= $2::date and v."date" < $3::date
offset 0
) v
left join lateral (
select case when scale(b.waste_duration_sec) is not null then b.waste_duration_sec end as found
from "analytics_production".sessions_waste b
where b.session_id = v.id
limit 1
) b on true
group by 1, 2;

-- flight 2
select m.n, 1, sum(v.total_questions_correct), sum(v.total_questions_answered)
from unnest($1::uuid[]) with ordinality as m (key, n)
cross join lateral (
select v.*
from "analytics_production".aggregated_session_attempts v
where v.student_id = m.key
  and v."date" >= $2::date and v."date" < $3::date
offset 0
) v
group by 1, 2;
