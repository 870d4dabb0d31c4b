import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { timingOf } from '../../loaders/metrics/periods.ts';
import { caveats as declaredCaveats } from '../../schema/metrics/caveats.ts';
import { metrics as declaredMetrics } from '../../schema/metrics/declared.ts';
import { organizations as orgs, students } from '../../src/database/data/landmarks.ts';
import type { Scope } from '../../src/scope.ts';
import { everything, openGraph, organizations, type TestGraph } from '../support/graph.ts';
import {
  allMetrics,
  byStudent,
  expectedCaveats,
  expectedMetrics,
  metricNames,
  sampleOf,
  shownMetrics,
  someOf,
  subjects,
  type Question,
  type Rows,
} from './support/metrics.ts';
import { smallData, untoldData } from './support/smallData.ts';
import { fly } from './support/statements.ts';
import { createTables, schema, type Tables } from './support/tables.ts';
import { readTexts, type TextRow } from './support/world.ts';

interface World {
  readonly scope: Scope;
  readonly rows: Rows;
}

let graph: TestGraph;
let whole: World;
let school: World;
beforeAll(async () => {
  const url = inject('demoUrl');
  graph = await openGraph(url);
  const worldOf = async (scope: Scope) => ({ scope, rows: await readTexts(url, schema, scope) });
  whole = await worldOf(everything);
  school = await worldOf(organizations(orgs.juniper));
});
afterAll(() => graph.close());

const autumn = { from: '2026-09-14', to: '2026-10-25' };
const during = `during: { from: "${autumn.from}", to: "${autumn.to}" }`;
/** Where the answers differ from what they should be: the whole question, and both sides. */
async function faults(asked: TestGraph, { scope, rows }: World, question: Omit<Question, 'key'>): Promise<unknown[]> {
  const keys = sampleOf(rows, scope, question.of);
  const shown = await shownMetrics(asked, scope, question, keys);
  return keys.flatMap((key, index) => {
    const expected = expectedMetrics(rows, { ...question, ...(key !== undefined && { key }) });
    return JSON.stringify(shown[index]) === JSON.stringify(expected) ? [] : [{ key, expected, shown: shown[index] }];
  });
}

test('every metric that is declared is reckoned in test/graph/support/metrics.ts', () => {
  const question = { of: 'everything', ...autumn } as const;
  const declared = declaredMetrics.map(({ name }) => name);
  expect(metricNames).toEqual(declared);
  expect(Object.keys(expectedMetrics(whole.rows, question))).toEqual(declared);
});

describe.each(subjects)('metrics of %s', (of) => {
  test('are what the rows come to, by the days of the views', async () => {
    expect(await faults(graph, whole, { of, ...autumn })).toEqual([]);
    expect(await faults(graph, school, { of, ...autumn })).toEqual([]);
  });

  test('are what the rows come to, by the days of a zone', async () => {
    expect(await faults(graph, whole, { of, ...autumn, zone: 'Pacific/Auckland' })).toEqual([]);
    expect(await faults(graph, school, { of, ...autumn, zone: 'America/Chicago' })).toEqual([]);
  });
});

test('of a caller without organisations are those of no rows', async () => {
  const { data } = await graph.run(`{ metrics(${during}) { xp { value } accuracy { value } caveats { code } } }`, {
    as: organizations(),
  });
  expect(data.metrics).toEqual({ xp: { value: 0 }, accuracy: { value: null }, caveats: [] });
});

describe('over a database of mixed column types', () => {
  let tables: Tables;
  let mixed: TestGraph;
  let some: World;
  beforeAll(async () => {
    const rows = someOf(whole.rows);
    some = { scope: everything, rows };
    tables = await createTables('mixed', rows);
    mixed = await openGraph(tables.url, { schema });
  });
  afterAll(async () => {
    await mixed.close();
    await tables.drop();
  });

  test.each(subjects)('the metrics of %s are the same', async (of) => {
    expect(await faults(mixed, some, { of, ...autumn })).toEqual([]);
    expect(await faults(mixed, some, { of, ...autumn, zone: 'America/Chicago' })).toEqual([]);
  });
});

