/**
 * Ways to break the views, each of which some rule forbids: what to take out of a view's SQL, and what to put in its place.
 * `mutants.ts` tries them one by one.
 */
export type Breakage = readonly [from: string, to: string, where?: 'everywhere'];

const status = " <> 'tobedeleted'";
const seconds = 'round(extract(epoch from q.ended_at_time - q.started_at_time))';
const lasting = 'round(extract(epoch from i.ended_at_time - i.started_at_time))';
const engagement = "select id from insights_type where category = 'Engagement'";
const titled = ['named.title', 'named.id as title'] as const;

/** What every view that filters itself has in common. */
export const scopeBreakages: readonly Breakage[] = [
  [' with (security_barrier)', ''],
  ['select distinct m.org_id', 'select m.org_id'],
  ['    order by m.org_id\n', '    order by m.org_id desc\n'],
  ['m.org_id\n    from memberships_in_scope m\n', 'm.org_id\n    from current_memberships m\n'],
];

/** The views that find the rows of few people in one way, and of many in another: one of the two left open, or closed. */
function divided(person: string, people = 'few', many = `(select ids is null from ${people})`): Breakage[] {
  const few = `${person} = any ((select ids from ${people})::uuid[])`;
  return [
    [few, 'true'],
    [few, 'false'],
    [many, 'true'],
    [many, 'false'],
  ];
}

/** The same of a scope so wide that each person is looked up. */
function lookedUp(person: string, indent: string): Breakage[] {
  const among = (memberships: string) =>
    `from ${memberships} m\n${indent}where m.user_id = ${person}\n${indent}offset 0`;
  return [
    [among('memberships_in_scope'), among('current_memberships')],
    ['then exists (', 'then not exists ('],
  ];
}

