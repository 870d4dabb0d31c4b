import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { demoCallers } from '../../src/database/data/callers.ts';
import { groupingOf, type GroupsArgs } from '../../loaders/groups/groupsArgs.ts';
import { groupOrderText } from '../../loaders/groups/groupsOrder.ts';
import type { Where } from '../../loaders/sql/logic.ts';
import type { SqlColumn } from '../../loaders/sql/sql.ts';
import { viewNamed } from '../../schema/views/index.ts';
import type { Scope } from '../../src/scope.ts';
import { everything, openGraph, organizations as only, type TestGraph } from '../support/graph.ts';
import { chance } from './support/chance.ts';
import { summedViews } from './support/figures.ts';
import { askGroups, everyBucket, everyFill, groupsField, questionOf } from './support/groupQuestions.ts';
import { answerTo, dimensionsOf, timesOf, type Question } from './support/groups.ts';
import { listOf } from './support/oracle.ts';
import { organizations, smallData, untoldData } from './support/smallData.ts';
import { fly } from './support/statements.ts';
import { rounded } from './support/summaries.ts';
import { createTables, schema, type Edition, type Tables } from './support/tables.ts';
import { readWorld, worldOf, type TextRow, type World } from './support/world.ts';

const scoped = only(organizations.schools[1]!, organizations.districts[1]!);
const callers: { name: string; scope: Scope }[] = [
  { name: 'every organisation', scope: everything },
  { name: 'a school and a district', scope: scoped },
];

/** Sessions on both sides of changes of the clocks in Chicago, Berlin and Auckland. */
function nightData(): Map<string, readonly TextRow[]> {
  const data = smallData();
  const random = chance('nights');
  const changes = [
    '2025-03-09T08:00Z',
    '2025-11-02T07:00Z',
    '2025-03-30T01:00Z',
    '2025-10-26T01:00Z',
    '2025-04-05T14:00Z',
  ];
  const sessions = changes.flatMap((change) =>
    [-80, -50, -20, 0, 10, 45, 70].map((minutes): TextRow => ({
      ...random.pick(data.get('sessions')!),
      id: random.uuid(),
      start_time: new Date(Date.parse(change) + minutes * 60_000).toISOString().replace('T', ' ').replace('Z', ''),
    })),
  );
  return data.set('sessions', [...data.get('sessions')!, ...sessions]);
}

/** The questions that the graph answers otherwise than plain code. */
async function mistakesOf(graph: TestGraph, world: World, questions: readonly Question[]): Promise<readonly unknown[]> {
  const answers = await askGroups(graph, world, questions);
  return questions.flatMap((question, index) => {
    const [answer, expected] = [answers[index], rounded(answerTo(world, question))];
    return isDeepStrictEqual(answer, expected) ? [] : [{ question, answer, expected }];
  });
}

/** Rejects with the first question that is answered otherwise than by plain code. */
async function anyShape(graph: TestGraph, world: World, numRuns: number): Promise<void> {
  const property = fc.asyncProperty(fc.constantFrom(...summedViews), fc.gen(), async (view, gen) => {
    const choices = { below: (limit: number) => gen(fc.integer, { min: 0, max: limit - 1 }) };
    expect(await mistakesOf(graph, world, [questionOf(choices, world, view)])).toEqual([]);
  });
  await fc.assert(property, { numRuns, seed: 20261108, endOnFailure: true });
}