describe('of parents that share students, or seem to', () => {
  const [one, other, third] = ['a', 'b', 'c'].map((letter) => letter.repeat(8) + '-0000-4000-8000-000000000000');
  const gap = { begin_date: '2026-12-01', end_date: '2027-03-01' };
  let schools: readonly string[];
  let tables: Tables;
  let strange: TestGraph;
  let rows: Rows;
  beforeAll(async () => {
    const some = someOf(whole.rows);
    schools = some
      .get('schools')!
      .slice(0, 2)
      .map(({ id }) => id!);
    const twice = [`{${one!},${one!},NULL}`, `{${other!},${third!},${other!}}`];
    const known = some.get('students')!.map((row, index): TextRow => ({ ...row, org_ids: twice[index % 2]! }));
    const [link] = some.get('student_schools')!;
    const links = known.flatMap(({ id }) => [
      { ...link!, id: null, student_id: id!, school_id: schools[0]!, begin_date: null, end_date: null },
      { ...link!, id: null, student_id: id!, school_id: schools[1]!, ...gap },
    ]);
    rows = some.set('students', known).set('student_schools', links);
    tables = await createTables('usual', rows);
    strange = await openGraph(tables.url, { schema });
  });
  afterAll(async () => {
    await strange.close();
    await tables.drop();
  });
  const isShared = async (parent: string, args: string) => {
    const { data } = await strange.run(`{ parent: ${parent} { metrics(${args}) { caveats { code } } } }`);
    const { caveats } = data.parent.metrics as { caveats: { code: string }[] };
    return caveats.some(({ code }) => code === 'SHARED_STUDENTS');
  };

  test('whoever is in an organisation twice counts once', async () => {
    const keys = [one!, other!, third!];
    const shown = await shownMetrics(strange, everything, { of: 'organization', ...autumn }, keys);
    expect(shown).toEqual(keys.map((key) => expectedMetrics(rows, { of: 'organization', key, ...autumn })));
    const shared = await Promise.all(keys.map((key) => isShared(`organization(id: "${key}")`, during)));
    expect(shared).toEqual([false, true, true]);
  });

  test.each([
    ['2027-09-14', '2027-10-25', false],
    ['2027-02-28', '2027-10-25', true],
    ['2027-09-14', '2027-12-01', true],
    ['2027-09-14', '2027-11-30', false],
  ])('in a comparison from %s to %s, days between its periods are none of theirs: %s', async (from, to, expected) => {
    const days = `during: { from: "${from}", to: "${to}" }, compare: PREVIOUS_YEAR`;
    expect(await isShared(`school(id: "${schools[0]!}")`, days)).toBe(expected);
  });
});

test('values that no answer can hold are none to metrics', async () => {
  const metricsOver = async (data: Map<string, readonly TextRow[]>) => {
    const tables = await createTables('usual', data);
    const small = await openGraph(tables.url, { schema });
    const days = 'during: { from: "2025-01-01", to: "2026-12-31" }';
    const { data: answer, errors } = await small.run(
      `{ metrics(${days}) { ${allMetrics} caveats { code } } metricSeries(${days}, unit: MONTH) { wasteShare placementProgress } }`,
    );
    await small.close();
    await tables.drop();
    return { answer, errors };
  };
  const expected = await metricsOver(smallData());
  expect(expected.answer.metrics.masteryResult.value).toBeGreaterThan(0);
  expect(await metricsOver(untoldData())).toEqual(expected);
});

test('answers within a session that its view shows twice are those of its app, once', async () => {
  const data = smallData();
  const [app] = data.get('learning_apps')!;
  const [session] = data.get('sessions')!;
  const [answers] = data.get('aggregated_session_attempts')!;
  const [student] = data.get('students')!;
  const twin: TextRow = { ...session!, learning_app_id: app!['id']! };
  const ten = { total_questions_answered: '10', total_questions_correct: '5' };
  data.set('sessions', [twin, twin]);
  data.set('aggregated_session_attempts', [
    { ...answers!, ...ten, session_id: twin['id']!, student_id: student!['id']!, date: '2025-06-15' },
  ]);
  const tables = await createTables('usual', data);
  const small = await openGraph(tables.url, { schema });
  const day = 'during: { from: "2025-06-15", to: "2025-06-15" }';
  const asked = `learningApp(id: "${app!['id']!}") { metrics(${day}) { questionsAnswered { value } accuracy { value } } }`;
  const { data: answer, errors } = await small.run(`{ ${asked} }`);
  await small.close();
  await tables.drop();
  expect(errors).toBeUndefined();
  expect(answer.learningApp.metrics).toEqual({ questionsAnswered: { value: 10 }, accuracy: { value: 0.5 } });
});

