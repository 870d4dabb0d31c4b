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
  -- Student by student, so that a school's figures read her sessions by their index and no others.
  (
    select coalesce(sum(used.seconds), 0)
    from (
      select distinct l.student_id
      from school_links l
      where l.school_id = o.id
    ) student
    cross join lateral (
      select sum(round(extract(epoch from s.ended_at_time - s.started_at_time))) as seconds
      from caliper_session s
      where s.user_id = student.student_id
    ) used
  ) as total_app_time_sec,
  (
    select coalesce(sum(wasted.seconds), 0)
    from (
      select distinct l.student_id
      from school_links l
      where l.school_id = o.id
    ) student
    cross join lateral (
      select sum(round(extract(epoch from q.ended_at_time - q.started_at_time))) as seconds
      from insights_session i
      join qualifying_insights q on q.insights_session_id = i.id
      where i.user_id = student.student_id
        and q.is_waste
    ) wasted
  ) as total_waste_time_sec
from one_roster_organization o
where o.type = 'school';
