-- flight 1
select v0.id as "id", v0."name" as "name"
from "analytics_production".learning_apps v0
order by v0."name" collate "und-x-icu", v0.id
limit $1::int;

-- flight 1
select count(*) as "count"
from "analytics_production".learning_apps v0;

-- flight 2
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select v0.learning_app_id as "learningAppId", v0.subject_title as "subjectTitle"
from "analytics_production".learning_app_subjects v0
where v0.learning_app_id = k.key
order by v0.subject_title collate "und-x-icu", v0.learning_app_id
limit $2::int
) p;
