import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { views } from '../../schema/views/index.ts';
import { fits } from '../../src/database/types.ts';
import { root } from '../../src/root.ts';
import { personRows } from './support/personRows.ts';
import { emptyReference } from './support/reference.ts';

const { add, read, readOne, query } = emptyReference();

const names = views.map((view) => view.name);
const columnsOf = (kind: string) =>
  views.flatMap(({ name, columns }) =>
    Object.keys(columns)
      .filter((column) => columns[column]!.kind === kind)
      .map((column) => ({ view: name, column })),
  );

describe('all-1 nothing multiplies rows', () => {
  it('all-1 what hangs on a row twice does not make it two', async () => {
    const [school, other] = [await add.organization(), await add.organization()];
    const ada = await add.studentAt(school);
    for (const giveRow of Object.values(personRows)) await giveRow(add, ada);
    const course_id = await add.course();
    const class_id = await add.class({ course_id, school_id: school });
    await add.enrollment({ user_id: ada, class_id });
    const cf_document_id = await add.document();
    const cf_item_id = await add.item({ item_type: 'Course', cf_document_id });
    const achievement_id = await add.achievement({ cf_item_id });
    await add.credential({ achievement_id, credential_subject_id: ada });
    const [session_id, later] = [await add.session({ user_id: ada }), await add.session({ user_id: ada })];
    const attempt_id = await add.attempt({ assignee_id: ada });
    const event_id = await add.event({ attempt_id, session_id, event_time: '2026-06-17T09:00:00Z' });
    const application_id = await add.app();
    await add.xp({ user_id: ada, application_id, event_id, value: 1 });
    await add.appSubject({ lti_application_id: application_id, subject_title: 'Math' });
    await add.grade();
    await add.resource({ media_type: 'curriculum/lesson' });
    const subjects = [
      await add.resource({ media_type: 'curriculum/subject' }),
      await add.resource({ media_type: 'curriculum/subject' }),
    ];
    const course = await add.resource({ media_type: 'curriculum/course' });
    const unit = await add.resource({ media_type: 'curriculum/unit' });
    const test = await add.test();
    const question = await add.question();
    const relations = [
      { source_id: course, destination_id: subjects[0]! },
      { source_id: unit, destination_id: course },
      { source_id: test, destination_id: unit },
      { source_id: question, destination_id: test },
    ];
    for (const relation of relations) await add.relation(relation);
    const count = () =>
      query(names.map((name) => `select '${name}' as view, count(*) from ${name}`).join(' union all '));
    await query("select set_config('app.allowed_org_ids', '*', true)");
    const before = await count();
    expect(before.filter((row) => row['count'] === 0)).toEqual([]);

    await add.role({ user_id: ada, org_id: school });
    await add.role({ user_id: ada, org_id: other, role: 'aide' });
    for (let copy = 0; copy < 2; copy += 1) {
      const subject_id = await add.subject();
      await add.classSubject({ class_id, subject_id });
      await add.classGrade({ class_id, placement_grade_id: await add.grade() });
      await add.itemSubject({ cf_item_id, subject_id });
      await add.appScope({ lti_application_id: application_id, cf_document_id: await add.document() });
    }
    for (const lti_application_id of [application_id, await add.app()])
      await add.appScope({ lti_application_id, cf_document_id });
    await add.event({ attempt_id, session_id: later, event_time: '2026-06-17T09:01:00Z' });
    await add.event({ attempt_id, session_id, event_time: '2026-06-17T09:02:00Z' });
    for (const relation of relations) await add.relation(relation);
    await query('insert into caliper_score (attempt_id) select id from caliper_attempt');
    await query('insert into insights_config select id, true from insights_type');
    await query("insert into insights_review select id, 'TruePositive' from insights_insight");
    const grown = new Map([
      ['case_subjects', 2],
      ['grades', 2],
      ['learning_apps', 1],
    ]);
    expect(await count()).toEqual(
      before.map((row) => ({ ...row, count: Number(row['count']) + (grown.get(String(row['view'])) ?? 0) })),
    );
    await add.relation({ source_id: course, destination_id: subjects[1]! });
    expect(await readOne('courses', { columns: ['id'] })).toEqual({ id: course });
  });
});

