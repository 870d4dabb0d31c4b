-- flight 1
select v0.id as "id", v0."name" as "name"
from "analytics_production".learning_apps v0
where v0.id = $1::uuid;

-- flight 1
select m.n, width_bucket(v."date", $2::date[]), count(distinct v.student_id), sum(case when scale(v.duration_sec) is not null then v.duration_sec end)
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

-- flight 1
select m.n, width_bucket(v."date", $2::date[]), sum(case when scale(v.total_value) is not null then v.total_value end)
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
select m.n, width_bucket(v."date", $2::date[]), count(distinct v.student_id), sum(case when scale(v.duration_sec) is not null then v.duration_sec end)
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
select m.n, width_bucket(v."date", $2::date[]), sum(case when scale(v.total_value) is not null then v.total_value end)
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