describe.each<Edition>(['usual', 'mixed'])('over %s types', (edition) => {
  let tables: Tables;
  let graph: TestGraph;
  const worlds = new Map<Scope, World>();
  beforeAll(async () => {
    tables = await createTables(edition, nightData());
    graph = await openGraph(tables.url, { schema });
    for (const { scope } of callers) worlds.set(scope, await readWorld(tables.url, schema, scope, 'C'));
  });
  afterAll(async () => {
    await graph.close();
    await tables.drop();
  });

  describe.each(callers)('for a caller of $name', ({ scope }) => {
    test.each(summedViews)('every dimension of %s', async (view) => {
      const questions = dimensionsOf(view).map((place) => ({ view, by: [place], first: 1000 }));
      expect(await mistakesOf(graph, worlds.get(scope)!, questions)).toEqual([]);
    });

    test('groups of any shape', async () => {
      await expect(anyShape(graph, worlds.get(scope)!, 100)).resolves.toBeUndefined();
    });
  });

  test.each(summedViews)('every way to fill the buckets of %s', async (view) => {
    const world = worlds.get(everything)!;
    expect(await mistakesOf(graph, world, everyFill(chance(`gaps of ${view}`), world, view))).toEqual([]);
  });

  test.each(summedViews)('every bucket of every time of %s', async (view) => {
    const choices = chance(`buckets of ${view}`);
    const questions = timesOf(view).flatMap((place) =>
      everyBucket(choices, place).map((bucket): Question => ({ view, by: [], bucket, first: 1000 })),
    );
    expect(await mistakesOf(graph, worlds.get(everything)!, questions)).toEqual([]);
  });
});

describe('the buckets that are filled', () => {
  const keysOf = (view: string, bucket: Partial<GroupsArgs['bucket']>, where: object) => {
    const asked = { of: 'DATE', unit: 'DAY', fill: 'ZERO', ...bucket } as const;
    return groupingOf(viewNamed(view), { bucket: asked }, where as Where).bucket!.fill!.keys;
  };
  const june = (...days: number[]) => days.map((day) => `2026-06-${day}`);
  const [d10, d11, d12, d13, d14] = june(10, 11, 12, 13, 14);

  test.each([
    [{ date: { gt: d10, lt: d13 } }, june(11, 12)],
    [{ date: { gte: d10, lte: d12 } }, june(10, 11, 12)],
    [{ date: { eq: d12 } }, june(12)],
    [{ date: { gt: d11, gte: d10, lt: d13, lte: d14 } }, june(12)],
    [{ date: { gte: d10, gt: d11, lte: d14, lt: d13 } }, june(12)],
    [{ date: { gte: d10, lte: d14, isNull: false, in: [d11], ne: d12 } }, june(10, 11, 12, 13, 14)],
    [{ date: { gte: d11 }, and: [{ date: { lte: d13 } }, { and: [{ date: { gt: d11 } }] }, {}] }, june(12, 13)],
    [{ date: { gte: d10, lte: d12 }, not: { date: { gte: d11 } }, or: [{ date: { lte: d11 } }] }, june(10, 11, 12)],
    [{ date: { gte: d10, lte: d11 }, session: { date: { gte: d11 } }, student: null }, june(10, 11)],
    [{ date: { gte: d12, lte: d11 } }, []],
  ])('are those between which all rows lie: %j', (where, days) => {
    expect(keysOf('students_xp', {}, where)).toEqual(days);
  });

  test.each([
    [{ gte: '2026-06-17T10:00:00Z', lt: '2026-06-17T11:00:00Z' }, [10]],
    [{ gte: '2026-06-17T10:00:00Z', lt: '2026-06-17T11:00:00.000001Z' }, [10, 11]],
    [{ gte: '2026-06-17T10:00:00Z', lte: '2026-06-17T11:00:00Z' }, [10, 11]],
    [{ gt: '2026-06-17T09:59:59.999999Z', lte: '2026-06-17T10:00:00Z' }, [9, 10]],
    [{ eq: '2026-06-17T12:30:00+02:00' }, [10]],
    [{ gte: '2026-06-17T12:00:00+02:00', gt: '2026-06-17T11:30:00Z', lt: '2026-06-17T14:00:00+02:00' }, [11]],
  ])('are known to less than a second: %j', (startTime, hours) => {
    const keys = keysOf('sessions', { of: 'START_TIME', unit: 'HOUR', zone: 'UTC' }, { startTime });
    expect(keys.map((key) => new Date(key).getUTCHours())).toEqual(hours);
  });

  test('are those of the row that has the time', () => {
    const day = { date: { gte: d10, lte: d11 } };
    expect(keysOf('attempts', { of: 'SESSION_DATE' }, { session: day })).toEqual(june(10, 11));
    expect(() => keysOf('attempts', { of: 'SESSION_DATE' }, day)).toThrow(/needs both ends.*session\.date/);
    for (const date of [{ gte: d10 }, { lt: d10 }, {}, null])
      expect(() => keysOf('students_xp', {}, { date, and: [null] })).toThrow(/needs both ends/);
  });

  test('are a thousand at most, and of moments that there are', () => {
    const upTo = (lte: string) => ({ date: { gte: '2020-01-01', lte } });
    expect(keysOf('students_xp', {}, upTo('2022-09-26'))).toHaveLength(1_000);
    expect(() => keysOf('students_xp', {}, upTo('2022-09-27'))).toThrow(/1000 buckets at most/);
    const leap = { startTime: { gte: '2026-06-30T23:59:60Z', lt: '2026-07-02T00:00:00Z' } };
    expect(() => keysOf('sessions', { of: 'START_TIME', zone: 'UTC' }, leap)).toThrow(/cannot reckon/);
  });

  test('begin on the Monday, unless said otherwise', () => {
    const week = { date: { gte: d10, lte: d10 } };
    expect(keysOf('students_xp', { unit: 'WEEK', weekStart: null }, week)).toEqual(['2026-06-08']);
    expect(keysOf('students_xp', { unit: 'WEEK', weekStart: 'SUNDAY' }, week)).toEqual(['2026-06-07']);
  });
});

