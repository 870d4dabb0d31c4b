-- flight 1
select v0.id as "id", v0."name" as "name"
from "analytics_production".students v0
where v0.id = $1::uuid;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select v0.student_id as "studentId", v0.organization_name as "organizationName"
from "analytics_production".students_enrollments v0
where v0.student_id = k.key
order by v0.organization_name collate "und-x-icu", v0.student_id
limit $2::int
) p;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select count(*) as "count"
from "analytics_production".students_enrollments v0
where v0.student_id = k.key
) p;

-- flight 1
select v0.student_id as "studentId", v0.organization_name as "organizationName"
from "analytics_production".students_enrollments v0
order by v0.organization_name collate "und-x-icu", v0.student_id
limit $1::int;

-- flight 2
select v0.id as "id", v0."name" as "name"
from "analytics_production".students v0
where v0.id = any($1::uuid[]);
