-- flight 1
select v0.id as "id", v0.course_id as "courseId", v0.school_id as "schoolId", v0.subject_ids as "subjectIds", v0.grade_ids as "gradeIds"
from "analytics_production".classes v0
where v0.id = $3::uuid
  and (v0.school_id = any($2::uuid[]) or exists (select from "analytics_production".schools v1 where v1.id = v0.school_id
  and v1.parent_id = any($1::uuid[]) offset 0));

-- flight 1
with l0 (n, c0, c1) as materialized (
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select v0.id as "id", v0."name" as "name"
from (select distinct v1.student_id as key from "analytics_production".class_enrollments v1 where v1.class_id = k.key
  and exists (select from "analytics_production".students v2 where v2.id = v1.student_id offset 0)) b
  cross join lateral (select v0.* from "analytics_production".students v0 where v0.id = b.key offset 0) v0
order by v0."name" collate "und-x-icu", v0.id
limit $2::int
) p
), l1 (n, c0, c1, c2, c3) as materialized (
select k.n, p.*
from (select distinct l0.c0::text as n, l0.c0::uuid as key from l0) k
cross join lateral (
select * from (
(select v3.id as "id", v3.student_id as "studentId", v3.learning_app_id as "learningAppId", v3.start_time as "startTime"
from "analytics_production".sessions v3
where v3.student_id = k.key
  and v3.start_time is not null
order by v3.start_time desc, v3.id
limit $3::int)
union all
(select v3.id as "id", v3.student_id as "studentId", v3.learning_app_id as "learningAppId", v3.start_time as "startTime"
from "analytics_production".sessions v3
where v3.student_id = k.key
  and v3.start_time is null
order by v3.id
limit $4::int)
) arms
limit $5::int
) p
)
select 0, n::text, l0.c0::text, l0.c1, null, null from l0
union all
select 1, n::text, l1.c0, l1.c1::text, l1.c2, case when l1.c3 is not null then concat(l1.c3) end from l1;

-- flight 2
select v0.id as "id", v0."name" as "name"
from "analytics_production".learning_apps v0
where v0.id = any($1::uuid[]);

-- flight 2
select m.n, 1, sum(case when scale(v.total_value) is not null then v.total_value end)
from unnest($1::uuid[]) with ordinality as m (key, n)
cross join lateral (
select v.*
from "analytics_production".students_xp v
where v.student_id = m.key
  and v."date" >= $2::date and v."date" < $3::date
offset 0
) v
group by 1, 2;

-- flight 2
select m.n, 1, sum(b.found) filter (where case when scale(v.duration_sec) is not null then v.duration_sec end is not null)
from unnest($1::uuid[]) with ordinality as m (key, n)
cross join lateral (
select v.*
from "analytics_production".sessions v
where v.student_id = m.key
  and v."date" >= $2::date and v."date" < $3::date
offset 0
) v
left join lateral (
select case when scale(b.waste_duration_sec) is not null then b.waste_duration_sec end as found
from "analytics_production".sessions_waste b
where b.session_id = v.id
limit 1
) b on true
group by 1, 2;

-- flight 2
select m.n, 1, sum(case when scale(v.duration_sec) is not null then v.duration_sec end)
from unnest($1::uuid[]) with ordinality as m (key, n)
cross join lateral (
select v.*
from "analytics_production".sessions v
where v.student_id = m.key
  and v."date" >= $2::date and v."date" < $3::date
offset 0
) v
group by 1, 2;

-- flight 2
select m.n, 1, sum(v.total_questions_correct), sum(v.total_questions_answered)
from unnest($1::uuid[]) with ordinality as m (key, n)
cross join lateral (
select v.*
from "analytics_production".aggregated_session_attempts v
where v.student_id = m.key
  and v."date" >= $2::date and v."date" < $3::date
offset 0
) v
group by 1, 2;