const ofWeek = { by: ['IS_PROCTORED'], bucket: { of: 'START_TIME', unit: 'WEEK', zone: 'UTC' } };

test.each([
  [{ by: ['IS_PROCTORED'] }, 'm desc, g.g0'],
  [{ by: ['LEARNING_APP_ID', 'DATE'] }, 'm desc, g.g0::text collate "C", g.g1'],
  [ofWeek, 'g.g0, g.g1'],
  [{ by: ['IS_PROCTORED'], orderBy: [{ key: 'IS_PROCTORED' }] }, 'g.g0 nulls last, g.g0'],
  [{ by: ['DATE'], orderBy: [{ key: 'DATE', direction: 'DESC_NULLS_FIRST' }] }, 'g.g0 desc nulls first, g.g0'],
  [{ by: ['DATE'], orderBy: [{ key: 'DATE', bucket: null, summary: null }] }, 'g.g0 nulls last, g.g0'],
  [{ ...ofWeek, orderBy: [{ summary: { count: 'DESC' } }] }, 'm desc nulls last, g.g0, g.g1'],
  [{ ...ofWeek, orderBy: [{ bucket: 'DESC' }] }, 'g.g0 desc nulls last, g.g0, g.g1'],
  [{ by: Array.from({ length: 3_000 }, () => 'DATE') }, 'm desc, g.g0'],
])('groups stand in the order that was asked for, then by time, then by their keys: %#', (args, order) => {
  const view = viewNamed('sessions');
  const column = { sql: 'm' } as SqlColumn;
  expect(groupOrderText(view, groupingOf(view, args as GroupsArgs, undefined), () => column)).toBe(order);
});

test('values that no answer can hold are none to groups of any shape', async () => {
  const tables = await createTables('usual', untoldData());
  const graph = await openGraph(tables.url, { schema });
  const world = await worldOf(smallData(), tables.url, everything, 'C');
  const choices = chance('values that no answer can hold');
  const questions = summedViews.flatMap((view) =>
    Array.from({ length: 12 }, () => ({ ...questionOf(choices, world, view), where: {} })),
  );
  const isOfAll = ({ bucket }: Question) => !bucket?.fill;
  expect(await mistakesOf(graph, world, questions.filter(isOfAll))).toEqual([]);
  await graph.close();
  await tables.drop();
});

describe('over the demo', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await openGraph(inject('demoUrl'));
  });
  afterAll(() => graph.close());

  const limited = demoCallers.flatMap(({ title, orgIds }) =>
    orgIds === 'unrestricted' ? [] : [{ title, scope: only(...orgIds) }],
  );
  test.each(limited)(
    'groups of any shape, of the rows of the $title alone',
    { timeout: 120_000 },
    async ({ scope }) => {
      const world = await readWorld(inject('demoUrl'), schema, scope);
      await expect(anyShape(graph, world, 20)).resolves.toBeUndefined();
    },
  );
});

