-- Much data, all of it made up by arithmetic, for tests of plans and for benchmarks.
--
-- The temporary table "volume" holds one row: how many students, sessions, organisations (a tenth of them districts) and
-- so on. Everything else follows from running numbers: the nth thing of a kind has the id md5('kind/n')::uuid, so that
-- whoever measures can name it. Sessions, attempts, events and insights lie in the order in which they happened, as in a
-- table that grows day by day.
--
-- Everything between two lines "-- step:" is sent at once, and reported under that name.

-- step: dice

create function pg_temp.id(kind text, n bigint) returns uuid
language sql stable
return md5(kind || '/' || n)::uuid;

-- From 0 up to, but without, 1. Partitions by hash rely on this function of PostgreSQL, so its answers stay the same.
create function pg_temp.roll(n bigint, salt bigint) returns double precision
language sql immutable
return (hashint8extended(n, salt) & 1048575) / 1048576.0::double precision;

create function pg_temp.upto(most bigint, n bigint, salt bigint) returns bigint
language sql immutable
return 1 + floor(pg_temp.roll(n, salt) * most)::bigint;

-- The jth school of a student; up to three in a row are never the same.
create function pg_temp.school(student bigint, j bigint, schools bigint) returns bigint
language sql immutable
return 1 + (student + (j - 1) * pg_temp.upto((schools - 1) / 2, student, 1)) % schools;

-- step: organisations and people

insert into one_roster_organization (id, name, type, identifier, parent_id)
select
  pg_temp.id('organization', n),
  'District ' || n,
  'district',
  'D-' || n,
  null
from volume, generate_series(1, districts) as n;

insert into one_roster_organization (id, name, type, identifier, parent_id)
select
  pg_temp.id('organization', districts + n),
  'School ' || n,
  'school',
  'S-' || n,
  pg_temp.id('organization', 1 + n % districts)
from volume, generate_series(1, schools) as n;

insert into one_roster_user (id, given_name, family_name, email)
select
  pg_temp.id('student', n),
  (array['Ada', 'Bilal', 'Chiara', 'Dario', 'Esi', 'Farah', 'Goran', 'Hiro', 'Ivy', 'Jomo', 'Kaya', 'Luz'])[pg_temp.upto(12, n, 2)],
  (array['Abbott', 'Bauer', 'Costa', 'Diallo', 'Eriksen', 'Fox', 'Gupta', 'Hale'])[pg_temp.upto(8, n, 3)] || ' ' || n,
  'student' || n || '@volume.example'
from volume, generate_series(1, students) as n;

-- Teachers first, then a principal for every school.
insert into one_roster_user (id, given_name, family_name, email)
select
  pg_temp.id('guide', n),
  (array['Maria', 'Noah', 'Olga', 'Pavel', 'Quinn', 'Rosa', 'Sven', 'Tariq'])[pg_temp.upto(8, n, 4)],
  'Guide ' || n,
  'guide' || n || '@volume.example'
from volume, generate_series(1, teachers + schools) as n;

-- One organisation for 55 of 100 students, two for 30, three for 15; some of the second ones have ended.
insert into one_roster_role (id, user_id, org_id, role, role_type, begin_date, end_date, admission_date)
select
  md5('student role/' || n || '/' || j)::uuid,
  pg_temp.id('student', n),
  pg_temp.id('organization', districts + pg_temp.school(n, j, schools)),
  'student',
  case when j = 1 then 'primary' else 'secondary' end,
  begin_date,
  case when pg_temp.roll(n, 6 + j) < case when j = 1 then 0.01 else 0.08 end then date '2024-06-14' end,
  begin_date
from volume,
  generate_series(1, students) as n,
  lateral (select date '2021-08-16' + 365 * (n % 3)::int as begin_date) as begin,
  lateral generate_series(1, 1 + (pg_temp.roll(n, 5) >= 0.55)::int + (pg_temp.roll(n, 5) >= 0.85)::int) as j;

insert into one_roster_role (id, user_id, org_id, role, role_type, begin_date)
select
  md5('guide role/' || n)::uuid,
  pg_temp.id('guide', n),
  pg_temp.id('organization', districts + 1 + n % schools),
  case when n <= teachers then 'teacher' else 'principal' end,
  'primary',
  date '2022-08-01'
