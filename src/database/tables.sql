-- The source tables under the views: the part of a platform's transactional database that the views read.
-- Every reference is indexed; the other indexes each serve an order or a look-up that the views make possible. Lists of a
-- whole view, and those of what happened to one parent, read the rows with a value first (`desc`); the other lists of one parent
-- are sorted in one go (`desc nulls last`).

-- Roster

create table one_roster_organization (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  type text not null,
  identifier text,
  parent_id uuid references one_roster_organization,
  status text not null default 'active' check (status in ('active', 'inactive', 'tobedeleted'))
);
create index on one_roster_organization (parent_id);
create index on one_roster_organization (type, name, id);

create table one_roster_user (
  id uuid primary key default gen_random_uuid(),
  given_name text not null,
  family_name text not null,
  email text
);
-- Not citext: the extension is absent from many installations.
create unique index on one_roster_user (lower(email));
-- The order of lists of students.
create index on one_roster_user ((trim(given_name || ' ' || family_name)) collate "und-x-icu", id);

create table one_roster_role (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references one_roster_user,
  org_id uuid not null references one_roster_organization,
  role text not null,
  role_type text not null check (role_type in ('primary', 'secondary')),
  begin_date date,
  end_date date,
  admission_date date,
  status text not null default 'active' check (status in ('active', 'inactive', 'tobedeleted'))
);
-- Every scoped row asks for the current roles of a person: both ways are answered without a visit to the table. The
-- second column is no key of either index, else a look-up would search once for each organisation of the caller.
create index on one_roster_role (user_id) include (org_id, role, status, end_date);
create index on one_roster_role (org_id) include (user_id, role, status, end_date);

create table one_roster_user_agent (
  id uuid primary key default gen_random_uuid(),
  source_user_id uuid not null references one_roster_user,
  agent_user_id uuid not null references one_roster_user,
  relationship_type text not null,
  status text not null default 'active' check (status in ('active', 'inactive', 'tobedeleted')),
  begin_date date,
  end_date date,
  date_created timestamptz not null,
  date_last_modified timestamptz not null
);
create unique index on one_roster_user_agent (source_user_id, agent_user_id, relationship_type) where end_date is null;
create index on one_roster_user_agent (source_user_id, begin_date desc nulls last);
create index on one_roster_user_agent (agent_user_id, begin_date desc nulls last);

create table one_roster_course (
  id uuid primary key default gen_random_uuid(),
  title text
);

create table one_roster_class (
  id uuid primary key default gen_random_uuid(),
  title text,
  class_code text,
  class_type text check (class_type in ('homeroom', 'scheduled')),
  -- No reference: a class may outlive its course, or name one that never arrived.
  course_id uuid,
  school_id uuid references one_roster_organization,
  status text not null default 'active' check (status in ('active', 'inactive', 'tobedeleted'))
);
create index on one_roster_class (course_id);
create index on one_roster_class (school_id, title, id);
create index on one_roster_class (title, id);

create table one_roster_enrollment (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references one_roster_user,
  class_id uuid not null references one_roster_class,
  role text not null,
  "primary" boolean,
  begin_date date,
  end_date date,
  status text not null default 'active' check (status in ('active', 'inactive', 'tobedeleted'))
);
create index on one_roster_enrollment (user_id, begin_date desc nulls last, id);
create index on one_roster_enrollment (class_id, begin_date desc nulls last, id);
create index on one_roster_enrollment (begin_date desc, id);

-- Standards, grades and placement

create table placement_grade (
  id uuid primary key default gen_random_uuid(),
  grade_primary_identifier text not null,
  label text not null,
  order_number int not null unique
);

create table cf_document (
  identifier uuid primary key default gen_random_uuid()
);

create table cf_subject (
  identifier uuid primary key default gen_random_uuid(),
  title text not null,
  hierarchy_code text not null,
  description text
);

create table cf_item (
  identifier uuid primary key default gen_random_uuid(),
  full_statement text,
  human_coding_scheme text,
  item_type text,
  cf_document_id uuid references cf_document
);
create index on cf_item (cf_document_id);
create index on cf_item (human_coding_scheme, identifier);