test('a row is on the day that its view gives and, in a zone, on that of its moment', async () => {
  const data = smallData();
  const [student] = data.get('students')!;
  const ofStudent = (id: string, start_time: string | null): TextRow => ({
    ...data.get('sessions')![0]!, id, start_time, student_id: student!['id']!, date: '2025-06-15',
  }); // prettier-ignore
  data.set('sessions', [
    ofStudent('at night', '2025-06-15 03:00:00+00'),
    ofStudent('later', '2025-06-17 12:00:00+00'),
    ofStudent('at some time', null),
  ]);
  const tables = await createTables('usual', data);
  const small = await openGraph(tables.url, { schema });
  const days = ['2025-06-14', '2025-06-15', '2025-06-17'];
  const asked = ['', ', zone: "America/Chicago"'].flatMap((zone, index) =>
    days.map(
      (day, at) => `m${index}${at}: metrics(during: { from: "${day}", to: "${day}" }${zone}) { sessions { value } }`,
    ),
  );
  const { data: answer } = await small.run(`{ ${asked.join('\n')} }`);
  await small.close();
  await tables.drop();
  const values = Object.values(answer as Record<string, { sessions: { value: number } }>);
  expect(values.map(({ sessions }) => sessions.value)).toEqual([0, 3, 0, 1, 0, 1]);
});

describe('a comparison', () => {
  const periods = [
    { compare: 'PREVIOUS_PERIOD', from: '2026-09-14', to: '2026-10-25', before: ['2026-08-03', '2026-09-13'] },
    { compare: 'PREVIOUS_YEAR', from: '2027-09-14', to: '2027-10-25', before: ['2026-09-14', '2026-10-25'] },
  ];

  test.each(periods)(
    'with $compare is two questions in as many statements as one',
    async ({ compare, from, to, before: [start, end] }) => {
      const days = `during: { from: "${from}", to: "${to}" }`;
      const one = (args: string) => `{ students(first: 40) { nodes { metrics(${args}) { ${allMetrics} } } } }`;
      const both = await fly(
        graph,
        one(`${days}, zone: "America/Chicago", compare: ${compare}`).replaceAll(
          '{ value }',
          '{ value previous change changeRatio }',
        ),
      );
      const now = await fly(graph, one(`${days}, zone: "America/Chicago"`));
      const then = await fly(graph, one(`during: { from: "${start!}", to: "${end!}" }, zone: "America/Chicago"`));
      expect(both.shape).toEqual(now.shape);
      const metricsOf = ({ data }: { data: { students: { nodes: { metrics: Record<string, Compared> }[] } } }) =>
        data.students.nodes.flatMap(({ metrics }) => Object.values(metrics));
      const [values, earlier] = [metricsOf(now), metricsOf(then)];
      expect(earlier.filter(({ value }) => value).length).toBeGreaterThan(20);
      for (const [index, shown] of metricsOf(both).entries()) {
        const [value, before] = [values[index]!.value, earlier[index]!.value];
        const change = value === null || before === null ? null : value - before;
        expect(shown).toEqual({
          value,
          previous: before,
          change,
          changeRatio: change === null || before === 0 ? null : change / Math.abs(before!),
        });
      }
    },
  );

  interface Compared {
    readonly value: number | null;
  }

  test.each([
    ['2028-02-29', '2028-02-29', '2027-02-28', '2027-03-01'],
    ['2028-02-28', '2028-02-29', '2027-02-28', '2027-03-01'],
    ['2028-02-29', '2028-03-01', '2027-02-28', '2027-03-02'],
    ['2029-02-28', '2029-03-01', '2028-02-28', '2028-03-02'],
  ])('of a leap day is with the day before it: %s to %s', (from, to, yearBefore, until) => {
    const [previous, current] = timingOf({ during: { from, to }, compare: 'PREVIOUS_YEAR' }).periods;
    expect(previous).toEqual({ from: yearBefore, until });
    expect(current!.from).toBe(from);
  });
});