describe('groups', () => {
  let tables: Tables;
  let graph: TestGraph;
  let world: World;
  beforeAll(async () => {
    tables = await createTables('usual', nightData());
    graph = await openGraph(tables.url, { schema });
    world = await readWorld(tables.url, schema, undefined, 'C');
  });
  afterAll(async () => {
    await graph.close();
    await tables.drop();
  });

  test('of each parent are those of its list', async () => {
    const by = dimensionsOf('sessions').filter(({ field }) => ['learningAppId', 'isProctored'].includes(field));
    const { field, declared, values } = groupsField('', { view: 'sessions', by, first: 3 });
    const query = `query (${declared.join(', ')}) { students { nodes { id sessions { ${field} } } } }`;
    const { data } = await fly(graph, query, values, scoped);
    const seen = await readWorld(tables.url, schema, scoped, 'C');
    const expected = listOf(seen, 'students').map(({ id }) => {
      const rows = seen.rows('sessions').filter((row) => row['student_id'] === id);
      return { id, sessions: { groups: rounded(answerTo(seen, { view: 'sessions', by, first: 3 }, rows)) } };
    });
    expect(expected.length).toBeGreaterThan(3);
    expect(rounded(data.students.nodes)).toEqual(expected);
  });

  test.each([1, 50])(
    'of %i parents take as many selects as of one, and one for the rows behind their keys',
    async (size) => {
      const { shape, flights, data } = await fly(
        graph,
        `query ($size: Int) { students(first: $size, where: { sessions: { some: {} } }) { nodes { sessions { groups(by: [LEARNING_APP_ID]) {
        totalCount nodes { key { learningApp { name } } summary { count } } others { count }
      } } } } }`,
        { size },
      );
      expect(shape).toEqual([1, 3, 1]);
      expect(flights[2]![0]!.view).toBe('learning_apps');
      expect(data.students.nodes.length).toBe(Math.min(size, data.students.nodes.length));
    },
  );

  test('of attempts lead to whatever was tried, one select for each type', async () => {
    const { shape, data } = await fly(
      graph,
      `{ attempts { groups(by: [RESOURCE_ID], first: 1000) { nodes { key { resourceId resource { __typename id } } } } } }`,
    );
    expect(shape).toEqual([1, 6]);
    const keys = (data.attempts.groups.nodes as { key: { resourceId: string; resource: { id: string } } }[]).map(
      ({ key }) => key,
    );
    expect(keys.length).toBeGreaterThan(5);
    for (const { resourceId, resource } of keys) expect(resource.id).toBe(resourceId);
  });

  test('read what is asked of them, through fragments, aliases and variables', async () => {
    const { data, flights } = await fly(
      graph,
      `query ($at: Float!, $on: Boolean!) { sessions { groups(by: [IS_PROCTORED]) { nodes { ...One } nodes { summary { durationSec { avg } } } others { count } } } }
      fragment One on SessionGroup { first: summary { ... on SessionSummary { durationSec { p: percentile(at: $at) max @include(if: $on) min @skip(if: $on) } __typename } } }`,
      { at: 0.5, on: true },
    );
    const [statement] = flights[0]!.filter(({ text }) => text.includes('percentile'));
    expect(statement!.text).toMatch(/avg.*as m|max/);
    expect(statement!.text).not.toContain('min(');
    for (const node of data.sessions.groups.nodes) {
      expect(Object.keys(node)).toEqual(['first', 'summary']);
      expect(Object.keys(node.first.durationSec)).toEqual(['p', 'max']);
    }
  });

  test('a share that is none is an error in its own place', async () => {
    const { data, errors } = await graph.run(
      '{ sessions { groups(by: [IS_PROCTORED], first: 1) { nodes { summary { count durationSec { avg percentile(at: 1.5) } } } } } }',
    );
    expect(data.sessions.groups.nodes[0].summary).toMatchObject({ count: expect.any(Number) as unknown });
    expect(errors![0]!.path).toEqual(['sessions', 'groups', 'nodes', 0, 'summary', 'durationSec', 'percentile']);
  });

  test('nodes and others add up to the list, whatever is left out', async () => {
    const rows = world.rows('sessions').length;
    for (const args of [
      'first: 0',
      'first: 2',
      'having: { count: { gte: 5 } }',
      'first: 1, having: { count: { lt: 5 } }',
    ]) {
      const { data } = await fly(
        graph,
        `{ sessions { groups(by: [LEARNING_APP_ID], ${args}) { nodes { summary { count } } others { count } } } }`,
      );
      const { nodes, others } = data.sessions.groups as {
        nodes: { summary: { count: number } }[];
        others: { count: number };
      };
      expect(nodes.reduce((sum, { summary }) => sum + summary.count, others.count)).toBe(rows);
    }
  });

  test('thirty days have thirty buckets, also where there is no row', async () => {
    const days = (where: string) =>
      fly(
        graph,
        `{ sessions(where: { and: [{ startTime: { gte: "2025-06-01T05:00:00Z", lt: "2025-07-01T05:00:00Z" } }, ${where}] }) {
          groups(bucket: { of: START_TIME, unit: DAY, zone: "America/Chicago", fill: ZERO }, first: 1000) {
            totalCount nodes { key { bucket { start } } summary { count durationSec { avg } } } others { count } } } }`,
      );
    const farAway = '{ startTime: { lt: "9999-12-31T23:59:59-12:00" } }';
    for (const where of ['{}', '{ id: { eq: "none" } }', farAway]) {
      const { totalCount, nodes, others } = (await days(where)).data.sessions.groups;
      expect([totalCount, nodes.length, others]).toEqual([30, 30, null]);
      expect(nodes[0].key.bucket.start).toBe('2025-06-01T05:00:00.000Z');
      expect(nodes[0].summary).toEqual({ count: 0, durationSec: { avg: 0 } });
    }
  });

  const time = 'of: START_TIME, unit: DAY';
  test.each([
    ['', 'groups needs by or bucket'],
    ['by: []', 'groups needs by or bucket'],
    ['by: null, bucket: null', 'groups needs by or bucket'],
    ['by: [DATE], first: -1', 'groups.first is 0 to 1000'],
    ['by: [DATE], first: 1001', 'groups.first is 0 to 1000'],
    [`bucket: { ${time} }`, 'groups.bucket.zone is missing'],
    [`bucket: { ${time}, zone: null }`, 'groups.bucket.zone is missing'],
    [`bucket: { ${time}, zone: "Mars/Olympus" }`, 'groups.bucket.zone is no time zone'],
    [`bucket: { ${time}, zone: "+02:00" }`, 'groups.bucket.zone is no time zone'],
    [`bucket: { ${time}, zone: "US/Pacific-New" }`, 'groups.bucket.zone is no time zone'],
    ['bucket: { of: DATE, unit: DAY, zone: "UTC" }', 'groups.bucket.zone goes with moments'],
    ['bucket: { of: DATE, unit: HOUR }', 'groups.bucket.unit is too short'],
    [
      `bucket: { ${time}, zone: "UTC", fill: ZERO }`,
      'groups.bucket.fill needs both ends: filter the list by startTime',
    ],
    ['by: [DATE], orderBy: [{}]', 'groups.orderBy[0] must have exactly one'],
    ['by: [DATE], orderBy: [{ direction: ASC }]', 'groups.orderBy[0] must have exactly one'],
    ['by: [DATE], orderBy: [{ key: DATE, summary: { count: ASC } }]', 'groups.orderBy[0] must have exactly one'],
    ['by: [DATE], orderBy: [{ summary: { count: ASC }, direction: ASC }]', 'groups.orderBy[0].direction goes with key'],
    ['by: [DATE], orderBy: [{ key: STUDENT_ID }]', 'groups.orderBy[0].key is not one of those'],
    ['by: [DATE], orderBy: [{ bucket: ASC }]', 'groups.orderBy[0].bucket needs groups.bucket'],
    ['by: [DATE], orderBy: [{ summary: { durationSec: {} } }]', 'groups.orderBy[0].summary.durationSec must have'],
    ['by: [DATE], having: {}', 'groups.having is empty'],
    ['by: [DATE], having: { count: { gte: null } }', 'groups.having.count.gte is null'],
    ['by: [DATE], having: { durationSec: { percentile: { at: 2, value: { gt: 1 } } } }', 'A percentile is taken'],
  ])('(%s) is refused', async (args, message) => {
    const { data, errors } = await graph.run(
      `{ sessions { groups${args && `(${args})`} { totalCount nodes { key { date } } } } }`,
    );
    expect(data.sessions.groups).toBeNull();
    expect(errors![0]!.message).toContain(message);
    expect(errors![0]!.extensions['code']).toBe('BAD_USER_INPUT');
  });

  test.each([
    ['{ startTime: { gte: "2025-01-01T00:00:00Z" } }', 'needs both ends'],
    ['{ or: [{ startTime: { gte: "2025-01-01T00:00:00Z", lt: "2025-01-03T00:00:00Z" } }] }', 'needs both ends'],
    ['{ not: { startTime: { gte: "2025-01-01T00:00:00Z", lt: "2025-01-03T00:00:00Z" } } }', 'needs both ends'],
    ['{ endTime: { gte: "2025-01-01T00:00:00Z", lt: "2025-01-03T00:00:00Z" } }', 'needs both ends'],
    ['{ startTime: { gte: "2020-01-01T00:00:00Z", lt: "2025-01-03T00:00:00Z" } }', '1000 buckets at most'],
    ['{ startTime: { gte: "0001-01-01T00:00:00Z", lt: "9999-12-31T00:00:00Z" } }', '1000 buckets at most'],
  ])('buckets are not filled where %s', async (where, message) => {
    const query = `{ sessions(where: ${where}) { groups(bucket: { ${time}, zone: "UTC", fill: NULL }) { totalCount } } }`;
    const { data, errors, flights } = await graph.run(query);
    expect([data.sessions.groups, flights]).toEqual([null, []]);
    expect(errors![0]!.message).toContain(message);
  });

  test('no more groups are filled than a quarter of a million, of all parents together', async () => {
    const demo = await openGraph(inject('demoUrl'));
    const hours = 'bucket: { of: START_TIME, unit: HOUR, zone: "UTC", fill: ZERO }, first: 1';
    const parts = ['totalCount', 'nodes { summary { count } }', 'others { count }'];
    const sessions = (by: string, until = '2026-10-20', selected = parts.join(' ')) =>
      `sessions(where: { startTime: { gte: "2026-09-10T00:00:00Z", lt: "${until}T00:00:00Z" } }) {
        groups(${by} ${hours}) { ${selected} } }`;
    const ask = async (query: string) => {
      const begun = performance.now();
      const { data, errors = [] } = await demo.run(query);
      expect(performance.now() - begun).toBeLessThan(5_000);
      return { data, told: [...new Set(errors.map(({ message }) => message))] };
    };
    const told = [expect.stringContaining('groups.bucket.fill makes 250000 groups at most')];
    const shown = await ask(`{ ${sessions('by: [LEARNING_APP_ID]')} }`);
    expect([shown.data.sessions.groups.totalCount, shown.told]).toEqual([960 * 15, []]);
    // A day has 24 hours, and fewer students: by student and app they are not too many yet.
    expect(await ask(`{ ${sessions('by: [STUDENT_ID, LEARNING_APP_ID]', '2026-09-11')} }`)).toMatchObject({ told: [] });
    expect(await ask(`{ ${sessions('by: [STUDENT_ID, LEARNING_APP_ID]')} }`)).toEqual({
      data: { sessions: { groups: null } },
      told,
    });
    const ofEach = (selected?: string) => `{ students(first: 600) { nodes { ${sessions('', undefined, selected)} } } }`;
    for (const part of parts) expect((await ask(ofEach(part))).told).toEqual(told);
    const ofFewer = ofEach().replace('600', '200');
    expect((await ask(ofFewer)).told).toEqual([]);
    expect((await ask(ofFewer.replace('groups(', 'groups(by: [LEARNING_APP_ID] '))).told).toEqual(told);
    // Where there is no bucket at all, no number of other keys is too large.
    expect(await ask(`{ ${sessions('by: [STUDENT_ID]', '2026-09-10')} }`)).toEqual({
      data: { sessions: { groups: { totalCount: 0, nodes: [], others: null } } },
      told: [],
    });
    await demo.close();
  });
});