create table cf_item_subject (
  cf_item_id uuid not null references cf_item,
  subject_id uuid not null references cf_subject,
  primary key (cf_item_id, subject_id)
);
create index on cf_item_subject (subject_id);

create table one_roster_class_subject (
  class_id uuid not null references one_roster_class,
  subject_id uuid references cf_subject
);
create index on one_roster_class_subject (class_id, subject_id);
create index on one_roster_class_subject (subject_id);

create table one_roster_class_grade (
  class_id uuid not null references one_roster_class,
  placement_grade_id uuid references placement_grade
);
create index on one_roster_class_grade (class_id, placement_grade_id);
create index on one_roster_class_grade (placement_grade_id);

create table placement_student_subject_placement (
  id uuid primary key default gen_random_uuid(),
  student_id uuid not null references one_roster_user,
  subject_id uuid not null references cf_subject,
  grade_id uuid references placement_grade,
  status text not null default 'NotStarted' check (status in ('NotStarted', 'InProgress', 'Completed')),
  date_last_modified timestamptz,
  unique (student_id, subject_id)
);
create index on placement_student_subject_placement (subject_id);
create index on placement_student_subject_placement (grade_id);
create index on placement_student_subject_placement (date_last_modified desc, student_id, subject_id);

create table gradebook_assessment_result (
  id uuid primary key default gen_random_uuid(),
  student_id uuid not null references one_roster_user,
  score_date date,
  report_url text,
  status text not null default 'active' check (status in ('active', 'inactive', 'tobedeleted'))
);
create index on gradebook_assessment_result (student_id, score_date);

-- Learning apps

create table lti_application (
  id uuid primary key default gen_random_uuid(),
  name text not null unique,
  application_type text
);

create table lti_application_curriculum_scope (
  lti_application_id uuid not null references lti_application,
  cf_document_id uuid not null references cf_document,
  primary key (lti_application_id, cf_document_id)
);
create index on lti_application_curriculum_scope (cf_document_id, lti_application_id);

create table lti_application_subject (
  lti_application_id uuid not null references lti_application,
  subject_title text not null,
  primary key (lti_application_id, subject_title)
);
create index on lti_application_subject (subject_title);

-- Mastery

create table clr_achievement (
  id uuid primary key default gen_random_uuid(),
  achievement_type text not null,
  cf_item_id uuid references cf_item
);
create index on clr_achievement (cf_item_id);

create table clr_achievement_credential (
  id uuid primary key default gen_random_uuid(),
  achievement_id uuid not null references clr_achievement,
  credential_subject_id uuid not null references one_roster_user,
  result_value numeric check (result_value between 0 and 1),
  awarded_date timestamptz
);
create index on clr_achievement_credential (achievement_id);
create index on clr_achievement_credential (credential_subject_id, awarded_date desc nulls last);
create index on clr_achievement_credential (awarded_date desc);

-- Learning resources

create table caliper_entity (
  id text primary key,
  name text,
  description text
);

create table caliper_assignable_digital_resource (
  id text primary key references caliper_entity,
  media_type text
);
create index on caliper_assignable_digital_resource (media_type);

create table caliper_assessment (
  id text primary key references caliper_entity
);

create table caliper_assessment_item (
  id text primary key references caliper_entity,
  media_type text
);

create table caliper_resource_relation (
  id uuid primary key default gen_random_uuid(),
  -- No references: either end may name a resource that was never delivered, or was removed.
  source_id text not null,
  destination_id text not null,
  relationship_type text not null,
  item_order int
);
create index on caliper_resource_relation (source_id, relationship_type, destination_id);
create index on caliper_resource_relation (destination_id, relationship_type, source_id);

-- Sessions and attempts

