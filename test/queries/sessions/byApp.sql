-- flight 1
select v0.id as "id", v0."name" as "name"
from "analytics_production".learning_apps v0
where v0.id = $1::uuid;

-- flight 1
select k.n, p.*
from unnest($1::text[]) with ordinality as k (key, n)
cross join lateral (
select * from (
(select v0.id as "id", v0.student_id as "studentId", v0.learning_app_id as "learningAppId", v0.start_time as "startTime"
from "analytics_production".sessions v0
where v0.learning_app_id = k.key
  and v0.start_time is not null
order by v0.start_time desc, v0.id
limit $2::int)
union all
(select v0.id as "id", v0.student_id as "studentId", v0.learning_app_id as "learningAppId", v0.start_time as "startTime"
from "analytics_production".sessions v0
where v0.learning_app_id = k.key
  and v0.start_time is null
order by v0.id
limit $3::int)
) arms
limit $4::int
) p;

-- flight 1
select k.n, p.*
from unnest($1::text[]) with ordinality as k (key, n)
cross join lateral (
select count(*) as "count"
from "analytics_production".sessions v0
where v0.learning_app_id = k.key
) p;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select v0."date" as "date", v0.total_value as "totalValue"
from "analytics_production".students_xp v0
where v0.learning_app_id = k.key
order by v0."date" desc nulls last, v0.student_id, v0.learning_app_id, v0.session_id nulls last, v0.total_value
limit $2::int
) p;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select v0.id as "id", v0."date" as "date"
from "analytics_production".student_journals v0
where v0.learning_app_id = k.key
order by v0."timestamp" desc, v0.id
limit $2::int
) p;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select count(*) as "count"
from "analytics_production".student_journals v0
where v0.learning_app_id = k.key
) p;

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select v0.learning_app_id as "learningAppId", v0.subject_title as "subjectTitle"
from "analytics_production".learning_app_subjects v0
where v0.learning_app_id = k.key
order by v0.subject_title collate "und-x-icu", v0.learning_app_id
limit $2::int
) p;

-- flight 2
select v0.id as "id", v0."name" as "name"
from "analytics_production".students v0
where v0.id = any($1::uuid[]);

-- flight 2
select k.n, p.*
from unnest($1::text[]) with ordinality as k (key, n)
cross join lateral (
select v0.id as "id", v0.title as "title"
from "analytics_production".subjects v0
where v0.title = k.key
order by v0.title collate "und-x-icu", v0.id
limit $2::int
) p;