from volume, generate_series(1, teachers + schools) as n;

-- Every student has a teacher of the first school; every fifth had another one before.
insert into one_roster_user_agent (id, source_user_id, agent_user_id, relationship_type, status, begin_date, end_date, date_created, date_last_modified)
select
  md5('bond/' || n || '/' || j)::uuid,
  pg_temp.id('student', n),
  pg_temp.id('guide', 1 + (n + j * schools) % teachers),
  'teacher',
  case when j = 1 then 'active' else 'inactive' end,
  date '2024-08-19' + 365 * j::int,
  case when j = 0 then date '2025-06-13' end,
  timestamptz '2024-08-12 14:00Z' + j * interval '365 days' + n * interval '1 second',
  timestamptz '2025-08-12 14:00Z' + n * interval '1 second'
from volume,
  generate_series(1, students) as n,
  lateral generate_series(case when n % 5 = 0 then 0 else 1 end, 1) as j;

-- step: standards, curriculum and apps

insert into placement_grade (id, grade_primary_identifier, label, order_number)
select pg_temp.id('grade', n), lpad(n::text, 2, '0'), 'Grade ' || n, n
from generate_series(1, 12) as n;

insert into cf_document (identifier)
select pg_temp.id('case document', n)
from generate_series(1, 4) as n;

insert into cf_subject (identifier, title, hierarchy_code, description)
select pg_temp.id('case subject', n), (array['Mathematics', 'Reading', 'Language', 'Science'])[n], lpad(n::text, 2, '0'), null
from generate_series(1, 4) as n;

-- Twenty courses, two hundred sections, a thousand standards.
insert into cf_item (identifier, full_statement, human_coding_scheme, item_type, cf_document_id)
select
  pg_temp.id('case item', n),
  case when n <= 20 then 'Course ' when n <= 220 then 'Section ' else 'Standard ' end || n,
  'V.' || lpad(n::text, 4, '0'),
  case when n <= 20 then 'Course' when n <= 220 then 'section' else 'standard' end,
  pg_temp.id('case document', 1 + n % 4)
from generate_series(1, 1220) as n;

insert into cf_item_subject (cf_item_id, subject_id)
select pg_temp.id('case item', n), pg_temp.id('case subject', 1 + n % 4)
from generate_series(1, 20) as n;

insert into clr_achievement (id, achievement_type, cf_item_id)
select md5('achievement/' || n)::uuid, 'StandardMastery', pg_temp.id('case item', 220 + n)
from generate_series(1, 1000) as n;

create temporary table volume_resource as
select pg_temp.id('subject', n)::text as id, 'curriculum/subject' as kind, 'Subject ' || n as name, null::text as parent, n
from generate_series(1, 4) as n
union all
select pg_temp.id('course', n)::text, 'curriculum/course', 'Course ' || n, pg_temp.id('subject', 1 + n % 4)::text, n
from generate_series(1, 20) as n
union all
select pg_temp.id('unit', n)::text, 'curriculum/unit', 'Unit ' || n, pg_temp.id('course', 1 + (n - 1) / 10)::text, n
from generate_series(1, 200) as n
union all
select pg_temp.id('lesson', n)::text, 'curriculum/lesson', 'Lesson ' || n, pg_temp.id('unit', 1 + (n - 1) / 5)::text, n
from generate_series(1, 1000) as n
union all
select pg_temp.id('test', n)::text, 'test', 'Test ' || n, pg_temp.id('lesson', n)::text, n
from generate_series(1, 1000) as n
union all
select pg_temp.id('question', n)::text, 'question', 'Question ' || n, pg_temp.id('test', 1 + (n - 1) / 10)::text, n
from generate_series(1, 10000) as n;

insert into caliper_entity (id, name)
select id, name from volume_resource;

insert into caliper_assignable_digital_resource (id, media_type)
select id, kind from volume_resource where kind like 'curriculum/%';

insert into caliper_assessment (id)
select id from volume_resource where kind = 'test';

insert into caliper_assessment_item (id, media_type)
select id, case when n % 4 = 0 then 'guiding' else 'quiz' end from volume_resource where kind = 'question';

