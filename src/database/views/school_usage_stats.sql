-- The figures are the school's, whoever asks: neither the scope of the caller nor the dates of a student's link limit them.
create view school_usage_stats as
select
  o.id as school_id,
  o.name as school_name,
  (
    select count(distinct l.student_id)
    from school_links l
    where l.school_id = o.id
  ) as student_count,
  (
    select coalesce(sum(round(extract(epoch from s.ended_at_time - s.started_at_time))), 0)
    from caliper_session s
    where s.user_id in (
      select l.student_id
      from school_links l
      where l.school_id = o.id
    )
  ) as total_app_time_sec,
  (
    select coalesce(sum(round(extract(epoch from q.ended_at_time - q.started_at_time))), 0)
    from qualifying_insights q
    join insights_session i on i.id = q.insights_session_id
    where q.is_waste
      and i.user_id in (
        select l.student_id
        from school_links l
        where l.school_id = o.id
      )
  ) as total_waste_time_sec
from one_roster_organization o
where o.type = 'school';