export const breakages: Readonly<Record<string, readonly Breakage[]>> = {
  students: [
    ["r.role = 'student'", "r.role in ('student', 'teacher')"],
    [`and r.status${status}`, ''],
    [`r.status${status}`, "r.status = 'active'"],
    [`r.status${status}`, 'r.end_date is null'],
    ["u.given_name || ' ' || u.family_name) as name", 'u.given_name || u.family_name) as name'],
    ["trim(u.given_name || ' ' || u.family_name) as name", "u.given_name || ' ' || u.family_name as name"],
    ['u.email', 'lower(u.email) as email'],
    ['from one_roster_role r\n', 'from one_roster_enrollment r\n'],
    ...lookedUp('u.id', '          '),
  ],
  guides: [
    ...lookedUp('u.id', '      '),
    ["('teacher', 'principal')", "('teacher', 'principal', 'aide')"],
    ["('teacher', 'principal')", "('teacher')"],
    [`and r.status${status}`, ''],
    [`r.status${status}`, "r.status = 'active'"],
    ['u.email', "coalesce(u.email, '') as email"],
    ["trim(u.given_name || ' ' || u.family_name)", "u.given_name || ' ' || u.family_name"],
  ],
  student_guides: [
    ["('teacher', 'principal')", "('teacher', 'principal', 'parent')"],
    ["('teacher', 'principal')", "('teacher')"],
    ['where bond.relationship_type', "where bond.status = 'active' and bond.relationship_type"],
    ['where bond.relationship_type', 'where bond.end_date is null and bond.relationship_type'],
    ['  a.begin_date,', '  coalesce(a.begin_date, a.date_created::date) as begin_date,'],
    ['  a.end_date,', '  coalesce(a.end_date, a.date_last_modified::date) as end_date,'],
    ['a.date_created as', 'a.date_last_modified as'],
    ['a.date_last_modified as', 'a.date_created as'],
    ['    where m.user_id = a.source_user_id\n    order', '    where m.user_id = a.agent_user_id\n    order'],
    ['where m.user_id = bond.source_user_id', 'where m.user_id = bond.agent_user_id'],
    ['where student.id = a.source_user_id', 'where student.id = a.agent_user_id'],
    ['where guide.id = a.agent_user_id', 'where guide.id = a.source_user_id'],
    ["trim(student.given_name || ' ' || student.family_name)", "student.given_name || ' ' || student.family_name"],
    ["trim(guide.given_name || ' ' || guide.family_name)", "guide.given_name || ' ' || guide.family_name"],
    ['select\n  a.source', 'select distinct\n  a.source'],
  ],
  schools: [
    ["where o.type = 'school'", 'where true'],
    ["where o.type = 'school'", "where o.type = 'school' and o.status = 'active'"],
    ['left join one_roster_organization parent', 'join one_roster_organization parent'],
    ['on parent.id = o.parent_id', "on parent.id = o.parent_id and parent.type = 'district'"],
    ['count(distinct l.student_id)', 'count(l.student_id)'],
    [
      'where l.school_id = o.id',
      'where l.school_id = o.id or l.school_id in (select c.id from one_roster_organization c where c.parent_id = o.id)',
    ],
    ['where l.school_id = o.id', 'where l.school_id = o.id and l.end_date is null'],
    ['o.identifier', "coalesce(o.identifier, '') as identifier"],
  ],
  student_schools: [
    ['select distinct\n    l.student_id', 'select\n    l.student_id'],
    [
      '  from school_links l\n',
      '  from (select distinct on (student_id, school_id, link_kind) * from school_links) l\n',
    ],
    ['  l.link_kind,\n  l.begin_date', "  'primary_role' as link_kind,\n  l.begin_date"],
    ['  from school_links l\n', '  from (select * from school_links where end_date is null) l\n'],
    ['  from school_links l\n', "  from (select * from school_links where link_kind <> 'enrollment') l\n"],
  ],
  school_usage_stats: [
    ["where o.type = 'school'", 'where true'],
    ['count(distinct l.student_id)', 'count(l.student_id)'],
    ['(\n    select count', '(\n    select 0 * (select cardinality(org_ids) from caller_scope) + count'],
    [
      'sum(round(extract(epoch from s.ended_at_time - s.started_at_time)))',
      'round(sum(extract(epoch from s.ended_at_time - s.started_at_time)))',
    ],
    ['coalesce(sum(used.seconds), 0)', 'sum(used.seconds)'],
    ['s.ended_at_time - s.started_at_time', 'coalesce(s.ended_at_time, now()) - s.started_at_time'],
    ['where s.user_id = student.student_id', 'where true'],
    ['select distinct l.student_id', 'select l.student_id', 'everywhere'],
    ['coalesce(sum(wasted.seconds), 0)', 'sum(wasted.seconds)'],
    ['        and q.is_waste\n', ''],
    [`sum(${seconds})`, 'round(sum(extract(epoch from q.ended_at_time - q.started_at_time)))'],
    ['where i.user_id = student.student_id\n        and', 'where'],
    [
      'join qualifying_insights q on q.insights_session_id = i.id',
      'join (select v.*, v.session_id as insights_session_id, t.is_waste from insights_insight v join insights_type t on t.id = v.insight_type_id) q on q.insights_session_id = i.id',
    ],
  ],
  student_start_dates: [
    ...lookedUp('person.id', '        '),
    ["r.role_type = 'primary'), min(r.admission_date))", "r.role_type = 'primary'), null)"],
    [
      "coalesce(min(r.admission_date) filter (where r.role_type = 'primary'), min(r.admission_date))",
      'min(r.admission_date)',
    ],
    [
      "filter (where r.role_type = 'primary'), min(r.admission_date)",
      "filter (where r.role_type = 'primary'), min(r.begin_date)",
    ],
    ['coalesce(min(r.admission_date) filter', 'coalesce(max(r.admission_date) filter'],
    ["          where o.type = 'school'\n", ''],
    [
      "        and r.role = 'student'\n        and r.status <> 'tobedeleted'\n        -- `is true`",
      "        and r.status <> 'tobedeleted'\n        -- `is true`",
    ],
    ["        and r.status <> 'tobedeleted'\n        -- `is true`", '        -- `is true`'],
    [
      "        and r.status <> 'tobedeleted'\n        -- `is true`",
      "        and r.status = 'active'\n        -- `is true`",
    ],
    ["      and e.role = 'student'\n", ''],
    [`      and e.status${status}`, ''],
    [`      and e.status${status}`, "      and e.status = 'active'"],
    ['select min(e.begin_date)', 'select max(e.begin_date)'],
    ["      and a.status = 'active'\n", ''],
    ["      and a.report_url ~ '\\S'", ''],
    ["a.report_url ~ '\\S'", 'a.report_url is not null'],
    ['select min(a.score_date)', 'select max(a.score_date)'],
    [`        and r.status${status}\n    )`, '    )'],
    [`        and r.status${status}\n    )`, "        and r.status = 'active'\n        and r.end_date is null\n    )"],
  ],
  students_enrollments: [
    ['select distinct\n      r.user_id', 'select\n      r.user_id'],
    ["r.role = 'student'", 'true'],
    [`    and r.status${status}`, ''],
    [`r.status${status}`, "r.status = 'active'"],
    ["where r.role = 'student'", "where r.role = 'student' and o.type = 'school'"],
    ["where r.role = 'student'", "where r.role = 'student' and r.role_type = 'primary'"],
    ["where r.role = 'student'", "where r.role = 'student' and r.end_date is null"],
  ],
  classes: [
    ['left join one_roster_course', 'join one_roster_course'],
    ['left join one_roster_organization', 'join one_roster_organization'],
    ['select distinct s.subject_id', 'select s.subject_id'],
    ['      and s.subject_id is not null\n', ''],
    ['order by s.subject_id', 'order by s.subject_id desc'],
    ['where s.class_id = c.id', 'where true'],
    ['select distinct g.placement_grade_id', 'select g.placement_grade_id'],
    ['      and g.placement_grade_id is not null\n', ''],
    ['order by g.placement_grade_id', 'order by g.placement_grade_id desc'],
    ['where g.class_id = c.id', 'where true'],
    ['  c.title,', "  coalesce(c.title, 'N/A') as title,"],
    ['from one_roster_class c\n', "from (select * from one_roster_class where status = 'active') c\n"],
    ['on school.id = c.school_id', "on school.id = c.school_id and school.type = 'school'"],
  ],
  class_enrollments: [
    ["where e.role = 'student'", ''],
    ["where e.role = 'student'", "where e.role = 'student' and e.status <> 'tobedeleted'"],
    ["where e.role = 'student'", "where e.role = 'student' and e.end_date is null"],
    ["case when c.title ~ '\\S' then c.title else 'N/A' end", 'c.title'],
    ["case when c.title ~ '\\S' then c.title else 'N/A' end", "coalesce(c.title, 'N/A')"],
    ['then c.title else', 'then trim(c.title) else'],
    ['left join one_roster_course', 'join one_roster_course'],
    ['left join one_roster_organization', 'join one_roster_organization'],
    ['  c.course_id,', '  course.id as course_id,'],
    ['coalesce(e."primary", false)', 'e."primary"'],
    ['select distinct s.subject_id', 'select s.subject_id'],
    ['      and s.subject_id is not null\n', ''],
    ['order by s.subject_id', 'order by s.subject_id desc'],
    ['select distinct g.placement_grade_id', 'select g.placement_grade_id'],
    ['      and g.placement_grade_id is not null\n', ''],
    ['order by g.placement_grade_id', 'order by g.placement_grade_id desc'],
    ['where s.class_id = e.class_id', 'where true'],
    ['where g.class_id = e.class_id', 'where true'],
    ['  e.status,', '  c.status,'],
  ],
  course_enrollments: [
    ["where e.role = 'student'\n    and", 'where'],
    [`    and e.status${status}\n`, ''],
    [`e.status${status}`, "e.status = 'active'"],
    ['    and c.course_id is not null\n', ''],
    [') taken;', ') taken\njoin one_roster_course known on known.id = taken.course_id;'],
    ['min(e.begin_date)', 'max(e.begin_date)'],
    ['case when not bool_or(e.end_date is null) then max(e.end_date) end', 'max(e.end_date)'],
    ['then max(e.end_date)', 'then min(e.end_date)'],
    ['bool_or(e."primary")', 'bool_and(e."primary")'],
    ['bool_or(e."primary")', 'bool_or(coalesce(e."primary", false))'],
    ['array_agg(distinct c.id)', 'array_agg(c.id)'],
    ['array_agg(distinct c.school_id)', 'array_agg(c.school_id)'],
    [' filter (where c.school_id is not null)', ''],
    [
      "coalesce(array_agg(distinct c.school_id) filter (where c.school_id is not null), '{}')",
      'array_agg(distinct c.school_id) filter (where c.school_id is not null)',
    ],
    ['select distinct s.subject_id', 'select s.subject_id'],
    ['      and s.subject_id is not null\n', ''],
    ['order by s.subject_id', 'order by s.subject_id desc'],
    [
      's.class_id = any (taken.class_ids)',
      's.class_id in (select id from one_roster_class k where k.course_id = taken.course_id)',
    ],
    ["where e.role = 'student'\n", "where e.role = 'student'\n    and c.status <> 'tobedeleted'\n"],
  ],
  placement_results: [
    ["case when p.status = 'Completed' then p.grade_id end", 'p.grade_id'],
    ["p.status = 'Completed' then", "p.status <> 'NotStarted' then"],
    [
      'from placement_student_subject_placement p\n',
      "from (select * from placement_student_subject_placement where status <> 'NotStarted') p\n",
    ],
    ['p.date_last_modified as', 'coalesce(p.date_last_modified, now()) as'],
    ['p.date_last_modified as', "date_trunc('second', p.date_last_modified) as"],
    [
      'select is_unrestricted or exists (select from memberships_in_scope)',
      'select exists (select from memberships_in_scope)',
    ],
  ],
  students_mastery: [
    ["('StandardMastery', 'CurriculumMastery')", "('StandardMastery')"],
    ["        and mastered.achievement_type in ('StandardMastery', 'CurriculumMastery')\n", ''],
    [
      "('StandardMastery', 'CurriculumMastery')",
      "('StandardMastery', 'CurriculumMastery') and mastered.cf_item_id is not null",
    ],
    ['round(c.result_value * 100, 2)', 'round(coalesce(c.result_value, 0) * 100, 2)'],
    ['round(c.result_value * 100, 2)', 'round(c.result_value * 100)'],
    ['round(c.result_value * 100, 2)', 'round((c.result_value * 100)::float8 * 100)::numeric / 100'],
    ['round(c.result_value * 100, 2)', 'nullif(round(c.result_value * 100, 2), 0)'],
    ['c.awarded_date as', 'coalesce(c.awarded_date, now()) as'],
    ['    order by s.lti_application_id\n', '    order by s.lti_application_id desc\n'],
    ['s.cf_document_id = i.cf_document_id', 'true'],
    ['i.identifier = a.cf_item_id', 'true'],
    ['a on a.id = c.achievement_id\n', 'a on true\n'],
    [
      'from clr_achievement_credential c\n',
      'from (select distinct on (credential_subject_id, achievement_id) * from clr_achievement_credential) c\n',
    ],
    [
      'select is_unrestricted or exists (select from memberships_in_scope)',
      'select exists (select from memberships_in_scope)',
    ],
  ],

  sessions: [
    ["(s.started_at_time at time zone 'UTC')::date", 's.started_at_time::date'],
    ["(s.started_at_time at time zone 'UTC')::date", "(s.ended_at_time at time zone 'UTC')::date"],
    [
      'round(extract(epoch from s.ended_at_time - s.started_at_time))',
      'extract(epoch from s.ended_at_time - s.started_at_time)',
    ],
    [
      'round(extract(epoch from s.ended_at_time - s.started_at_time))',
      'coalesce(round(extract(epoch from s.ended_at_time - s.started_at_time)), 0)',
    ],
    ['s.client_id as', "coalesce(s.client_id, '') as"],
    [
      'from caliper_session every\n',
      'from (select * from caliper_session where ended_at_time is not null) every\n',
      'everywhere',
    ],
    [
      'from caliper_session every\n',
      "from (select * from caliper_session z where user_id is null or exists (select from one_roster_role r where r.user_id = z.user_id and r.role = 'student')) every\n",
      'everywhere',
    ],
    [
      '    from caliper_session\n',
      "    from (select * from caliper_session z where exists (select from one_roster_role r where r.user_id = z.user_id and r.role = 'student')) pupils\n",
    ],
    [') recording\n', ') recording join insights_session n on n.caliper_session_id = s.id\n'],
    ['array[i.webcam_enabled, i.is_proctored]', 'array[i.is_proctored, i.webcam_enabled]'],
    ['array[i.webcam_enabled, i.is_proctored]', 'array[i.webcam_enabled, i.webcam_enabled]'],
    ['    from caliper_session\n', '    from (select * from caliper_session where ended_at_time is not null) ended\n'],
    ...divided('user_id', 'reach', '(select ids is null and not is_wide from reach)'),
    ['(select ids is null and not is_wide from reach)', '(select ids is null from reach)'],
    ['(select is_wide from reach)', 'true'],
    ['(select is_wide from reach)', 'false'],
    [
      '      from memberships_in_scope m\n      where m.user_id = every',
      '      from current_memberships m\n      where m.user_id = every',
    ],
    ['      limit 1\n    ) somebody_in_scope', '    ) somebody_in_scope'],
  ],
  attempts: [
    ["(a.started_at_time at time zone 'UTC')::date", 'a.started_at_time::date'],
    [
      'coalesce(a.duration, a.ended_at_time - a.started_at_time)',
      'coalesce(a.ended_at_time - a.started_at_time, a.duration)',
    ],
    [
      'coalesce(a.duration, a.ended_at_time - a.started_at_time)',
      "coalesce(nullif(a.duration, interval '0'), a.ended_at_time - a.started_at_time)",
    ],
    ['coalesce(a.duration, a.ended_at_time - a.started_at_time)', 'a.ended_at_time - a.started_at_time'],
    ['when score.score_given is not null then', 'when true then'],
    ['score.score_given = score.max_score, false', 'score.score_given = score.max_score, null'],
    ['score.score_given = score.max_score', 'score.score_given > 0'],
    ['          first.started_at_time nulls last,\n', ''],
    ['          first.started_at_time nulls last,\n', '          first.started_at_time nulls first,\n'],
    ['          first.ended_at_time nulls last,\n', ''],
    ['          first.ended_at_time nulls last,\n', '          first.ended_at_time nulls first,\n'],
    ['          first.id\n        limit', '          first.id desc\n        limit'],
    ['          and first.assignable_id = attempt.assignable_id\n', ''],
    ['where first.assignee_id = attempt.assignee_id\n          and', 'where'],
    ['left join caliper_event e on', 'join caliper_event e on'],
    ['    and carrier.session_id is not null\n', ''],
    ['      carrier.event_time nulls last,\n', ''],
    ['      carrier.event_time nulls last,\n', '      carrier.event_time nulls first,\n'],
    ['      carrier.id\n', '      carrier.id desc\n'],
    [
      'from caliper_score score\n',
      'from caliper_score score join caliper_assessment_item q on q.id = a.assignable_id\n',
    ],
  ],
  aggregated_session_attempts: [
    ["(min(a.started_at_time) at time zone 'UTC')::date", 'min(a.started_at_time)::date'],
    ['min(a.started_at_time)', 'max(a.started_at_time)'],
    ['count(a.score_given)::int', 'count(*)::int'],
    ['count(a.score_given)::int', 'count(a.max_score)::int'],
    ['a.score_given = a.max_score', 'a.score_given > 0'],
    ['where a.score_given is not null\n        or', 'where'],
    ['where a.score_given is not null\n        or (', 'where a.score_given is not null\n        and ('],
    ['avg(extract(epoch from a.length))', 'avg(round(extract(epoch from a.length)))'],
    ['avg(extract(epoch from a.length))', 'avg(coalesce(extract(epoch from a.length), 0))'],
    ['round(\n    avg(', '(\n    avg('],
    ...divided('student_id'),
    ['and not (select is_unrestricted from caller_scope)', ''],
    ['and not (select is_unrestricted from caller_scope)', 'and false'],
    ['where (select is_unrestricted from caller_scope)', 'where true'],
    ['where (select is_unrestricted from caller_scope)', 'where false'],
    [
      '      select m.user_id\n      from memberships_in_scope m',
      '      select m.user_id\n      from current_memberships m',
    ],
  ],
  student_journals: [
    ["t.slug = 'Journal'", "t.category = 'Journal'"],
    ["  and t.visibility = 'external'\n", ''],
    ['where t.slug', 'where i.is_visible and t.slug'],
    ["(i.started_at_time at time zone 'UTC')::date", 'i.started_at_time::date'],
    ["(i.started_at_time at time zone 'UTC')::date", "(i.ended_at_time at time zone 'UTC')::date"],
    ['i.started_at_time as', 'i.ended_at_time as'],
    [
      's.user_id as student_id',
      '(select c.user_id from caliper_session c where c.id = s.caliper_session_id) as student_id',
    ],
    ['s.application_id as', '(select c.client_id::uuid from caliper_session c where c.id = s.caliper_session_id) as'],
    ['from insights_insight i\n', 'from (select distinct on (session_id) * from insights_insight) i\n'],
    [
      'from insights_insight i\n',
      'from (select v.* from insights_insight v left join insights_config f using (insight_type_id) left join insights_review w on w.insight_id = v.id where f.requires_review is not true or w.insight_id is not null) i\n',
    ],
  ],
  students_xp: [
    ['sum(x.value) as', 'round(sum(x.value)) as'],
    ['sum(x.value) as', 'sum(greatest(x.value, 0)) as'],
    [') x\ngroup', ') x\nwhere x.value > 0\ngroup'],
    [') x\ngroup', ') x\nwhere x.date is not null\ngroup'],
    ['  x.session_id,\n  x.date\norder', '  x.session_id,\n  x.date,\n  x.value\norder'],
    [') x\ngroup', ') x\nwhere x.session_id is not null\ngroup'],
    ...divided('student_id'),
  ],

  waste_insights: [
    ['where i.is_waste\n', ''],
    ['where i.is_waste', `where i.is_waste and i.insight_type_id in (${engagement})`],
    ['where i.is_waste', 'where i.is_waste and i.is_proctored'],
    [lasting, 'ceil(extract(epoch from i.ended_at_time - i.started_at_time))'],
    ['where i.is_waste', 'where i.is_waste and i.ended_at_time > i.started_at_time'],
    ['i.slug as', 'i.reason as'],
    ['select\n  round', 'select distinct on (i.started_at_time, i.session_id)\n  round'],
    ...divided('student_id'),
  ],
  cheating_insights: [
    ["category = 'Cheating'", "slug like 'Cheating%'"],
    ["  where category = 'Cheating'\n", ''],
    [') i\norder', ') i\nwhere i.is_proctored\norder'],
    ["category = 'Cheating'", "category = 'Cheating' and not is_waste"],
    ['  i.session_id,\n', '  i.slug as session_id,\n'],
    [lasting, 'extract(epoch from i.ended_at_time - i.started_at_time)'],
    [') i\norder', ') i\nwhere i.ended_at_time > i.started_at_time\norder'],
    ['i.reason as', 'i.slug as'],
    ...divided('student_id'),
  ],
  proctoring_insights: [
    ['where coalesce(i.is_proctored, false)\n', ''],
    ['coalesce(i.is_proctored, false)', 'coalesce(i.is_proctored, true)'],
    ["category = 'Proctoring'", "slug like 'Proctoring%'"],
    ["category = 'Proctoring'", "category in ('Proctoring', 'Cheating')"],
    ["category = 'Proctoring'", "category = 'Proctoring' and not is_waste"],
    [lasting, 'trunc(extract(epoch from i.ended_at_time - i.started_at_time))'],
    ...divided('student_id'),
  ],
  sessions_waste: [
    ...lookedUp('every.user_id', '          '),
    ['    and q.is_waste\n', ''],
    [
      'round(sum(extract(epoch from q.ended_at_time - q.started_at_time)))',
      'sum(round(extract(epoch from q.ended_at_time - q.started_at_time)))',
    ],
    ['where waste.seconds > 0', 'where waste.seconds >= 0'],
    ['and q.is_waste', `and q.is_waste and q.insight_type_id in (${engagement})`],
    [
      'sum(extract(epoch from q.ended_at_time - q.started_at_time))',
      'extract(epoch from max(q.ended_at_time) - min(q.started_at_time))',
    ],
    ['and q.is_waste', 'and s.is_proctored and q.is_waste'],
    ['s.caliper_session_id as session_id', 's.id::text as session_id'],
    ...divided('user_id'),
  ],
  sessions_cheating: [
    ...lookedUp('every.student_id', '            '),
    ["category = 'Cheating'", "category in ('Cheating', 'Proctoring')"],
    ['where covered.seconds > 0', 'where covered.seconds >= 0'],
    [') i\n    group', ') i\n    where i.is_proctored\n    group'],
    [
      'round(sum(extract(epoch from upper(span) - lower(span))))',
      'sum(round(extract(epoch from upper(span) - lower(span))))',
    ],
    [
      'round(sum(extract(epoch from upper(span) - lower(span))))',
      'round(extract(epoch from max(upper(span)) - min(lower(span))))',
    ],
    ['range_agg(tstzrange(', 'array_agg(tstzrange('],
    ["category = 'Cheating'", "category = 'Cheating' and not is_waste"],
    // Found in both ways, an event still counts once.
    ...divided('student_id').filter(([, to], index) => index < 2 || to === 'false'),
  ],
  sessions_proctoring: [
    ["category = 'Proctoring'", "category in ('Cheating', 'Proctoring')"],
    ['and covered.seconds > 0', 'and covered.seconds >= 0'],
    ['where s.is_proctored\n  and', 'where'],
    ['where s.is_proctored', 'where s.is_proctored is not false'],
    [
      'round(sum(extract(epoch from upper(span) - lower(span))))',
      'sum(round(extract(epoch from upper(span) - lower(span))))',
    ],
    [
      'round(sum(extract(epoch from upper(span) - lower(span))))',
      'round(extract(epoch from max(upper(span)) - min(lower(span))))',
    ],
    ['range_agg(tstzrange(', 'array_agg(tstzrange('],
    ["category = 'Proctoring'", "category = 'Proctoring' and not is_waste"],
    ...divided('user_id'),
  ],
  recommendations: [
    ...lookedUp('r.user_id', '      '),
    ["where r.visibility = 'student'\n  and", 'where'],
    ["where r.visibility = 'student'", "where r.visibility = 'student' and r.delivered_at is not null"],
    ["(r.generated_at at time zone 'UTC')::date", 'r.generated_at::date'],
    ["(r.generated_at at time zone 'UTC')::date", "(r.delivered_at at time zone 'UTC')::date"],
    ['  r.title,', "  coalesce(r.title, 'N/A') as title,"],
    ['  r.feedback_text,', '  case when r.feedback_sentiment is not null then r.feedback_text end as feedback_text,'],
    ['  r.feedback_at,', '  coalesce(r.feedback_at, r.delivered_at) as feedback_at,'],
    ['  r.source_reference_id,', '  coalesce(r.source_reference_id, r.id::text) as source_reference_id,'],
  ],

  subjects: [
    ["where resource.media_type = 'curriculum/subject'", ''],
    ["= 'curriculum/subject'", "like 'curriculum/subject%'"],
    ["= 'curriculum/subject'", "in ('curriculum/subject', 'curriculum/course')"],
    titled,
  ],
  courses: [
    ["where resource.media_type = 'curriculum/course'", ''],
    ["= 'curriculum/course'", "like 'curriculum/course%'"],
    ["      and relation.relationship_type = 'isPartOf'\n", ''],
    ["      and subject.media_type = 'curriculum/subject'\n", ''],
    ['      relation.item_order nulls last,\n', ''],
    ['      relation.item_order nulls last,\n', '      relation.item_order nulls first,\n'],
    ['      subject.id\n    limit', '      subject.id desc\n    limit'],
    ['where relation.source_id = resource.id', 'where relation.destination_id = resource.id'],
    ['subject on subject.id = relation.destination_id', 'subject on true'],
    titled,
  ],
  units: [
    ["where resource.media_type = 'curriculum/unit'", ''],
    [
      "where resource.media_type = 'curriculum/unit'",
      "where resource.media_type = 'curriculum/unit' and exists (select from caliper_resource_relation r where r.source_id = resource.id)",
    ],
    ["= 'curriculum/unit'", "like 'curriculum/unit%'"],
    titled,
  ],
  lessons: [
    ["where resource.media_type = 'curriculum/lesson'", ''],
    ["= 'curriculum/lesson'", "like 'curriculum/lesson%'"],
    ["= 'curriculum/lesson'", "in ('curriculum/lesson', 'curriculum/unit')"],
    titled,
  ],
  tests: [
    titled,
    [
      'from caliper_assessment test\n',
      'from (select * from caliper_assessment t where exists (select from caliper_resource_relation r where r.source_id = t.id)) test\n',
    ],
    [
      'from caliper_assessment test\n',
      'from (select * from caliper_assessment t where exists (select from caliper_resource_relation r where r.destination_id = t.id)) test\n',
    ],
  ],
  questions: [
    titled,
    ['question.media_type as', "coalesce(question.media_type, 'N/A') as"],
    [
      'from caliper_assessment_item question\n',
      'from (select * from caliper_assessment_item t where exists (select from caliper_resource_relation r where r.source_id = t.id)) question\n',
    ],
    [
      'from caliper_assessment_item question\n',
      'from (select * from caliper_assessment_item where media_type is not null) question\n',
    ],
  ],
  unit_courses: [
    ["where unit.media_type = 'curriculum/unit'\n  and", 'where'],
    ["\n  and course.media_type = 'curriculum/course'", ''],
    ['unit on unit.id = relation.source_id', 'unit on unit.id = relation.destination_id'],
    ['part_of_relations relation', 'caliper_resource_relation relation'],
    [
      'part_of_relations relation',
      '(select p.source_id, coalesce(g.destination_id, p.destination_id) as destination_id from part_of_relations p left join part_of_relations g on g.source_id = p.destination_id) relation',
    ],
  ],
  test_parents: [
    ['part_of_relations relation', 'caliper_resource_relation relation'],
    [
      'join caliper_assessment test on test.id = relation.source_id',
      'join (select id from caliper_assessment union select id from caliper_assessment_item) test on test.id = relation.source_id',
    ],
    ['parent.media_type as', "coalesce(parent.media_type, 'N/A') as"],
    [
      'parent on parent.id = relation.destination_id',
      "parent on parent.id = relation.destination_id and parent.media_type = 'curriculum/unit'",
    ],
    [
      'parent on parent.id = relation.destination_id',
      'parent on parent.id = relation.destination_id and parent.media_type is not null',
    ],
    [
      'part_of_relations relation',
      '(table part_of_relations union select p.source_id, g.destination_id from part_of_relations p join part_of_relations g on g.source_id = p.destination_id) relation',
    ],
    [
      'test on test.id = relation.source_id\njoin caliper_assignable_digital_resource parent on parent.id = relation.destination_id',
      'test on test.id = relation.destination_id\njoin caliper_assignable_digital_resource parent on parent.id = relation.source_id',
    ],
  ],
  question_tests: [
    ['part_of_relations relation', 'caliper_resource_relation relation'],
    ['test on test.id = relation.destination_id', 'test on true'],
    [
      'part_of_relations relation',
      '(table part_of_relations union select p.source_id, g.destination_id from part_of_relations p join part_of_relations g on g.source_id = p.destination_id) relation',
    ],
    ['join caliper_assessment test', 'join caliper_assignable_digital_resource test'],
    [
      'question on question.id = relation.source_id\njoin caliper_assessment test on test.id = relation.destination_id',
      'question on question.id = relation.destination_id\njoin caliper_assessment test on test.id = relation.source_id',
    ],
    ['select\n  question.id', 'select distinct on (question.id)\n  question.id'],
  ],
  resource_relations: [
    ['where not exists (\n', 'where true or not exists (\n'],
    ['    and twin.item_order is not distinct from relation.item_order\n', ''],
    ['twin.item_order is not distinct from relation.item_order', 'twin.item_order = relation.item_order'],
    ['    and twin.relationship_type = relation.relationship_type\n', ''],
    ['where not exists (\n', "where relation.relationship_type = 'isPartOf' and not exists (\n"],
    ['where not exists (\n', 'where relation.destination_id in (select id from caliper_entity) and not exists (\n'],
    [
      'relation.source_id as source_resource_id,\n  relation.destination_id as',
      'relation.destination_id as source_resource_id,\n  relation.source_id as',
    ],
  ],
  curriculum_items: [
    ['item.full_statement as', 'coalesce(item.full_statement, item.human_coding_scheme) as'],
    ['item.human_coding_scheme as', 'coalesce(item.human_coding_scheme, item.identifier::text) as'],
    ['from cf_item item', 'from (select * from cf_item where cf_document_id is not null) item'],
    ['from cf_item item', "from (select * from cf_item where lower(item_type) is distinct from 'course') item"],
    ['item.item_type as', 'lower(item.item_type) as'],
  ],
  case_courses: [
    ["lower(item.item_type) = 'course'", "item.item_type = 'Course'"],
    ["lower(item.item_type) = 'course'", "item.item_type = 'course'"],
    ["lower(item.item_type) = 'course'", "item.item_type ilike '%course%'"],
    ["lower(item.item_type) = 'course'", 'true'],
    ['item.full_statement as', "coalesce(item.full_statement, 'N/A') as"],
    ['order by link.subject_id', 'order by link.subject_id desc'],
    ['where lower', 'where exists (select from cf_item_subject l where l.cf_item_id = item.identifier) and lower'],
  ],
  case_subjects: [
    ['  subject.description', '  coalesce(subject.description, subject.title) as description'],
    [
      'from cf_subject subject',
      'from (select * from cf_subject s where exists (select from cf_item_subject l where l.subject_id = s.identifier)) subject',
    ],
    ['subject.hierarchy_code', "ltrim(subject.hierarchy_code, '0') as hierarchy_code"],
  ],
  grades: [
    ['grade.grade_primary_identifier as', "ltrim(grade.grade_primary_identifier, '0') as"],
    ['grade.order_number', 'row_number() over (order by grade.grade_primary_identifier) as order_number'],
    [
      'from placement_grade grade',
      'from (select * from placement_grade g where exists (select from one_roster_class_grade c where c.placement_grade_id = g.id)) grade',
    ],
  ],
  learning_apps: [
    ['from lti_application app', "from (select * from lti_application where application_type = 'learning') app"],
    ['from lti_application app', 'from (select * from lti_application where application_type is not null) app'],
    ['  app.name', '  coalesce(app.application_type, app.name) as name'],
  ],
  learning_app_subjects: [
    [
      'from lti_application_subject app_subject',
      'from (select distinct on (lti_application_id) * from lti_application_subject) app_subject',
    ],
    [
      'from lti_application_subject app_subject',
      'from (select * from lti_application_subject s where exists (select from cf_subject c where c.title = s.subject_title)) app_subject',
    ],
    ['app_subject.subject_title', 'lower(app_subject.subject_title) as subject_title'],
  ],
};

