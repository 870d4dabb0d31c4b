-- flight 1
select v0.id as "id", v0.title as "title"
from "analytics_production".subjects v0
order by v0.title collate "und-x-icu", v0.id
limit $1::int;

-- flight 2
select k.n, p.*
from unnest($1::text[]) with ordinality as k (key, n)
cross join lateral (
select v0.id as "id", v0.title as "title"
from "analytics_production".courses v0
where v0.subject_id = k.key
order by v0.title collate "und-x-icu", v0.id
limit $2::int
) p;

-- flight 2
select k.n, p.*
from unnest($1::text[]) with ordinality as k (key, n)
cross join lateral (
select v0.learning_app_id as "learningAppId", v0.subject_title as "subjectTitle"
from "analytics_production".learning_app_subjects v0
where v0.subject_title = k.key
order by v0.subject_title collate "und-x-icu", v0.learning_app_id
limit $2::int
) p;

-- flight 3
select v0.id as "id", v0."name" as "name"
from "analytics_production".learning_apps v0
where v0.id = any($1::uuid[]);
