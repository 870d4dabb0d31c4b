-- flight 1
select v0.id as "id", v0."name" as "name"
from "analytics_production".students v0
where v0.id = $1::uuid;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select v0.id as "id", v0.student_id as "studentId", v0."type" as "type", v0.source as "source", v0.title as "title", v0."date" as "date"
from "analytics_production".recommendations v0
where v0.student_id = k.key
order by v0.generated_at desc, v0.id
limit $2::int
) p;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select count(*) as "count"
from "analytics_production".recommendations v0
where v0.student_id = k.key
) p;
