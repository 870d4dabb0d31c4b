-- flight 1
select v0.id as "id", v0."name" as "name", v0.parent_id as "parentId"
from "analytics_production".schools v0
where v0.id = $3::uuid
  and (v0.id = any($1::uuid[]) or v0.parent_id = any($2::uuid[]));

-- flight 2
select m.n, width_bucket(v.start_time, $4::timestamptz[]), count(distinct v.student_id), sum(case when scale(v.duration_sec) is not null then v.duration_sec end)
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
  and v.start_time >= $5::timestamptz and v.start_time < $6::timestamptz
offset 0
) v
where m.held @> (v.start_time at time zone $7::text)::date
group by 1, 2;

-- flight 2
select m.n, width_bucket(v.start_time, $4::timestamptz[]), sum(b.found), sum(greatest(case when scale(v.duration_sec) is not null then v.duration_sec end - coalesce(b.found, 0), 0)) filter (where case when scale(v.duration_sec) is not null then v.duration_sec end is not null)
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
  and v.start_time >= $5::timestamptz and v.start_time < $6::timestamptz
offset 0
) v
left join lateral (
select case when scale(b.waste_duration_sec) is not null then b.waste_duration_sec end as found
from "analytics_production".sessions_waste b
where b.session_id = v.id
limit 1
) b on true
where m.held @> (v.start_time at time zone $7::text)::date
group by 1, 2;
