-- flight 1
select v0.id as "id", v0."name" as "name"
from "analytics_production".students v0
where ((exists (select from "analytics_production".placement_results v1 where v1.student_id = v0.id
  and (v1.placement_status = $1::text) is not true offset 0)) is not true and exists (select from "analytics_production".placement_results v2 where v2.student_id = v0.id
  and true offset 0))
order by v0."name" collate "und-x-icu", v0.id
limit $2::int;

-- flight 2
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select * from (
(select v0.student_id as "studentId", v0.subject_id as "subjectId", v0.grade_id as "gradeId", v0.placement_status as "placementStatus"
from "analytics_production".placement_results v0
where v0.student_id = k.key
  and v0.last_updated is not null
order by v0.last_updated desc, v0.student_id, v0.subject_id
limit $2::int)
union all
(select v0.student_id as "studentId", v0.subject_id as "subjectId", v0.grade_id as "gradeId", v0.placement_status as "placementStatus"
from "analytics_production".placement_results v0
where v0.student_id = k.key
  and v0.last_updated is null
order by v0.student_id, v0.subject_id
limit $3::int)
) arms
limit $4::int
) p;