insert into caliper_resource_relation (id, source_id, destination_id, relationship_type, item_order)
select md5('relation/' || id)::uuid, id, parent, 'isPartOf', n % 10
from volume_resource
where parent is not null;

-- Every twentieth question is used in a second test, every fifth test also belongs to the unit.
insert into caliper_resource_relation (id, source_id, destination_id, relationship_type, item_order)
select
  md5('second relation/' || id)::uuid,
  id,
  case
    when kind = 'question' then pg_temp.id('test', 1 + (n / 10 + 1) % 1000)
    else pg_temp.id('unit', 1 + (n - 1) / 5)
  end::text,
  'isPartOf',
  99
from volume_resource
where (kind = 'question' and n % 20 = 0) or (kind = 'test' and n % 5 = 0);

insert into lti_application (id, name, application_type)
select pg_temp.id('application', n), 'App ' || n, case when n <= 36 then 'learning' else 'assessment' end
from volume, generate_series(1, apps) as n;

insert into lti_application_subject (lti_application_id, subject_title)
select pg_temp.id('application', n), 'Subject ' || 1 + n % 4
from volume, generate_series(1, apps) as n;

insert into lti_application_curriculum_scope (lti_application_id, cf_document_id)
select pg_temp.id('application', n), pg_temp.id('case document', n)
from generate_series(1, 4) as n;

-- step: classes

insert into one_roster_course (id, title)
select pg_temp.id('course', n), 'Course ' || n
from generate_series(1, 20) as n;

-- Twelve a school: four subjects, three years.
insert into one_roster_class (id, title, class_code, class_type, course_id, school_id)
select
  pg_temp.id('class', n),
  'Class ' || n,
  'C-' || n,
  case when n % 12 = 0 then 'homeroom' else 'scheduled' end,
  pg_temp.id('course', 1 + n % 20),
  pg_temp.id('organization', districts + 1 + (n - 1) / 12)
from volume, generate_series(1, schools * 12) as n;

insert into one_roster_class_subject (class_id, subject_id)
select pg_temp.id('class', n), pg_temp.id('case subject', 1 + n % 4)
from volume, generate_series(1, schools * 12) as n;

insert into one_roster_class_grade (class_id, placement_grade_id)
select pg_temp.id('class', n), pg_temp.id('grade', 1 + n % 12)
from volume, generate_series(1, schools * 12) as n;

-- The four subjects of one year at the first school.
insert into one_roster_enrollment (id, user_id, class_id, role, "primary", begin_date, end_date, status)
select
  md5('enrollment/' || n || '/' || j)::uuid,
  pg_temp.id('student', n),
  pg_temp.id('class', (pg_temp.school(n, 1, schools) - 1) * 12 + n / schools % 3 * 4 + j),
  'student',
  j = 1,
  date '2026-08-17',
  case when has_left then date '2026-10-09' end,
  case when has_left then 'inactive' else 'active' end
from volume,
  generate_series(1, students) as n,
  generate_series(1, 4) as j,
  lateral (select pg_temp.roll(n * 4 + j, 10) < 0.03 as has_left) as left_early;

-- step: sessions

-- One session after the other through ninety days, each at most six hours out of line.
create temporary table volume_session as
select
  n,
  pg_temp.upto(students, n, 20) as student,
  1 + floor(apps * pg_temp.roll(n, 21) * pg_temp.roll(n, 22))::bigint as app,
  date_trunc(
    'milliseconds',
    timestamptz '2026-08-17 12:00Z'
      + (n - 1) * (interval '90 days' / sessions)
      + pg_temp.roll(n, 23) * interval '6 hours'
  ) as started_at_time,
  600 + pg_temp.upto(3000, n, 24) as seconds
from volume, generate_series(1, sessions) as n;

insert into caliper_session (id, user_id, client_id, started_at_time, ended_at_time)
select
  pg_temp.id('session', n)::text,
  case when n % 199 <> 0 then pg_temp.id('student', student) end,
  case when n % 101 <> 0 then pg_temp.id('application', app)::text end,
  case when n % 997 <> 0 then started_at_time end,
  case when n % 31 <> 0 then started_at_time + seconds * interval '1 second' end
