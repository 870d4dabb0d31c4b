-- flight 1
select v0.id as "id", v0."name" as "name", v0.parent_id as "parentId", v0.student_count as "studentCount"
from "analytics_production".schools v0
where (v0.id = any($1::uuid[]) or v0.parent_id = any($2::uuid[]))
  and v0.parent_id = $3::uuid
order by v0."name" collate "und-x-icu", v0.id
limit $4::int;

-- flight 2
select k.n, p.*
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (
select count(*) as "count"
from (select distinct v1.student_id as key from "analytics_production".student_schools v1 where v1.school_id = k.key) b
  cross join lateral (select v0.* from "analytics_production".students v0 where v0.id = b.key offset 0) v0
) p;

-- flight 2
select m.n, 1, count(distinct v.student_id), sum(case when scale(v.duration_sec) is not null then v.duration_sec end), count(*) filter (where case when scale(v.duration_sec) is not null then v.duration_sec end is null), count(*), count(*) filter (where v.is_proctored)
from (
select k.n, k.key as parent, l.key, range_agg(daterange(l.begin_date, l.end_date)) as held
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (select l.student_id as key, l.begin_date, l.end_date from "analytics_production".student_schools l where l.school_id = k.key
  and (l.begin_date is null or l.end_date is null or l.begin_date < l.end_date)
  and (l.begin_date is null or l.begin_date < $2::date)
  and (l.end_date is null or l.end_date > $3::date)
  and exists (select from "analytics_production".students v0 where v0.id = l.student_id offset 0) offset 0) l
group by 1, 2, 3
) m
cross join lateral (
select v.*
from "analytics_production".sessions v
where v.student_id = m.key
  and v.start_time >= $4::timestamptz and v.start_time < $5::timestamptz
offset 0
) v
where m.held @> (v.start_time at time zone $6::text)::date
group by 1, 2;

-- flight 2
select m.n, 1, sum(case when scale(v.total_value) is not null then v.total_value end), count(*) filter (where case when scale(v.total_value) is not null then v.total_value end < 0)
from (
select k.n, k.key as parent, l.key, range_agg(daterange(l.begin_date, l.end_date)) as held
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (select l.student_id as key, l.begin_date, l.end_date from "analytics_production".student_schools l where l.school_id = k.key
  and (l.begin_date is null or l.end_date is null or l.begin_date < l.end_date)
  and (l.begin_date is null or l.begin_date < $2::date)
  and (l.end_date is null or l.end_date > $3::date)
  and exists (select from "analytics_production".students v0 where v0.id = l.student_id offset 0) offset 0) l
group by 1, 2, 3
) m
cross join lateral (
select v.*
from "analytics_production".students_xp v
where v.student_id = m.key
  and v."date" >= $4::date and v."date" < $5::date
offset 0
) v
where m.held @> v."date"
group by 1, 2;

-- flight 2
select m.n, 1, sum(b.found) filter (where case when scale(v.duration_sec) is not null then v.duration_sec end is not null), count(*) filter (where b.found is null), sum(b.found)
from (
select k.n, k.key as parent, l.key, range_agg(daterange(l.begin_date, l.end_date)) as held
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (select l.student_id as key, l.begin_date, l.end_date from "analytics_production".student_schools l where l.school_id = k.key
  and (l.begin_date is null or l.end_date is null or l.begin_date < l.end_date)
  and (l.begin_date is null or l.begin_date < $2::date)
  and (l.end_date is null or l.end_date > $3::date)
  and exists (select from "analytics_production".students v0 where v0.id = l.student_id offset 0) offset 0) l
group by 1, 2, 3
) m
cross join lateral (
select v.*
from "analytics_production".sessions v
where v.student_id = m.key
  and v.start_time >= $4::timestamptz and v.start_time < $5::timestamptz
offset 0
) v
left join lateral (
select case when scale(b.waste_duration_sec) is not null then b.waste_duration_sec end as found
from "analytics_production".sessions_waste b
where b.session_id = v.id
limit 1
) b on true
where m.held @> (v.start_time at time zone $6::text)::date
group by 1, 2;

