-- flight 1
select v0.id as "id", v0."name" as "name"
from "analytics_production".schools v0
where (v0.id = $1::uuid or v0.parent_id = $2::uuid)
order by v0."name" collate "und-x-icu", v0.id
limit $3::int;

-- flight 1
select count(*) as "count"
from "analytics_production".schools v0
where (v0.id = $1::uuid or v0.parent_id = $2::uuid);

-- flight 1
select count(*) as "count"
from "analytics_production".classes v0
where (v0.school_id = $2::uuid or exists (select from "analytics_production".schools v1 where v1.id = v0.school_id
  and v1.parent_id = $1::uuid offset 0));

-- flight 1
select v0.school_id as "schoolId", v0.school_name as "schoolName"
from "analytics_production".school_usage_stats v0
where (v0.school_id = $2::uuid or exists (select from "analytics_production".schools v1 where v1.id = v0.school_id
  and v1.parent_id = $1::uuid offset 0))
order by v0.school_name collate "und-x-icu", v0.school_id
limit $3::int;