from volume_session
order by n;

-- step: attempts

-- Four a session: three questions and a lesson. A student meets some six hundred questions, so that every tenth try or so is a repeat.
insert into caliper_attempt (id, assignee_id, assignable_id, started_at_time, ended_at_time, duration)
select
  pg_temp.id('attempt', a)::text,
  pg_temp.id('student', student),
  case
    when j < 4 then pg_temp.id('question', 1 + (student * 37 + pg_temp.upto(600, a, 30)) % 10000)
    else pg_temp.id('lesson', 1 + (student * 7 + pg_temp.upto(60, a, 31)) % 1000)
  end::text,
  started_at_time + j * interval '90 seconds',
  case when a % 41 <> 0 then started_at_time + j * interval '90 seconds' + pg_temp.upto(80, a, 32) * interval '1 second' end,
  case when a % 2 = 0 then pg_temp.upto(70, a, 33) * interval '1 second' end
from volume_session, generate_series(1, 4) as j, lateral (select (n - 1) * 4 + j as a) as attempt
order by a;

-- step: scores

insert into caliper_score (attempt_id, score_given, max_score)
select pg_temp.id('attempt', a)::text, case when pg_temp.roll(a, 34) < 0.72 then 1 else 0 end, 1
from volume, generate_series(1, sessions * 4) as a
where a % 4 <> 0
  and pg_temp.roll(a, 35) < 0.9333;

-- step: events

insert into caliper_event (id, attempt_id, session_id, event_time)
select
  pg_temp.id('event', a)::text,
  pg_temp.id('attempt', a)::text,
  case when a % 103 <> 0 then pg_temp.id('session', n)::text end,
  started_at_time + j * interval '90 seconds'
from volume_session, generate_series(1, 4) as j, lateral (select (n - 1) * 4 + j as a) as attempt
order by a;

-- step: points

insert into tb_xp_ledger (id, user_id, application_id, event_id, value, date_created)
select
  md5('xp/' || n)::uuid,
  pg_temp.id('student', student),
  pg_temp.id('application', app),
  pg_temp.id('event', n * 4)::text,
  case when n % 143 = 0 then -5 else pg_temp.upto(60, n, 40) / 2.0 end,
  started_at_time + seconds * interval '1 second'
from volume_session
order by n;

-- step: insights

create temporary table volume_insight_type as
select
  n,
  pg_temp.id('insight type', n) as id,
  slug,
  category,
  category in ('Cheating', 'Proctoring') as is_reviewed
from unnest(
  array['EyesOffScreen', 'Idling', 'AwayFromSeat', 'Socializing', 'NonLearningContent', 'TopicShopping',
    'UnauthorizedAppUse', 'UnauthorizedDeviceUse', 'HelpFromAnotherPerson',
    'CheatingUnauthorizedAppUse', 'CheatingHelpFromAnotherPerson', 'Journal'],
  array['Engagement', 'Engagement', 'Engagement', 'Engagement', 'Engagement', 'Engagement',
    'Proctoring', 'Proctoring', 'Proctoring',
    'Cheating', 'Cheating', 'Journal']
) with ordinality as listed (slug, category, n);

insert into insights_type (id, slug, category, visibility, is_waste)
select id, slug, category, 'external', n <= 8
from volume_insight_type;

insert into insights_config (insight_type_id, requires_review)
select id, is_reviewed
from volume_insight_type
where category <> 'Journal';

-- Three of five sessions are watched.
insert into insights_session (id, caliper_session_id, user_id, application_id, webcam_enabled, is_proctored)
select
  pg_temp.id('insights session', n),
  pg_temp.id('session', n)::text,
  pg_temp.id('student', student),
  pg_temp.id('application', app),
  n % 3 = 0,
  n % 4 = 0
from volume_session
where n % 5 < 3
order by n;

-- Five insights for every five sessions: two, two and one in the watched ones. Every fiftieth is a journal.
create temporary table volume_insight as
select
  i,
  n as session,
  case when i % 50 = 0 then 12 else 1 + floor(11 * pg_temp.roll(i, 50) * pg_temp.roll(i, 51))::int end as type,
  started_at_time + pg_temp.roll(i, 52) * seconds * interval '0.9 seconds' as started_at_time,
  case when i % 50 = 0 then 0 else pg_temp.upto(60, i, 53) end as length