create table caliper_session (
  id text primary key,
  user_id uuid references one_roster_user,
  client_id text,
  started_at_time timestamptz,
  ended_at_time timestamptz,
  check (ended_at_time >= started_at_time)
);
-- A student's sessions, and the newest of all, are read without a visit to the table: what is not in scope is passed over there.
create index on caliper_session (user_id, started_at_time desc, id) include (ended_at_time, client_id);
create index on caliper_session (started_at_time desc, id) include (ended_at_time, client_id, user_id);
create index on caliper_session (client_id, started_at_time desc, id);
-- The sessions of a day, newest first.
create index on caliper_session (((started_at_time at time zone 'UTC')::date), started_at_time desc, id);

create table caliper_attempt (
  id text primary key,
  assignee_id uuid not null references one_roster_user,
  assignable_id text not null,
  started_at_time timestamptz,
  ended_at_time timestamptz,
  duration interval
);
-- The first attempt of a student on a resource is one step into this index.
create index on caliper_attempt (assignee_id, assignable_id, started_at_time, ended_at_time, id);
create index on caliper_attempt (assignee_id, started_at_time desc);
create index on caliper_attempt (assignable_id, started_at_time desc);
create index on caliper_attempt (started_at_time desc);
create index on caliper_attempt (((started_at_time at time zone 'UTC')::date), started_at_time desc);

create table caliper_score (
  attempt_id text primary key references caliper_attempt,
  score_given numeric,
  max_score numeric
);

create table caliper_event (
  id text primary key,
  attempt_id text references caliper_attempt,
  session_id text references caliper_session,
  event_time timestamptz
);
create index on caliper_event (attempt_id, event_time, id);
create index on caliper_event (session_id);

-- Insights

create table insights_type (
  id uuid primary key default gen_random_uuid(),
  slug text not null unique,
  category text not null,
  visibility text not null check (visibility in ('external', 'internal')),
  is_waste boolean not null
);

create table insights_config (
  insight_type_id uuid primary key references insights_type,
  requires_review boolean not null
);

create table insights_session (
  id uuid primary key default gen_random_uuid(),
  caliper_session_id text not null references caliper_session,
  user_id uuid not null references one_roster_user,
  application_id uuid not null references lti_application,
  webcam_enabled boolean,
  is_proctored boolean,
  unique (caliper_session_id) include (id, user_id, webcam_enabled, is_proctored)
);
create index on insights_session (user_id) include (id);
create index on insights_session (application_id);

create table insights_insight (
  id uuid primary key default gen_random_uuid(),
  session_id uuid not null references insights_session,
  insight_type_id uuid not null references insights_type,
  started_at_time timestamptz not null,
  ended_at_time timestamptz not null,
  reason text not null,
  is_visible boolean not null,
  check (ended_at_time >= started_at_time)
);
create index on insights_insight (session_id, started_at_time desc) include (ended_at_time, insight_type_id, is_visible, id);
create index on insights_insight (insight_type_id, started_at_time desc, id);
create index on insights_insight (started_at_time desc);

create table insights_review (
  insight_id uuid primary key references insights_insight,
  result text not null check (result in ('TruePositive', 'FalsePositive'))
);

create table insights_recommendation (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references one_roster_user,
  type text not null,
  source text not null,
  content text not null,
  source_reference_id text,
  title text,
  visibility text not null check (visibility in ('internal', 'student')),
  generated_at timestamptz not null,
  delivered_at timestamptz,
  feedback_sentiment text check (feedback_sentiment in ('POSITIVE', 'NEGATIVE')),
  feedback_text text,
  feedback_at timestamptz
);
create index on insights_recommendation (user_id, generated_at desc, id);
create index on insights_recommendation (generated_at desc, id);

-- Experience points

create table tb_xp_ledger (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references one_roster_user,
  application_id uuid not null references lti_application,
  event_id text references caliper_event,
  value numeric not null,
  date_created timestamptz
);
create index on tb_xp_ledger (user_id, date_created desc nulls last);
create index on tb_xp_ledger (application_id);
create index on tb_xp_ledger (event_id);
-- By days, as they are added up.
create index on tb_xp_ledger (((date_created at time zone 'UTC')::date) desc, user_id);
