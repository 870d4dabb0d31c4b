import { beforeEach, describe, expect, it } from 'vitest';
import { views } from '../../schema/views/index.ts';
import { demoReference } from './support/reference.ts';

const { query } = demoReference();

beforeEach(async () => {
  await query("select set_config('app.allowed_org_ids', '*', true)");
});

const none = { missing: 0, surplus: 0 };

/** What one select has and the other has not, copies counted. */
async function difference(one: string, other: string): Promise<object> {
  const [found] = await query(
    `with one as (${one}), other as (${other})
     select
       (select count(*) from one) as rows,
       (select count(*) from (table one except all table other) missing) as missing,
       (select count(*) from (table other except all table one) surplus) as surplus`,
  );
  const { rows, ...rest } = found!;
  if (rows === 0) throw new Error(`Nothing to compare: ${one}`);
  return rest;
}

/** How many rows of the select break the condition. */
async function exceptions(rows: string, condition: string): Promise<unknown> {
  const [found] = await query(
    `select count(*) as rows, count(*) filter (where (${condition}) is not true) as exceptions from (${rows}) r`,
  );
  if (found!['rows'] === 0) throw new Error(`Nothing to look at: ${rows}`);
  return found!['exceptions'];
}

it('cross-1 three views count the students of a school alike', async () => {
  const counts = 'select id, student_count from schools';
  expect(await difference(counts, 'select school_id, student_count from school_usage_stats')).toEqual(none);
  expect(
    await difference(
      `${counts} where student_count > 0`,
      'select school_id, count(distinct student_id) from student_schools group by school_id',
    ),
  ).toEqual(none);
});

it('cross-2 the waste of a session is the sum of its waste insights', async () => {
  const both = `
    select w.session_id, w.waste_duration_sec as total, i.*
    from sessions_waste w
    full join (
      select
        session_id,
        sum(waste_duration_sec) as sum,
        count(*),
        bool_and(mod(extract(epoch from ended_at_time - started_at_time), 1) = 0) as are_whole
      from waste_insights
      group by session_id
    ) i using (session_id)`;
  expect(await exceptions(`select * from (${both}) b where are_whole and sum > 0`, 'total = sum')).toBe(0);
  expect(await exceptions(both, 'abs(coalesce(total, 0) - sum) <= count * 0.5')).toBe(0);
  // A session is missing only if what it sums up to is nothing.
  expect(await exceptions(both, 'total > 0 or sum <= count * 0.5')).toBe(0);
});

it.each(['cheating', 'proctoring'])(
  'cross-3 the %s of a session is at most the sum, and that without overlaps',
  async (kind) => {
    const both = `
    select t.${kind}_duration_sec as total, i.*
    from sessions_${kind} t
    full join (
      select
        session_id,
        sum(duration_sec) as sum,
        count(*),
        bool_and(mod(extract(epoch from ended_at_time - started_at_time), 1) = 0) as are_whole,
        bool_or(overlaps_earlier) as is_overlapping
      from (
        select
          *,
          started_at_time < max(ended_at_time) over (
            partition by session_id
            order by started_at_time, ended_at_time
            rows between unbounded preceding and 1 preceding
          ) as overlaps_earlier
        from ${kind}_insights
      ) insight
      group by session_id
    ) i using (session_id)`;
    expect(await exceptions(both, 'coalesce(total, 0) <= sum + count * 0.5')).toBe(0);
    expect(await exceptions(`select * from (${both}) b where are_whole`, 'coalesce(total, 0) <= sum')).toBe(0);
    expect(
      await exceptions(
        `select * from (${both}) b where is_overlapping is not true`,
        'abs(coalesce(total, 0) - sum) <= count * 0.5',
      ),
    ).toBe(0);
    expect(
      await exceptions(
        `select * from (${both}) b where are_whole and is_overlapping is not true`,
        'coalesce(total, 0) = sum',
      ),
    ).toBe(0);
    expect(await exceptions(`select * from (${both}) b where are_whole and is_overlapping`, 'total < sum')).toBe(0);
  },
);

it('cross-4 proctoring is of proctored sessions', async () => {
  for (const view of ['proctoring_insights', 'sessions_proctoring']) {
    expect(
      await exceptions(
        `select s.is_proctored from ${view} p left join sessions s on s.id = p.session_id`,
        'is_proctored',
      ),
    ).toBe(0);
  }
});

it('cross-5 the figures of a school are those of its students', async () => {
  const members = '(select distinct school_id, student_id from student_schools) m';
  expect(
    await difference(
      'select school_id, total_app_time_sec from school_usage_stats',
      `select s.id, coalesce(sum(used.seconds), 0)
     from schools s
     left join ${members} on m.school_id = s.id
     left join (
       select student_id, sum(duration_sec) as seconds
       from sessions
       group by student_id
     ) used on used.student_id = m.student_id
     group by s.id`,
    ),
  ).toEqual(none);
  // Whose waste it is, the insights session says: the session itself may be of nobody. `offset 0` reads the view once, where
  // the planner would look it up student by student.
  expect(
    await difference(
      'select school_id, total_waste_time_sec from school_usage_stats',
      `select s.id, coalesce(sum(wasted.seconds), 0)
     from schools s
     left join ${members} on m.school_id = s.id
     left join (
       select i.user_id, sum(w.waste_duration_sec) as seconds
       from (table waste_insights offset 0) w
       join insights_session i on i.caliper_session_id = w.session_id
       group by i.user_id
     ) wasted on wasted.user_id = m.student_id
     group by s.id`,
    ),
  ).toEqual(none);
  expect(await exceptions('select max(total_waste_time_sec) as most from school_usage_stats', 'most > 0')).toBe(0);
});