describe('all-2 days are days of UTC', () => {
  it('all-2 the days of times do not follow the clock of the client', async () => {
    const at = '2026-06-17T23:30:00Z';
    const user_id = await add.user();
    const application_id = await add.app();
    const session_id = await add.session({ user_id, started_at_time: at });
    await add.event({ session_id, attempt_id: await add.attempt({ assignee_id: user_id, started_at_time: at }) });
    const insights = await add.insightsSession({ caliper_session_id: session_id, user_id, application_id });
    const insight_type_id = await add.journalType();
    await add.insight({ session_id: insights, insight_type_id, started_at_time: at, ended_at_time: at });
    await add.recommendation({ user_id, generated_at: at });
    await add.xp({ user_id, application_id, value: 1, date_created: at });

    const derived = columnsOf('date').filter(({ column }) => column === 'date');
    expect(derived.map(({ view }) => view).toSorted()).toEqual([
      'aggregated_session_attempts',
      'attempts',
      'recommendations',
      'sessions',
      'student_journals',
      'students_xp',
    ]);
    for (const zone of ['UTC', 'Pacific/Auckland', 'America/Los_Angeles']) {
      await query(`set local timezone = '${zone}'`);
      for (const { view } of derived) {
        expect(await readOne(view, { columns: ['date'] }), `${view} in ${zone}`).toEqual({ date: '2026-06-17' });
      }
    }
  });
});

it('all-3 lengths are whole seconds, and half a second is one more', async () => {
  const lengths = { '0.4': 0, '0.5': 1, '1.5': 2, '2.499999': 2, '2.5': 3, '86400.5': 86401 };
  const rounded = Object.values(lengths);
  const started_at_time = '2026-06-17T09:00:00Z';
  const user_id = await add.user();
  const application_id = await add.app();
  const types = [
    await add.insightType({ is_waste: true }),
    await add.insightType({ category: 'Cheating' }),
    await add.insightType({ category: 'Proctoring' }),
  ];
  for (const length of Object.keys(lengths)) {
    const times = {
      started_at_time,
      ended_at_time: new Date(Date.parse(started_at_time) + Math.floor(Number(length) * 1000)).toISOString(),
    };
    const [end] = await query(`select timestamptz '${started_at_time}' + interval '${length} seconds' as at`);
    const ended_at_time = String(end!['at']);
    await add.attempt({ assignee_id: user_id, ...times, ended_at_time });
    const caliper_session_id = await add.session({ user_id, ...times, ended_at_time });
    const session_id = await add.insightsSession({ caliper_session_id, user_id, application_id, is_proctored: true });
    for (const insight_type_id of types) await add.insight({ session_id, insight_type_id, ...times, ended_at_time });
  }
  const measured = {
    sessions: 'duration_sec',
    attempts: 'duration_sec',
    waste_insights: 'waste_duration_sec',
    cheating_insights: 'duration_sec',
    proctoring_insights: 'duration_sec',
  };
  for (const [view, column] of Object.entries(measured)) {
    const rows = await read(view, { columns: [column, `pg_typeof(${column})::text as type`] });
    const seen = rows.map((row) => Number(row[column])).toSorted((a, b) => a - b);
    expect({ view, seen }).toEqual({ view, seen: rounded });
    expect(new Set(rows.map((row) => row['type']))).toEqual(new Set(['numeric']));
  }
});

describe('all-5 nulls', () => {
  it('all-5 counts and totals of nothing are 0', async () => {
    await add.organization();
    expect(await readOne('schools', { columns: ['student_count'] })).toEqual({ student_count: 0 });
    expect(await readOne('school_usage_stats')).toMatchObject({
      student_count: 0,
      total_app_time_sec: 0,
      total_waste_time_sec: 0,
    });
    await personRows['aggregated_session_attempts']!(add, await add.user());
    expect(await readOne('aggregated_session_attempts')).toMatchObject({
      total_questions_answered: 0,
      total_questions_correct: 0,
    });
  });
});

describe('all-6 titles', () => {
  const titled = ['subjects', 'courses', 'units', 'lessons', 'tests', 'questions'];

  it.each(titled)('all-6 %s are titled by name, else by description, else N/A', async (view) => {
    const make = (row: object) => {
      if (view === 'tests') return add.test(row);
      return view === 'questions'
        ? add.question(row)
        : add.resource({ ...row, media_type: `curriculum/${view.slice(0, -1)}` });
    };
    await make({ id: '1', name: 'Fractions', description: 'Parts of a whole' });
    await make({ id: '2', name: ' Fractions ', description: null });
    await make({ id: '3', name: null, description: ' Parts of a whole' });
    await make({ id: '4', name: ' \t\n', description: 'Parts of a whole' });
    await make({ id: '5', name: '', description: '  ' });
    await make({ id: '6', name: null, description: null });
    expect(await read(view, { columns: ['id', 'title'] })).toEqual([
      { id: '1', title: 'Fractions' },
      { id: '2', title: ' Fractions ' },
      { id: '3', title: ' Parts of a whole' },
      { id: '4', title: 'Parts of a whole' },
      { id: '5', title: 'N/A' },
      { id: '6', title: 'N/A' },
    ]);
  });
});