-- flight 2
select m.n, 1, count(*)
from (
select k.n, k.key as parent, l.key, range_agg(daterange(l.begin_date, l.end_date)) as held
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (select l.student_id as key, l.begin_date, l.end_date from "analytics_production".student_schools l where l.school_id = k.key
  and (l.begin_date is null or l.end_date is null or l.begin_date < l.end_date)
  and (l.begin_date is null or l.begin_date < $2::date)
  and (l.end_date is null or l.end_date > $3::date)
  and exists (select from "analytics_production".students v0 where v0.id = l.student_id offset 0) offset 0) l
group by 1, 2, 3
) m
where exists (select from "analytics_production".student_schools o where o.student_id = m.key
  and o.school_id::text <> m.parent::text
  and (o.begin_date is null or o.end_date is null or o.begin_date < o.end_date)
  and (o.begin_date is null or o.begin_date < $4::date)
  and (o.end_date is null or o.end_date > $5::date) offset 0)
group by 1;

-- flight 2
select m.n, 1, count(*), count(distinct (v.student_id, v.curriculum_item_id))
from (
select k.n, k.key as parent, l.key, range_agg(daterange(l.begin_date, l.end_date)) as held
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (select l.student_id as key, l.begin_date, l.end_date from "analytics_production".student_schools l where l.school_id = k.key
  and (l.begin_date is null or l.end_date is null or l.begin_date < l.end_date)
  and (l.begin_date is null or l.begin_date < $2::date)
  and (l.end_date is null or l.end_date > $3::date)
  and exists (select from "analytics_production".students v0 where v0.id = l.student_id offset 0) offset 0) l
group by 1, 2, 3
) m
cross join lateral (
select v.*
from "analytics_production".students_mastery v
where v.student_id = m.key
  and v.mastery_timestamp >= $4::timestamptz and v.mastery_timestamp < $5::timestamptz
offset 0
) v
where m.held @> (v.mastery_timestamp at time zone $6::text)::date
group by 1, 2;

-- flight 2
select v.n, p.slot, sum(v.alike) filter (where not v.passed < p.number)
from (
select m.n, m.held, v.placement_status as placement_status, coalesce(width_bucket(case when v.last_updated between '0001-01-01' and '9999-12-31 23:59:59.999999' then v.last_updated end, $4::timestamptz[]), 0) as passed, count(*) as alike
from (
select k.n, k.key as parent, l.key, range_agg(daterange(l.begin_date, l.end_date)) as held
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (select l.student_id as key, l.begin_date, l.end_date from "analytics_production".student_schools l where l.school_id = k.key
  and (l.begin_date is null or l.end_date is null or l.begin_date < l.end_date)
  and (l.begin_date is null or l.begin_date < $2::date)
  and (l.end_date is null or l.end_date > $3::date)
  and exists (select from "analytics_production".students v0 where v0.id = l.student_id offset 0) offset 0) l
group by 1, 2, 3
) m
cross join lateral (
select v.*
from "analytics_production".placement_results v
where v.student_id = m.key
offset 0
) v
group by 1, 2, 3, 4
) v
cross join unnest($5::date[], $6::int[]) with ordinality as p (day, slot, number)
where v.held @> (p.day - 1)
group by 1, 2;

-- flight 2
select m.n, 1, sum(v.total_questions_answered)
from (
select k.n, k.key as parent, l.key, range_agg(daterange(l.begin_date, l.end_date)) as held
from unnest($1::uuid[]) with ordinality as k (key, n)
cross join lateral (select l.student_id as key, l.begin_date, l.end_date from "analytics_production".student_schools l where l.school_id = k.key
  and (l.begin_date is null or l.end_date is null or l.begin_date < l.end_date)
  and (l.begin_date is null or l.begin_date < $2::date)
  and (l.end_date is null or l.end_date > $3::date)
  and exists (select from "analytics_production".students v0 where v0.id = l.student_id offset 0) offset 0) l
group by 1, 2, 3
) m
cross join lateral (
select v.*
from "analytics_production".aggregated_session_attempts v
where v.student_id = m.key
  and v."date" >= $4::date and v."date" < $5::date
offset 0
) v
where m.held @> v."date"
group by 1, 2;
