-- flight 1
select v0.id as "id", v0."name" as "name", v0.identifier as "identifier", v0.parent_id as "parentId", v0.parent_name as "parentName", v0.status as "status", v0.student_count as "studentCount"
from "analytics_production".schools v0
where v0.id = $3::uuid
  and (v0.id = any($1::uuid[]) or v0.parent_id = any($2::uuid[]));

-- flight 1
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select v0.id as "id", v0."name" as "name", v0.identifier as "identifier", v0.parent_id as "parentId", v0.parent_name as "parentName", v0.status as "status", v0.student_count as "studentCount"
from "analytics_production".schools v0
where v0.parent_id = k.key
  and (v0.id = any($2::uuid[]) or v0.parent_id = any($3::uuid[]))
order by v0."name" collate "und-x-icu", v0.id
limit $4::int
) p;

-- flight 2
select v0.school_id as "schoolId", v0.student_count as "studentCount", v0.total_app_time_sec as "totalAppTimeSec", v0.total_waste_time_sec as "totalWasteTimeSec"
from "analytics_production".school_usage_stats v0
where v0.school_id = any($3::uuid[])
  and (v0.school_id = any($2::uuid[]) or exists (select from "analytics_production".schools v1 where v1.id = v0.school_id
  and v1.parent_id = any($1::uuid[]) offset 0));