describe('a series', () => {
  type Point = { bucket: { startDate: string; endDate: string } } & Record<string, number | null>;
  const zone = 'zone: "America/Chicago"';
  const bucket = 'bucket { startDate endDate }';

  test.each(['DAY', 'WEEK', 'MONTH'])('by %s is the metrics of each of its stretches', async (unit) => {
    const asked = unit === 'DAY' ? ['sessions', 'accuracy', 'placementProgress'] : metricNames;
    const list = (inner: string) => `{ students(first: 3) { nodes { ${inner} } } }`;
    const { data } = await fly(
      graph,
      list(`metricSeries(${during}, ${zone}, unit: ${unit}) { ${bucket} ${asked.join(' ')} }`),
    );
    const shown = data.students.nodes.map((node: { metricSeries: Point[] }) => node.metricSeries) as Point[][];
    const stretches = shown[0]!.map((point) => point.bucket);
    expect(stretches.length).toBe({ DAY: 42, WEEK: 6, MONTH: 2 }[unit]);
    const pieces = stretches.map(({ startDate, endDate }, index) => {
      const first = startDate < autumn.from ? autumn.from : startDate;
      const last = endDate > autumn.to ? autumn.to : later(endDate, -1);
      return `p${index}: metrics(during: { from: "${first}", to: "${last}" }, ${zone}) { ${asked.map((name) => `${name} { value }`).join(' ')} }`;
    });
    const each = await fly(graph, list(pieces.join(' ')));
    const expected = each.data.students.nodes.map((node: Record<string, Record<string, { value: number | null }>>) =>
      stretches.map((stretch, index) => ({
        bucket: stretch,
        ...Object.fromEntries(asked.map((name) => [name, node[`p${index}`]![name]!.value])),
      })),
    );
    expect(shown).toEqual(expected);
    expect(shown.flat().filter((point) => asked.some((name) => point[name])).length).toBeGreaterThan(3);
  });

  test.each(subjects.filter((of) => of !== 'everything'))('of %s is as far as the caller sees', async (of) => {
    const [key] = sampleOf(school.rows, school.scope, of);
    const field = of === 'app' ? 'learningApp' : of;
    const { data } = await graph.run(
      `{ ${field}(id: "${key!}") { metricSeries(${during}, unit: WEEK) { ${metricNames.join(' ')} } } }`,
      { as: school.scope },
    );
    const expected = [0, 1, 2, 3, 4, 5].map((week) => {
      const [from, to] = [later(autumn.from, 7 * week), later(autumn.from, 7 * week + 6)];
      return expectedMetrics(school.rows, { of, key: key!, from, to });
    });
    const ofNone = Object.fromEntries(metricNames.map((name) => [name, null]));
    expect(data[field].metricSeries).toEqual(expected.map((metrics) => ({ ...ofNone, ...metrics })));
  });

  test('of everybody is as far as the caller sees', async () => {
    const query = `{ metricSeries(${during}, unit: YEAR) { ${metricNames.join(' ')} } }`;
    const own = await graph.run(query, { as: school.scope });
    expect(own.data.metricSeries).toEqual([expectedMetrics(school.rows, { of: 'everything', ...autumn })]);
    const nobody = await graph.run(query, { as: organizations() });
    const ofNone = expectedMetrics(new Map(Array.from(school.rows, ([view]) => [view, []])), {
      of: 'everything',
      ...autumn,
    });
    expect(nobody.data.metricSeries).toEqual([ofNone]);
  });

  test.each([1, 50])('reads one select for each source, for %i students, and no whole period', async (size) => {
    const { flights } = await fly(
      graph,
      `query ($size: Int) { students(first: $size) { nodes { metricSeries(${during}, unit: WEEK, fill: NULL) {
        ${bucket} appTime activeStudents wasteShare xpPerHour
      } } } }`,
      { size },
    );
    expect(flights.map((flight) => flight.map(({ view }) => view))).toEqual([
      ['students'],
      ['sessions', 'sessions', 'students_xp'],
    ]);
  });

  test('of a year by days does not put each placement beside each day', async () => {
    const year = 'during: { from: "2026-01-01", to: "2026-12-31" }';
    const { flights } = await fly(graph, `{ metricSeries(${year}, unit: DAY) { placementProgress } }`);
    const client = new pg.Client({ connectionString: inject('demoUrl') });
    await client.connect();
    await client.query(`set app.allowed_org_ids = '*'`);
    for (const { text, values } of flights.flat()) {
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain (analyze) ${text}`, [...values]);
      const found = rows.flatMap((row) => Number(/ rows=(\d+)\S* loops=1\)/.exec(row['QUERY PLAN'])?.[1] ?? []));
      expect(Math.max(...found)).toBeLessThan(50 * 365);
    }
    await client.end();
  });

  test('reads nothing for its stretches alone', async () => {
    const { data, shape } = await fly(
      graph,
      `{ metricSeries(${during}, ${zone}, unit: MONTH) { bucket { start end } } }`,
    );
    expect(data.metricSeries).toEqual([
      { bucket: { start: '2026-09-01T05:00:00.000Z', end: '2026-10-01T05:00:00.000Z' } },
      { bucket: { start: '2026-10-01T05:00:00.000Z', end: '2026-11-01T05:00:00.000Z' } },
    ]);
    expect(shape).toEqual([]);
  });

  test('begins its weeks where it is told', async () => {
    const days = 'during: { from: "2026-10-10", to: "2026-10-12" }';
    const { data } = await fly(
      graph,
      `{ metricSeries(${days}, unit: WEEK, weekStart: SUNDAY) { bucket { startDate } } }`,
    );
    expect(data.metricSeries.map((point: Point) => point.bucket.startDate)).toEqual(['2026-10-04', '2026-10-11']);
  });

  describe('where there are no rows', () => {
    const asked = ['sessions', 'xp', 'xpPerHour', 'accuracy', 'placementProgress'];
    const series = async (fill: string) => {
      const { data } = await fly(
        graph,
        `{ student(id: "${students.maya}") { metricSeries(during: { from: "2026-08-01", to: "2026-11-10" }, unit: DAY${fill}) { ${asked.join(' ')} } } }`,
      );
      return data.student.metricSeries as Record<string, number | null>[];
    };
    const daysWith = (view: string) =>
      new Set(whole.rows.get(view)!.flatMap((row) => (row['student_id'] === students.maya ? [row['date']] : [])));
    /** By metric, the days on which one of its views has a row. */
    const told = () => {
      const [sessions, xp, attempts] = ['sessions', 'students_xp', 'aggregated_session_attempts'].map(daysWith);
      const days = Array.from({ length: 102 }, (_, index) => later('2026-08-01', index));
      return days.map((day) => ({
        sessions: sessions!.has(day),
        xp: xp!.has(day),
        xpPerHour: sessions!.has(day) || xp!.has(day),
        accuracy: attempts!.has(day),
        placementProgress: true,
      }));
    };

    test('counts and sums are 0 and ratios null, unless said otherwise', async () => {
      const zeros = await series(', fill: ZERO');
      expect(await series('')).toEqual(zeros);
      expect(await series(', fill: null')).toEqual(zeros);
      const empty = zeros.filter((_, index) => !told()[index]!.xpPerHour && !told()[index]!.accuracy);
      expect(empty.length).toBeGreaterThan(10);
      for (const { placementProgress, ...others } of empty) {
        expect(placementProgress).not.toBeNull();
        expect(others).toEqual({ sessions: 0, xp: 0, xpPerHour: null, accuracy: null });
      }
    });

    test('NULL has nothing there, and the same everywhere else', async () => {
      const [zeros, hasRows] = [await series(', fill: ZERO'), told()];
      expect(await series(', fill: NULL')).toEqual(
        zeros.map((point, index) =>
          Object.fromEntries(
            Object.entries(point).map(([name, value]) => [name, isTold(hasRows[index]!, name) ? value : null]),
          ),
        ),
      );
    });

    test('PREVIOUS carries the value on, of each metric its own', async () => {
      const [zeros, hasRows] = [await series(', fill: ZERO'), told()];
      const last: Record<string, number | null> = Object.fromEntries(asked.map((name) => [name, null]));
      const expected = zeros.map((point, index) => {
        for (const name of asked) if (isTold(hasRows[index]!, name)) last[name] = point[name]!;
        return { ...last };
      });
      expect(expected[0]).toMatchObject({ sessions: null });
      expect(expected.slice(-30)).not.toEqual(zeros.slice(-30));
      expect(await series(', fill: PREVIOUS')).toEqual(expected);
    });

    function isTold(hasRows: Record<string, boolean>, name: string): boolean {
      return hasRows[name]!;
    }
  });

  test.each([
    ['during: { from: "2020-01-01", to: "2026-01-01" }, unit: DAY', 'at most 400 points. Take a longer unit'],
    ['during: { from: "2026-01-01", to: "2026-01-01" }, unit: HOUR', 'unit is too short'],
    ['during: { from: "2026-01-02", to: "2026-01-01" }, unit: DAY', 'during ends before it begins'],
    ['during: { from: "2026-01-01", to: "2026-01-01" }, unit: DAY, zone: "CST"', 'zone is no time zone'],
  ])('%s is refused', async (args, words) => {
    const { data, errors } = await graph.run(`{ metricSeries(${args}) { xp } }`);
    expect(data.metricSeries).toBeNull();
    expect(errors![0]!.message).toContain(words);
    expect(errors![0]!.extensions['code']).toBe('BAD_USER_INPUT');
  });
});

function later(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

describe('what is read', () => {
  test.each([1, 2, 50])('is one select for each source, for %i students', async (size) => {
    const { flights } = await fly(
      graph,
      `query ($size: Int) { students(first: $size) { nodes { metrics(${during}) {
        appTime { value } activeStudents { value } wasteShare { value } xpPerHour { value }
      } } } }`,
      { size },
    );
    expect(flights.map((flight) => flight.map(({ view }) => view))).toEqual([
      ['students'],
      ['sessions', 'sessions', 'students_xp'],
    ]);
  });

  test.each([1, 8])('is as much for the caveats of %i schools', async (size) => {
    const { shape } = await fly(
      graph,
      `query ($size: Int) { schools(first: $size) { nodes { metrics(${during}) { caveats { code } } } } }`,
      { size },
    );
    expect(shape).toEqual([1, 7]);
  });

  test('takes nothing else with it where a view is missing', async () => {
    const { live } = graph.database;
    const from = live!.from.bind(live);
    Object.assign(live!, {
      from: (view: { name: string }) => {
        if (view.name === 'sessions_waste') throw new Error('missing');
        return from(view as never);
      },
    });
    try {
      const { data, errors } = await graph.run(`{ metrics(${during}) { appTime { value } wasteTime { value } } }`);
      expect(data.metrics).toEqual({ appTime: { value: expect.any(Number) as unknown }, wasteTime: null });
      expect(errors!.map(({ path }) => path)).toEqual([['metrics', 'wasteTime']]);
    } finally {
      Object.assign(live!, { from });
    }
  });
});

describe('a question that has no answer', () => {
  test.each([
    ['during: { from: "2026-10-02", to: "2026-10-01" }', 'during ends before it begins'],
    ['during: { from: "2026-10-01", to: "2026-10-01" }, zone: "CST"', 'zone is no time zone'],
    ['during: { from: "2024-10-01", to: "2026-10-01" }, compare: PREVIOUS_YEAR', 'longer than a year'],
    ['during: { from: "0001-01-01", to: "2026-10-01" }', 'outside of the calendar'],
    ['during: { from: "2026-10-01", to: "9999-12-31" }', 'outside of the calendar'],
    ['during: { from: "0003-01-01", to: "2026-10-01" }, compare: PREVIOUS_PERIOD', 'outside of the calendar'],
  ])('%s is refused', async (args, words) => {
    const { data, errors } = await graph.run(`{ metrics(${args}) { xp { value } } }`);
    expect(data.metrics).toBeNull();
    expect(errors![0]!.message).toContain(words);
    expect(errors![0]!.extensions['code']).toBe('BAD_USER_INPUT');
  });
});

test('a zone that only the runtime knows is refused by those that ask PostgreSQL for the day', async () => {
  const args = `${during}, zone: "US/Pacific-New"`;
  const { data, errors } = await graph.run(`{ schools { nodes { metrics(${args}) { sessions { value } } } } }`);
  const found = data.schools.nodes as { metrics: { sessions: unknown } }[];
  expect(found.map(({ metrics }) => metrics.sessions)).toEqual(found.map(() => null));
  expect(errors).toHaveLength(found.length);
  for (const { message, extensions } of errors!) {
    expect([message, extensions['code']]).toEqual([expect.stringContaining('zone is no time zone'), 'BAD_USER_INPUT']);
  }
});

/** What somebody would reckon who takes the lists as they are, beside what the metric says. */
describe('a naive figure is wrong where the metric is right', () => {
  const metricsOf = async (field: string, metrics: string) => {
    const { data } = await graph.run(`{ ${field} { metrics(${during}) { ${metrics} caveats { code } } } }`);
    const { caveats, ...values } = (data[field.split('(')[0]!] as { metrics: Shown }).metrics;
    return { ...values, codes: caveats.map(({ code }) => code) } as unknown as Record<string, { value: number }> & {
      codes: string[];
    };
  };
  interface Shown {
    readonly caveats: readonly { readonly code: string }[];
  }
  const isWithin = (row: TextRow) => row['date']! >= autumn.from && row['date']! <= autumn.to;
  const mean = (values: readonly number[]) => values.reduce((total, value) => total + value, 0) / values.length;

  test('of wasted time: sessions without waste have no row', async () => {
    const lengths = new Map(
      whole.rows
        .get('sessions')!
        .filter(isWithin)
        .map((row) => [row['id']!, row]),
    );
    const shares = whole.rows.get('sessions_waste')!.flatMap((row) => {
      const length = Number(lengths.get(row['session_id']!)?.['duration_sec']);
      return length > 0 ? [Number(row['waste_duration_sec']) / length] : [];
    });
    const { data } = await graph.run(`{ metrics(${during}) { wasteShare { value } caveats { code } } }`);
    expect(mean(shares)).toBeGreaterThan(1.5 * data.metrics.wasteShare.value);
    const codes = (data.metrics as Shown).caveats.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(['NO_WASTE_IS_ZERO', 'WASTE_HAS_MANY_KINDS', 'OPEN_SESSIONS']));
  });

  test('of accuracy: a mean of sessions makes short ones as heavy as long ones', async () => {
    const sessions = whole.rows.get('aggregated_session_attempts')!.filter(isWithin);
    const shares = sessions.flatMap((row) => {
      const answered = Number(row['total_questions_answered']);
      return answered > 0 ? [Number(row['total_questions_correct']) / answered] : [];
    });
    const { data } = await graph.run(`{ metrics(${during}) { accuracy { value } } }`);
    expect(Math.abs(mean(shares) - data.metrics.accuracy.value)).toBeGreaterThan(0.001);
  });

  test('of schools: whoever is at two of them counts in both', async () => {
    const own = whole.rows.get('student_schools')!.filter((row) => row['student_id'] === students.inTwoSchools);
    const ids = [...new Set(own.map((row) => row['school_id']!))];
    expect(ids.length).toBeGreaterThan(1);
    for (const id of ids) {
      const { codes } = await metricsOf(`school(id: "${id}")`, 'xp { value }');
      expect(codes).toContain('SHARED_STUDENTS');
    }
    const { codes } = await metricsOf(`student(id: "${students.inTwoSchools}")`, 'xp { value }');
    expect(codes).not.toContain('SHARED_STUDENTS');
  });

  test('of points: corrections are taken off', async () => {
    const own = whole.rows.get('students_xp')!.filter(isWithin);
    const { student_id: student } = own.find((row) => Number(row['total_value']) < 0)!;
    const earned = own.flatMap((row) =>
      row['student_id'] === student ? [Math.max(0, Number(row['total_value']))] : [],
    );
    const { xp, codes } = await metricsOf(`student(id: "${student!}")`, 'xp { value }');
    expect(xp!.value).toBeLessThan(earned.reduce((total, value) => total + value, 0));
    expect(codes).toContain('XP_CORRECTIONS');
  });

  test('of focus: more waste than session is no time gained elsewhere', async () => {
    const waste = new Map(
      whole.rows.get('sessions_waste')!.map((row) => [row['session_id']!, row['waste_duration_sec']!]),
    );
    const known = new Set(whole.rows.get('students')!.map(({ id }) => id!));
    const session = whole.rows
      .get('sessions')!
      .filter((row) => row['date'] !== null && known.has(row['student_id']!))
      .find((row) => row['duration_sec'] !== null && Number(waste.get(row['id']!)) > Number(row['duration_sec']))!;
    const day = `during: { from: "${session['date']!}", to: "${session['date']!}" }`;
    const { data } = await graph.run(
      `{ student(id: "${session['student_id']!}") { metrics(${day}) { appTime { value } wasteTime { value } focusTime { value } } } }`,
    );
    const { appTime, wasteTime, focusTime } = data.student.metrics;
    expect(focusTime.value).toBeGreaterThan(appTime.value - wasteTime.value);
  });
});

describe('caveats', () => {
  const codesOf = async (query: string) => {
    const { data, errors } = await graph.run(query);
    expect(errors).toBeUndefined();
    const [{ caveats }] = Object.values(data as object).map((one: object) =>
      'metrics' in one ? one.metrics : one,
    ) as [{ caveats: { code: string }[] }];
    return caveats.map(({ code }) => code);
  };

  test('follow from the arguments, whatever is asked for beside them', async () => {
    const app = whole.rows.get('learning_apps')![0]!['id']!;
    const ofApp = await codesOf(`{ learningApp(id: "${app}") { metrics(${during}) { caveats { code } } } }`);
    expect(ofApp).toEqual(expect.arrayContaining(['APP_IDS_DIFFER', 'NOT_BY_APP']));
    const inZone = await codesOf(`{ metrics(${during}, zone: "America/Chicago") { caveats { code } } }`);
    const inUtc = await codesOf(`{ metrics(${during}, zone: "UTC") { xp { value } caveats { code } } }`);
    expect(inZone).toEqual(['UTC_DAYS', ...inUtc]);
    const ofSchool = await codesOf(
      `{ organization(id: "${orgs.juniper}") { metrics(${during}) { caveats { code } } } }`,
    );
    expect(ofSchool).toContain('MEMBERS_OF_TODAY');
  });

  test('of a zone leave out those that are UTC by another name', async () => {
    for (const zone of ['utc', 'Etc/UTC', 'Etc/Zulu'])
      expect(await codesOf(`{ metrics(${during}, zone: "${zone}") { caveats { code } } }`)).not.toContain('UTC_DAYS');
  });

  test('of the members of today are about every metric', async () => {
    const { data } = await graph.run(
      `{ organization(id: "${orgs.juniper}") { metrics(${during}) { caveats { code metrics } } } }`,
    );
    const { caveats } = data.organization.metrics as { caveats: { code: string; metrics: string[] }[] };
    expect(caveats.find(({ code }) => code === 'MEMBERS_OF_TODAY')!.metrics).toEqual(metricNames);
  });

  test('of students are what their rows say', async () => {
    const rowsOf = byStudent(whole.rows);
    const said = new Map<string, boolean[]>(declaredCaveats.map(({ code }) => [code, []]));
    for (const [from, to] of [
      ['2026-08-17', '2026-08-18'],
      ['2026-09-21', '2026-10-04'],
    ] as const) {
      const { data } = await graph.run(
        `{ students(first: 1000) { nodes { id metrics(during: { from: "${from}", to: "${to}" }) { caveats { code } } } } }`,
      );
      for (const { id, metrics } of data.students.nodes as { id: string; metrics: { caveats: { code: string }[] } }[]) {
        const shown = metrics.caveats.map(({ code }) => code);
        expect([id, shown]).toEqual([id, expectedCaveats(rowsOf(id), { of: 'student', key: id, from, to })]);
        for (const [code, found] of said) found.push(shown.includes(code));
      }
    }
    // Each of them is true of some and not of all, but for those that follow from the question.
    const always = Array.from(said).flatMap(([code, found]) => (new Set(found).size === 1 ? [code] : []));
    expect(always).toEqual(['SHARED_STUDENTS', 'MEMBERS_OF_TODAY', 'APP_IDS_DIFFER', 'NOT_BY_APP', 'UTC_DAYS']);
  });

  test('warn of few proctored sessions, where there are many others', async () => {
    const known = new Set(whole.rows.get('students')!.map(({ id }) => id!));
    const own = whole.rows.get('sessions')!.filter((row) => row['date'] !== null);
    const found = [...new Set(own.map((row) => row['student_id']!))].find((student) => {
      const days = own.filter((row) => row['student_id'] === student && row['date']! >= autumn.from);
      const within = days.filter((row) => row['date']! <= autumn.to);
      const proctored = within.filter((row) => row['is_proctored'] === 'true').length;
      return within.length >= 10 && proctored > 0 && proctored < 10 && known.has(student);
    });
    const { data } = await graph.run(
      `{ student(id: "${found!}") { metrics(${during}) { caveats { code metrics } } } }`,
    );
    const { caveats } = data.student.metrics as { caveats: { code: string; metrics: string[] }[] };
    expect(caveats.filter(({ code }) => code.startsWith('FEW_') && code !== 'FEW_ANSWERS')).toEqual([
      { code: 'FEW_PROCTORED', metrics: ['violationRate'] },
    ]);
  });

  test('warn of few sessions, and of placements that changed since', async () => {
    const [session] = whole.rows.get('sessions')!.filter((row) => row['student_id'] === students.maya && row['date']);
    const day = `during: { from: "${session!['date']!}", to: "${session!['date']!}" }`;
    const few = await codesOf(`{ student(id: "${students.maya}") { metrics(${day}) { caveats { code } } } }`);
    expect(few).toContain('FEW_SESSIONS');
    const early = 'during: { from: "2024-01-01", to: "2024-01-02" }';
    expect(await codesOf(`{ metrics(${early}) { caveats { code } } }`)).toEqual(['PLACEMENTS_OF_TODAY']);
  });
});
