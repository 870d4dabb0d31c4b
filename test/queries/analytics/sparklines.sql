-- flight 1
select v0.id as "id"
from "analytics_production".guides v0
where v0.id = $1::uuid;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select v0.id as "id", v0."name" as "name"
from (select distinct v1.student_id as key from "analytics_production".student_guides v1 where v1.guide_id = k.key) b
  cross join lateral (select v0.* from "analytics_production".students v0 where v0.id = b.key offset 0) v0
order by v0."name" collate "und-x-icu", v0.id
limit $2::int
) p;

-- flight 2
select m.n, width_bucket(v."date", $2::date[]), sum(v.total_questions_correct), sum(v.total_questions_answered)
from unnest($1::uuid[]) with ordinality as m (key, n)
cross join lateral (
select v.*
from "analytics_production".aggregated_session_attempts v
where v.student_id = m.key
  and v."date" >= $3::date and v."date" < $4::date
offset 0
) v
group by 1, 2;