describe('all-7 free vocabularies', () => {
  it('all-7 words that nobody has heard of are passed on', async () => {
    const user_id = await add.studentAt(await add.organization());
    const application_id = await add.app();
    const session_id = await add.insightsSession({
      caliper_session_id: await add.session({ user_id }),
      user_id,
      application_id,
      is_proctored: true,
    });
    for (const category of ['Cheating', 'Proctoring', 'Brand new']) {
      await add.insight({
        session_id,
        insight_type_id: await add.insightType({ slug: `New${category}`, category, is_waste: true }),
      });
    }
    await add.recommendation({ user_id, type: 'brand-new', source: 'somewhere-new' });
    await add.question({ media_type: 'new/question' });
    await add.item({ item_type: 'New' });
    await add.relation({ source_id: 'a', destination_id: 'b', relationship_type: 'isNew' });

    const one = async (view: string, columns: string[]) => Object.values(await readOne(view, { columns }));
    expect(await one('cheating_insights', ['insight_type'])).toEqual(['NewCheating']);
    expect(await one('proctoring_insights', ['insight_type'])).toEqual(['NewProctoring']);
    expect(await read('waste_insights', { columns: ['waste_type'] })).toEqual([
      { waste_type: 'NewBrand new' },
      { waste_type: 'NewCheating' },
      { waste_type: 'NewProctoring' },
    ]);
    expect(await one('recommendations', ['type', 'source'])).toEqual(['brand-new', 'somewhere-new']);
    expect(await one('questions', ['type'])).toEqual(['new/question']);
    expect(await one('curriculum_items', ['curriculum_item_type'])).toEqual(['New']);
    expect(await one('resource_relations', ['relationship_type'])).toEqual(['isNew']);
  });

  it('all-7 the SQL names no words but those that a rule names', async () => {
    const named = new Set([
      'active',
      'tobedeleted',
      'student',
      'teacher',
      'principal',
      'school',
      'primary',
      'external',
      'Completed',
      'primary_role',
      'secondary_role',
      'enrollment',
      'Cheating',
      'Proctoring',
      'Journal',
      'TruePositive',
      'StandardMastery',
      'CurriculumMastery',
      'course',
      'isPartOf',
      'curriculum/subject',
      'curriculum/course',
      'curriculum/unit',
      'curriculum/lesson',
      'N/A',
      '\\S',
      'UTC',
      'app.allowed_org_ids',
      '*',
      '',
      '{',
      '}',
      '{}',
      ' ',
    ]);
    const words = new Set<string>();
    for (const folder of ['views', 'views/shared']) {
      const path = join(root, 'src', 'database', folder);
      for (const file of (await readdir(path)).filter((name) => name.endsWith('.sql'))) {
        const sql = (await readFile(join(path, file), 'utf8')).replaceAll(/--.*/g, '');
        for (const [, word] of sql.matchAll(/'([^']*)'/g)) words.add(word!);
      }
    }
    expect([...words].filter((word) => !named.has(word))).toEqual([]);
  });
});

describe('all-8 columns', () => {
  it.each(views)(
    'all-8 $name has the columns of the catalogue, in its order and of its kinds',
    async ({ name, columns }) => {
      const found = await query(
        `select attname as column, typname as type
       from pg_attribute join pg_type on pg_type.oid = atttypid
       where attrelid = $1::text::regclass and attnum > 0
       order by attnum`,
        [name],
      );
      expect(found.map((row) => row['column'])).toEqual(Object.keys(columns));
      for (const { column, type } of found)
        expect(fits(columns[String(column)]!.kind, String(type)), `${String(column)} is ${String(type)}`).toBe(true);
    },
  );

  it('all-8 insights, sessions and attempts name their times differently', () => {
    const has = (view: string, ...wanted: string[]) =>
      wanted.every((column) => views.find(({ name }) => name === view)!.columns[column]);
    for (const view of ['sessions', 'attempts']) expect(has(view, 'start_time', 'end_time', 'duration_sec')).toBe(true);
    for (const view of ['cheating_insights', 'proctoring_insights'])
      expect(has(view, 'started_at_time', 'ended_at_time', 'duration_sec')).toBe(true);
    expect(has('waste_insights', 'started_at_time', 'ended_at_time', 'waste_duration_sec')).toBe(true);
  });

  it('all-8 the installed views are those of the catalogue', async () => {
    const found = await query("select viewname from pg_views where schemaname = 'analytics_production'");
    expect(found.map((row) => String(row['viewname'])).toSorted()).toEqual(names.toSorted());
  });
});