/** The pieces that views share, and the views whose rules should notice. */
export const sharedBreakages: Readonly<
  Record<string, { readonly views: readonly string[]; readonly breakages: readonly Breakage[] }>
> = {
  caller_scope: {
    views: ['scope'],
    breakages: [
      ["coalesce(setting = '*', false)", "coalesce(setting like '*%', true)"],
      ["coalesce(setting = '*', false)", "setting like '%*%'"],
      ["when setting = '*' then array(select id from one_roster_organization)", "when setting = '*' then '{}'"],
      ["'{' || setting || '}'", 'setting'],
      ["'{' || setting || '}'", "'{' || split_part(setting, ',', 1) || '}'"],
      ['then setting::uuid[]', "then ('{' || split_part(trim(both '{}' from setting), ',', 1) || '}')::uuid[]"],
      ['octet_length(setting) + 1', 'octet_length(setting)'],
      [
        "current_setting('app.allowed_org_ids', true) as",
        "coalesce(current_setting('app.allowed_org_ids', true), '*') as",
      ],
      [
        "current_setting('app.allowed_org_ids', true) as",
        "coalesce(nullif(current_setting('app.allowed_org_ids', true), ''), '*') as",
      ],
      ["current_setting('app.allowed_org_ids', true)", "current_setting('app.allowed_org_ids')"],
    ],
  },
  current_memberships: {
    views: ['scope'],
    breakages: [
      ["where status = 'active'\n  and", 'where'],
      ["status = 'active'", "status <> 'tobedeleted'"],
      ["  and (end_date is null or end_date > (now() at time zone 'UTC')::date)", ''],
      ['end_date > (now', 'end_date >= (now'],
      ["end_date > (now() at time zone 'UTC')::date", 'false'],
      ["(now() at time zone 'UTC')::date", 'now()::date'],
      [
        "where status = 'active'",
        "where status = 'active' and (begin_date is null or begin_date <= (now() at time zone 'UTC')::date)",
      ],
      ["where status = 'active'", "where status = 'active' and role = 'student'"],
      ["where status = 'active'", "where status = 'active' and role_type = 'primary'"],
      [
        'from one_roster_role\n',
        'from (select r.user_id, r.org_id, r.status, r.end_date from one_roster_role r union all select e.user_id, c.school_id, e.status, e.end_date from one_roster_enrollment e join one_roster_class c on c.id = e.class_id) roles\n',
      ],
    ],
  },
  memberships_in_scope: {
    views: ['scope'],
    breakages: [
      ['where org_id = any ((select org_ids from caller_scope)::uuid[])', ''],
      [
        'where org_id = any',
        'where (select parent_id from one_roster_organization o where o.id = org_id) = any ((select org_ids from caller_scope)::uuid[]) or org_id = any',
      ],
      [
        'where org_id = any',
        'where exists (select from one_roster_organization o where o.parent_id = org_id and o.id = any ((select org_ids from caller_scope)::uuid[])) or org_id = any',
      ],
    ],
  },
  school_links: {
    views: ['student_schools', 'schools', 'school_usage_stats'],
    breakages: [
      ["then 'primary_role' else 'secondary_role'", "then 'primary_role' else 'primary_role'"],
      ["where r.role = 'student'\n  and", 'where'],
      ["  and r.status <> 'tobedeleted'\n", ''],
      ["r.status <> 'tobedeleted'", "r.status = 'active'"],
      ["where e.role = 'student'\n  and", 'where'],
      ["  and e.status <> 'tobedeleted'\n", ''],
      ["e.status <> 'tobedeleted'", "e.status = 'active'"],
      ["  and o.type = 'school'\nunion", 'union'],
      ["  and e.status <> 'tobedeleted'\n  and o.type = 'school'", "  and e.status <> 'tobedeleted'"],
      ["where e.role = 'student'", "where c.status <> 'tobedeleted' and e.role = 'student'"],
    ],
  },
  qualifying_insights: {
    views: ['common', 'waste_insights', 'cheating_insights', 'sessions_waste', 'school_usage_stats'],
    breakages: [
      ["      where t.visibility = 'external'\n", ''],
      ['where i.is_visible\n  and', 'where'],
      ['      where c.requires_review\n', ''],
      ["    ) = 'TruePositive'", "    ) = 'FalsePositive'"],
      ["    ) = 'TruePositive'", "    ) is distinct from 'FalsePositive'"],
      ["    ) = 'TruePositive'", '    ) is not null'],
      ['i.insight_type_id not in (', 'i.insight_type_id in ('],
      ['      where t.is_waste\n', ''],
    ],
  },
  session_insights: {
    views: ['waste_insights', 'proctoring_insights', 'sessions_proctoring'],
    breakages: [
      ['s.caliper_session_id as', 's.id::text as'],
      ['s.user_id as', '(select c.user_id from caliper_session c where c.id = s.caliper_session_id) as'],
      ['s.is_proctored', 's.webcam_enabled as is_proctored'],
    ],
  },
  session_attempts: {
    views: ['aggregated_session_attempts'],
    breakages: [
      ['coalesce(a.duration, a.ended_at_time - a.started_at_time)', 'a.duration'],
      ['coalesce(a.duration, a.ended_at_time - a.started_at_time)', 'a.ended_at_time - a.started_at_time'],
      [
        'coalesce(a.duration, a.ended_at_time - a.started_at_time)',
        'coalesce(a.ended_at_time - a.started_at_time, a.duration)',
      ],
      [
        'coalesce(a.duration, a.ended_at_time - a.started_at_time)',
        "coalesce(a.duration, a.ended_at_time - a.started_at_time, interval '0')",
      ],
      [
        'coalesce(a.duration, a.ended_at_time - a.started_at_time)',
        "coalesce(nullif(a.duration, interval '0'), a.ended_at_time - a.started_at_time)",
      ],
      ['left join caliper_score', 'join caliper_score'],
      ['where e.session_id is not null\n  and', 'where'],
      ['      and earlier.session_id is not null\n', ''],
      ['        earlier.event_time < e.event_time\n        or', '       '],
      ['        or (earlier.event_time is not null and e.event_time is null)\n', ''],
      [
        '(earlier.event_time is not null and e.event_time is null)',
        '(earlier.event_time is null and e.event_time is not null)',
      ],
      ['earlier.event_time < e.event_time', 'earlier.event_time > e.event_time'],
      ['and earlier.id < e.id', 'and earlier.id > e.id'],
      ['        or (earlier.event_time is not distinct from e.event_time and earlier.id < e.id)\n', ''],
      ['earlier.event_time is not distinct from', 'earlier.event_time ='],
    ],
  },
  session_points: {
    views: ['students_xp'],
    breakages: [
      ['left join caliper_event', 'join caliper_event'],
      ['and x.event_id = any (array[e.id])', 'and false'],
      ["(x.date_created at time zone 'UTC')::date", 'x.date_created::date'],
      ['x.date_created', 'e.event_time'],
    ],
  },
  people_if_few: {
    views: ['scope'],
    breakages: [
      ['    when (select is_unrestricted from caller_scope) then null\n', ''],
      ['limit 501', 'limit 500'],
      ["coalesce(array_agg(user_id), '{}')", 'array_agg(user_id)'],
      ['from memberships_in_scope\n', 'from current_memberships\n'],
    ],
  },
  scope_width: {
    views: ['scope'],
    breakages: [
      ['org_count > 50\n  and ', ''],
      ['org_count > 50', 'org_count > 49'],
      ['4 * org_count', 'org_count'],
    ],
  },
  resource_titles: {
    views: ['common'],
    breakages: [
      ["when entity.name ~ '\\S' then entity.name\n", 'when entity.name is not null then entity.name\n'],
      ["when entity.description ~ '\\S'", 'when entity.description is not null'],
      ['then entity.name\n', 'then trim(entity.name)\n'],
      ["else 'N/A'", 'else entity.id'],
      ["    when entity.description ~ '\\S' then entity.description\n", ''],
    ],
  },
  part_of_relations: {
    views: ['question_tests', 'test_parents', 'unit_courses'],
    breakages: [
      ["where relation.relationship_type = 'isPartOf'\n  and", 'where'],
      ["    and twin.relationship_type = 'isPartOf'\n", ''],
      ['and not exists (\n', 'and (true or true) is true or not exists (\n'],
    ],
  },
};