it('cross-6 without repeats, what was answered are the attempts that were right or wrong', async () => {
  expect(
    await exceptions(
      `select a.total_questions_answered, a.total_questions_correct, f.answered, f.correct
     from aggregated_session_attempts a
     join (
       select student_id, session_id, count(*), count(is_correct) as answered, count(*) filter (where is_correct) as correct
       from attempts
       group by student_id, session_id
     ) f using (student_id, session_id)
     join (
       select t.assignee_id as student_id, e.session_id, count(distinct t.id)
       from caliper_attempt t
       join caliper_event e on e.attempt_id = t.id
       group by t.assignee_id, e.session_id
     ) made using (student_id, session_id)
     where made.count = f.count`,
      'total_questions_answered = answered and total_questions_correct = correct',
    ),
  ).toBe(0);
});

it('cross-7 a course counts the classes that class enrollments name', async () => {
  expect(
    await difference(
      'select student_id, course_id, class_count from course_enrollments',
      `select student_id, course_id, count(distinct class_id)
     from class_enrollments
     where status <> 'tobedeleted' and course_id is not null
     group by student_id, course_id`,
    ),
  ).toEqual(none);
});

it('cross-8 class enrollments and classes agree on the class', async () => {
  const facts = 'course_id, course_title, school_id, school_name, subject_ids, grade_ids';
  expect(
    await difference(
      `select distinct class_id, ${facts} from class_enrollments`,
      `select id, ${facts} from classes where id in (select class_id from class_enrollments)`,
    ),
  ).toEqual(none);
});

describe('cross-9 bridges', () => {
  it.each([
    { bridge: 'question_tests', from: 'question_id', to: 'test_id', source: 'questions', destination: 'tests' },
    { bridge: 'test_parents', from: 'test_id', to: 'parent_id', source: 'tests', destination: undefined },
    { bridge: 'unit_courses', from: 'unit_id', to: 'course_id', source: 'units', destination: 'courses' },
  ])(
    'cross-9 $bridge is a part of resource_relations with both ends there',
    async ({ bridge, from, to, source, destination }) => {
      expect(
        await exceptions(
          `select * from ${bridge}`,
          `(${from}, ${to}) in (
         select source_resource_id, destination_resource_id from resource_relations where relationship_type = 'isPartOf'
       )
       and ${from} in (select id from ${source})
       and ${destination ? `${to} in (select id from ${destination})` : 'true'}`,
        ),
      ).toBe(0);
    },
  );
});

it('cross-10 case courses are curriculum items of the same title', async () => {
  expect(
    await exceptions(
      'select c.title, i.* from case_courses c left join curriculum_items i on i.curriculum_item_id = c.id',
      'curriculum_item_id is not null and title is not distinct from curriculum_item_title',
    ),
  ).toBe(0);
});

it('cross-11 students have start dates, and people one name everywhere', async () => {
  expect(await difference('select id from students', 'select student_id from student_start_dates')).toEqual(none);
  for (const [person, people] of [
    ['student', 'students'],
    ['guide', 'guides'],
  ]) {
    const named = `select g.${person}_name as shown, p.name from student_guides g join ${people} p on p.id = g.${person}_id`;
    expect(await exceptions(named, 'shown = name')).toBe(0);
  }
});

it.each([
  ['placement_results.grade_id', 'grades'],
  ['classes.grade_ids', 'grades'],
  ['class_enrollments.grade_ids', 'grades'],
  ['placement_results.subject_id', 'case_subjects'],
  ['classes.subject_ids', 'case_subjects'],
  ['class_enrollments.subject_ids', 'case_subjects'],
  ['course_enrollments.subject_ids', 'case_subjects'],
  ['case_courses.case_subject_id', 'case_subjects'],
  ['student_journals.learning_app_id', 'learning_apps'],
  ['students_xp.learning_app_id', 'learning_apps'],
] as const)('cross-12 each %s is one of %s', async (key, target) => {
  const [view, column] = key.split('.') as [string, string];
  const keys = column.endsWith('_ids') ? `unnest(${column})` : column;
  expect(
    await exceptions(`select ${keys} as key from ${view}`, `key is null or key in (select id from ${target})`),
  ).toBe(0);
});

it('cross-13 no experience point is lost or gained', async () => {
  expect(await difference('select sum(total_value) from students_xp', 'select sum(value) from tb_xp_ledger')).toEqual(
    none,
  );
});

it.each(views.filter((view) => view.scope === 'rows').map((view) => view.name))(
  'cross-14 %s shows every organisation its own, and together what everybody may see',
  async (name) => {
    const organizations = await query('select id from one_roster_organization');
    await query('create temporary table united (org_id uuid, org_ids uuid[], shown text) on commit drop');
    for (const { id } of organizations) {
      await query("select set_config('app.allowed_org_ids', $1, true)", [id]);
      await query(
        `insert into united select distinct $1::uuid, org_ids, (to_jsonb(v) - 'org_ids')::text from ${name} v`,
        [id],
      );
    }
    await query("select set_config('app.allowed_org_ids', '*', true)");
    expect(await exceptions('select * from united', 'org_ids = array[org_id]')).toBe(0);
    expect(
      await difference(
        'select shown, array_agg(org_id order by org_id) from united group by shown',
        `select distinct (to_jsonb(v) - 'org_ids')::text, org_ids from ${name} v where org_ids <> '{}'`,
      ),
    ).toEqual(none);
    await query('drop table united');
  },
);