from volume_session,
  lateral generate_series(1, case when n % 5 = 2 then 1 else 2 end) as j,
  lateral (select n / 5 * 5 + n % 5 * 2 + j - 2 as i) as insight
where n % 5 < 3;

insert into insights_insight (id, session_id, insight_type_id, started_at_time, ended_at_time, reason, is_visible)
select
  pg_temp.id('insight', i),
  pg_temp.id('insights session', session),
  id,
  date_trunc('milliseconds', started_at_time),
  date_trunc('milliseconds', started_at_time) + length * interval '1 second',
  'Seen by the ' || category || ' model',
  i % 20 <> 0
from volume_insight
join volume_insight_type on n = type
order by i;

insert into insights_review (insight_id, result)
select pg_temp.id('insight', i), case when pg_temp.roll(i, 54) < 0.8 then 'TruePositive' else 'FalsePositive' end
from volume_insight
join volume_insight_type on n = type
where is_reviewed
  and pg_temp.roll(i, 55) < 0.8
order by i;

-- step: results and recommendations

insert into placement_student_subject_placement (id, student_id, subject_id, grade_id, status, date_last_modified)
select
  md5('placement/' || n || '/' || j)::uuid,
  pg_temp.id('student', n),
  pg_temp.id('case subject', j),
  case when is_done then pg_temp.id('grade', pg_temp.upto(12, n * 4 + j, 61)) end,
  case when is_done then 'Completed' else 'InProgress' end,
  timestamptz '2026-08-20 15:00Z' + pg_temp.roll(n * 4 + j, 62) * interval '30 days'
from volume,
  generate_series(1, students) as n,
  generate_series(1, 4) as j,
  lateral (select pg_temp.roll(n * 4 + j, 60) < 0.9 as is_done) as stage;

insert into gradebook_assessment_result (id, student_id, score_date, report_url)
select
  md5('result/' || n || '/' || j)::uuid,
  pg_temp.id('student', n),
  date '2026-05-11' + (j * 120 + n % 10)::int,
  case when n % 11 <> 0 then 'https://reports.volume.example/' || n || '/' || j end
from volume, generate_series(1, students) as n, generate_series(0, 1) as j;

insert into clr_achievement_credential (id, achievement_id, credential_subject_id, result_value, awarded_date)
select
  md5('credential/' || n || '/' || j)::uuid,
  md5('achievement/' || pg_temp.upto(1000, n * 10 + j, 63))::uuid,
  pg_temp.id('student', n),
  round(pg_temp.roll(n * 10 + j, 64)::numeric, 4),
  timestamptz '2026-08-17 16:00Z' + (j - pg_temp.roll(n, 65)) * interval '9 days'
from volume, generate_series(1, 10) as j, generate_series(1, students) as n
order by j, n;

insert into insights_recommendation (id, user_id, type, source, content, source_reference_id, title, visibility, generated_at, delivered_at, feedback_sentiment, feedback_at)
select
  pg_temp.id('recommendation', r),
  pg_temp.id('student', n),
  'daily-coaching',
  case when r % 5 = 0 then 'manual' else 'vault-agent' end,
  'Take the first session of the day for the subject that you like least.',
  'run-' || r,
  'Begin early',
  case when r % 8 = 0 then 'internal' else 'student' end,
  generated_at,
  case when r % 4 <> 0 then generated_at + interval '3 hours' end,
  case when r % 8 = 1 then 'POSITIVE' when r % 8 = 2 then 'NEGATIVE' end,
  case when r % 8 in (1, 2) then generated_at + interval '4 hours' end
from volume,
  generate_series(1, 4) as j,
  generate_series(1, students) as n,
  lateral (select
      (j - 1) * students + n as r,
      timestamptz '2026-08-18 06:00Z' + (j - 1 + n / students::float8) * interval '20 days' as generated_at
    ) as made
order by r;

-- step: clearing away

drop table volume_insight, volume_insight_type, volume_session, volume_resource;
drop function pg_temp.school, pg_temp.upto, pg_temp.roll, pg_temp.id;