describe('all-9 views without org_ids', () => {
  const unscoped = views.filter((view) => !view.columns['org_ids']).map((view) => view.name);

  /** Everything that a view is made of, however deep. */
  const piecesOf = async (view: string) =>
    query(
      `with recursive piece as (
         select $1::text::regclass::oid as oid
         union
         select d.refobjid
         from piece
         join pg_rewrite r on r.ev_class = piece.oid
         join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid and d.refclassid = 'pg_class'::regclass
       )
       select c.relname as name, n.nspname as schema, case when c.relkind = 'v' then pg_get_viewdef(c.oid) else '' end as text
       from piece
       join pg_class c on c.oid = piece.oid
       join pg_namespace n on n.oid = c.relnamespace
       where c.oid <> $1::text::regclass`,
      [view],
    );

  it('all-9 there are 21 of them', () => expect(unscoped).toHaveLength(21));

  it.each(unscoped)('all-9 %s neither reads the setting nor a view that does', async (view) => {
    const pieces = await piecesOf(view);
    const [self] = await query('select pg_get_viewdef($1::text::regclass) as text', [view]);
    expect(pieces.length).toBeGreaterThan(0);
    expect([self!['text'], ...pieces.map((piece) => piece['text'])].join('\n')).not.toContain('current_setting');
  });

  it.each(names)('all-9 %s reads no other of the 41', async (view) => {
    const pieces = await piecesOf(view);
    expect(pieces.filter((piece) => piece['schema'] === 'analytics_production')).toEqual([]);
  });

  it('all-9 the views that filter themselves are barriers, the others are plain', async () => {
    const barriers = await query(
      `select relname from pg_class
       where relnamespace = 'analytics_production'::regnamespace and 'security_barrier=true' = any (reloptions)`,
    );
    expect(barriers.map((row) => String(row['relname'])).toSorted()).toEqual(
      names.filter((name) => !unscoped.includes(name)).toSorted(),
    );
  });
});

describe('all-10 qualifying insights', () => {
  const cases = ['external', 'internal'].flatMap((visibility) =>
    [true, false].flatMap((is_visible) =>
      [undefined, false, true].flatMap((requires_review) =>
        [undefined, 'TruePositive', 'FalsePositive'].map((result) => ({
          visibility,
          is_visible,
          requires_review,
          result,
        })),
      ),
    ),
  );
  const qualifies = ({ visibility, is_visible, requires_review, result }: (typeof cases)[number]) =>
    visibility === 'external' && is_visible && (requires_review !== true || result === 'TruePositive');

  it.each([
    { type: { is_waste: true }, view: 'waste_insights', total: 'sessions_waste' },
    { type: { category: 'Cheating' }, view: 'cheating_insights', total: 'sessions_cheating' },
    { type: { category: 'Proctoring' }, view: 'proctoring_insights', total: 'sessions_proctoring' },
  ])(
    'all-10 $view and $total: external, visible, and confirmed where the type asks for it',
    async ({ type, view, total }) => {
      const user_id = await add.user();
      const application_id = await add.app();
      const expected: string[] = [];
      for (const one of cases) {
        const insight_type_id = await add.insightType({ ...type, visibility: one.visibility });
        if (one.requires_review !== undefined)
          await add.insightConfig({ insight_type_id, requires_review: one.requires_review });
        const caliper_session_id = await add.session({ id: JSON.stringify(one), user_id });
        const session_id = await add.insightsSession({
          caliper_session_id,
          user_id,
          application_id,
          is_proctored: true,
        });
        const insight_id = await add.insight({ session_id, insight_type_id, is_visible: one.is_visible });
        if (one.result) await add.review({ insight_id, result: one.result });
        if (qualifies(one)) expected.push(caliper_session_id);
      }
      expect(expected).toHaveLength(7);
      for (const name of [view, total]) {
        const rows = await read(name, { columns: ['session_id'] });
        const seen = rows.map((row) => String(row['session_id'])).toSorted();
        expect({ name, seen }).toEqual({ name, seen: expected.toSorted() });
      }
    },
  );
});
