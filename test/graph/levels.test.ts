import { setTimeout as pause } from 'node:timers/promises';
import { parse } from 'graphql';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createSubgraph } from '../../schema/subgraphs.ts';
import { aimContext, createContext } from '../../src/context.ts';
import type { Reported } from '../../src/door/reader.ts';
import { createExecutor } from '../../src/execution.ts';
import { internal, overloaded, timeout } from '../../src/failures.ts';
import { Patience } from '../../src/patience.ts';
import { createDatabase } from '../support/database.ts';
import { everything, openGraph, type TestGraph } from '../support/graph.ts';
import { lookUpsOf, overlapping, someIds } from '../support/lookUps.ts';
import { chance } from './support/chance.ts';
import { askedInTurn } from './support/inTurn.ts';
import { dataOf } from './support/lists.ts';
import { fly } from './support/statements.ts';
import { createTables, schema, type Tables } from './support/tables.ts';
import { readTexts } from './support/world.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await openGraph(inject('demoUrl'));
});
afterAll(() => graph.close());

const lookUps = lookUpsOf(createSubgraph('timeback'));

const plain = ({ data, errors }: { data?: unknown; errors?: unknown }) =>
  JSON.parse(JSON.stringify({ data, ...(errors !== undefined && { errors }) })) as unknown;

/** The answers ahead and in turn, and how many statements of several levels those took. */
async function answersOf(of: TestGraph, list: string, documents: readonly string[]) {
  const [ahead, inTurn]: [unknown[], unknown[]] = [[], []];
  let levels = 0;
  for (const id of await someIds(of, list)) {
    for (const document of documents) {
      const answer = await of.run(document, { variables: { id } });
      ahead.push(plain(answer));
      inTurn.push(await askedInTurn(of, document, { id }, everything));
      levels += answer.flights.flat().filter((text) => text.startsWith('with l0 ')).length;
    }
  }
  return { ahead, inTurn, levels };
}

/** An answer, and how many rows of each view were read for it. */
async function readFor(of: TestGraph, query: string, variables: Record<string, unknown>) {
  const rows: Record<string, number> = {};
  const onFlight = (statements: readonly Reported[]) => {
    for (const [view, count] of statements.flatMap(({ rowsOf }) => rowsOf)) rows[view] = (rows[view] ?? 0) + count;
  };
  const answer = await of.run(query, { variables, onFlight });
  return { data: dataOf(answer, query), rows, flights: answer.flights.length };
}

/** Rows that hold their parents in an array are looked for in one reading; and a subject is found by its title. */
const apart = ['caseSubject', 'grade', 'learningAppSubject'];

describe('lists below the lists of', () => {
  test.each(lookUps)('$root are what they would be by themselves', async ({ root, list, documents }) => {
    const { ahead, inTurn, levels } = await answersOf(graph, list, documents);
    expect(ahead).toEqual(inTurn);
    const deep = documents.filter((document) => document.split('edges').length > 2);
    expect(levels > 0).toBe(deep.length > 0 && !apart.includes(root));
  });
});

describe('over mixed column types, lists below the lists of', () => {
  let tables: Tables;
  let mixed: TestGraph;
  beforeAll(async () => {
    tables = await createTables('mixed', await readTexts(inject('demoUrl'), schema, everything));
    mixed = await openGraph(tables.url, { schema });
  });
  afterAll(async () => {
    await mixed.close();
    await tables.drop();
  });

  test.each(lookUps)('$root are what they would be by themselves', async ({ list, documents }) => {
    const { ahead, inTurn } = await answersOf(mixed, list, documents);
    expect(ahead).toEqual(inTurn);
  });
});

test('lists below lists, as they come, are what they would be by themselves', async () => {
  const random = chance('lists below lists');
  const ids = new Map<string, readonly string[]>();
  const deep = lookUps.filter(({ documents }) => documents.some((document) => document.split('edges').length > 2));
  for (const { list } of deep) ids.set(list, await someIds(graph, list));
  let levels = 0;
  for (let n = 0; n < 400; n++) {
    const lookUp = random.pick(deep);
    const query = overlapping(lookUp, random);
    const variables = { id: random.pick(ids.get(lookUp.list)!) };
    const answer = await graph.run(query, { variables });
    expect({ query, answer: plain(answer) }).toEqual({
      query,
      answer: await askedInTurn(graph, query, variables, everything),
    });
    levels += answer.flights.flat().filter((text) => text.startsWith('with l0 ')).length;
  }
  expect(levels).toBeGreaterThan(200);
});

test('a key that is no UUID is not looked for among UUIDs', async () => {
  const texts = await readTexts(inject('demoUrl'), schema, everything);
  const [pair] = texts.get('student_guides')!;
  const add = (view: string, row: object) => texts.get(view)!.push({ ...texts.get(view)![0]!, ...row });
  add('students', { id: 'no UUID' });
  add('student_guides', { student_id: 'no UUID', guide_id: pair!['guide_id'] });
  const tables = await createTables('usual', texts);
  const odd = await openGraph(tables.url, { schema });
  const { data, shape } = await fly(
    odd,
    'query ($id: ID!) { guide(id: $id) { students(first: 1000) { nodes { id sessions { nodes { id } } } } } }',
    { id: pair!['guide_id'] },
  );
  expect(data.guide.students.nodes).toContainEqual({ id: 'no UUID', sessions: { nodes: [] } });
  expect(shape).toEqual([2, 1]);
  await odd.close();
  await tables.drop();
});

describe('a statement of several levels', () => {
  const walk = `query ($id: ID!) {
    course(id: $id) { title units { nodes { title tests { edges { node { title questions { nodes { title } } } } } } } }
  }`;
  let course: string;
  let student: string;
  beforeAll(async () => {
    const { data } = await graph.run(
      '{ questionTests(first: 1) { nodes { test { id } } } courses(where: { units: { some: { tests: { some: { questions: { some: {} } } } } } }) { nodes { id } } sessions(where: { attempts: { some: {} } }) { nodes { studentId } } }',
    );
    course = data.courses.nodes[0].id;
    student = data.sessions.nodes[0].studentId;
  });
  const shapeOf = async (query: string, id: string) => (await fly(graph, query, { id })).shape;

  test('answers a walk down the curriculum in one round trip', async () => {
    const { data, flights } = await fly(graph, walk, { id: course });
    expect(flights.map((flight) => flight.map(({ view, below = [] }) => [view, ...below]))).toEqual([
      [['courses'], ['units', 'tests', 'questions']],
    ]);
    expect(data.course.units.nodes[0].tests.edges[0].node.questions.nodes[0].title).toEqual(expect.any(String));
  });

  test('is told by the rows of each view', async () => {
    const { data, rows } = await readFor(graph, walk, { id: course });
    const titles = JSON.stringify(data).match(/"title"/g)!.length;
    expect(Object.keys(rows)).toEqual(['courses', 'units', 'tests', 'questions']);
    expect(Object.values(rows).reduce((sum, count) => sum + count, 0)).toBe(titles);
  });

  test('reads what is asked for below one row, and not below those of others', async () => {
    const below = 'wasteInsights(first: 200) { nodes { sessionId } } attempts(first: 200) { nodes { sessionId } }';
    const query = `query ($id: ID!) {
      student(id: $id) { sessions { nodes { ${below} } } }
      students(first: 100) { nodes { id sessions { nodes { id } } } }
    }`;
    for (const [id, isThere] of [
      ['no id at all', false],
      [student, true],
    ] as const) {
      const { data, rows } = await readFor(graph, query, { id });
      const shown = (data.student?.sessions.nodes ?? []) as { attempts: { nodes: unknown[] } }[];
      const attempts = shown.reduce((sum, one) => sum + one.attempts.nodes.length, 0);
      expect(attempts > 0).toBe(isThere);
      expect(rows['attempts'] ?? 0).toBe(attempts);
      expect(plain({ data })).toEqual(await askedInTurn(graph, query, { id }, everything));
    }
  });

  test.each([0, 1, 3])('reads nothing below a row beyond a page of %i', async (first) => {
    const query = `query ($id: ID!) { student(id: $id) { sessions(first: ${first}) {
      pageInfo { hasNextPage }
      nodes { attempts(first: 1000) { pageInfo { hasNextPage } nodes { date } } }
    } } }`;
    const { data, rows, flights } = await readFor(graph, query, { id: student });
    const { pageInfo, nodes } = data.student.sessions;
    expect(pageInfo.hasNextPage).toBe(true);
    expect(rows['sessions']).toBe(first + 1);
    const attempts = (nodes as { attempts: { nodes: unknown[] } }[]).flatMap((one) => one.attempts.nodes);
    expect(attempts.length > 0).toBe(first > 0);
    expect(rows['attempts'] ?? 0).toBe(attempts.length);
    expect(flights).toBe(1);
  });

  test('says nothing of what lies below a row beyond a page, which another page shows', async () => {
    const attempts = 'attempts(first: 2) { nodes { date } }';
    const page = (first: number) => `sessions(first: ${first}) { pageInfo { hasNextPage } nodes { id ${attempts} } }`;
    for (const [few, more] of [
      [0, 1],
      [1, 3],
      [3, 1],
    ] as const) {
      const query = `query ($id: ID!) { student(id: $id) { few: ${page(few)} more: ${page(more)} } }`;
      const answer = await graph.run(query, { variables: { id: student } });
      expect(plain(answer)).toEqual(await askedInTurn(graph, query, { id: student }, everything));
    }
  });

  test('tells one list from one moment, wherever it stands', async () => {
    const database = await createDatabase(undefined, { template: inject('demoTemplate') });
    const restless = await openGraph(database.url);
    const client = new pg.Client(database.url);
    await client.connect();
    const { rows: columns } = await client.query(
      `select string_agg(case column_name when 'duration_sec' then 'random() * 1e6' else column_name end || ' as ' || quote_ident(column_name), ', ' order by ordinal_position)
       from information_schema.columns where table_name = 'attempts' and table_schema = 'analytics_production'`,
    );
    await client.query('alter view analytics_production.attempts rename to calm');
    await client.query(
      `create view analytics_production.attempts as select ${columns[0].string_agg} from analytics_production.calm`,
    );
    await client.end();
    const attempts = 'attempts(first: 3) { nodes { durationSec } edges { node { durationSec } } }';
    const { data, errors } = await restless.run(
      `query ($id: ID!) { student(id: $id) {
        a: sessions(first: 500) { nodes { id ${attempts} } edges { node { id ${attempts} } } }
        b: sessions(last: 500) { nodes { id ${attempts} } }
      } }`,
      { variables: { id: student } },
    );
    expect(errors).toBeUndefined();
    const bySession = (list: { nodes: { id: string }[] }) => Object.fromEntries(list.nodes.map((one) => [one.id, one]));
    const { a, b } = data.student;
    expect(a.nodes).toEqual(a.edges.map(({ node }: { node: unknown }) => node));
    expect(bySession(a)).toEqual(bySession(b));
    const durations = a.nodes.flatMap((one: { attempts: { nodes: { durationSec: number }[] } }) => one.attempts.nodes);
    expect(new Set(durations.map(({ durationSec }: { durationSec: number }) => durationSec)).size).toBeGreaterThan(3);
    for (const { attempts } of [...a.nodes, ...b.nodes])
      expect(attempts.nodes).toEqual(attempts.edges.map(({ node }: { node: unknown }) => node));
    await restless.close();
    await database.drop();
  });

  test.each([
    ['cut', 'sessions(first: 2)', 'attempts(last: 1)', [2]],
    ['sorted', 'sessions(orderBy: [{ durationSec: DESC }])', 'attempts(orderBy: [{ date: ASC }])', [2]],
    ['filtered above', 'sessions(where: { isProctored: { eq: false } })', 'attempts', [2, 1]],
    ['filtered below', 'sessions', 'attempts(where: { date: { gte: "2026-01-01" } })', [2, 1]],
  ])('is made of lists that are %s, or not', async (_, above, below, shape) => {
    const query = `query ($id: ID!) { student(id: $id) { name ${above} { nodes { id ${below} { nodes { date } } } } } }`;
    expect(await shapeOf(query, student)).toEqual(shape);
    expect(plain(await graph.run(query, { variables: { id: student } }))).toEqual(
      await askedInTurn(graph, query, { id: student }, everything),
    );
  });

  test('reads what two names ask for alike once, and what they ask for otherwise twice', async () => {
    const sessions = (below: string) => `query ($id: ID!) { student(id: $id) { sessions(first: 2) { ${below} } } }`;
    const levelsOf = async (query: string) =>
      (await fly(graph, query, { id: student })).flights.flat().map(({ below = [] }) => below.length);
    const attempts = (args: string) => `attempts(${args}) { nodes { date } }`;
    const alike = sessions(`nodes { a: ${attempts('first: 2')} b: ${attempts('first: 2')} }`);
    expect(await levelsOf(alike)).toEqual([0, 1]);
    const otherwise = sessions(`nodes { a: ${attempts('first: 2')} } edges { node { a: ${attempts('last: 2')} } }`);
    expect(await levelsOf(otherwise)).toEqual([0, 2]);
    for (const query of [alike, otherwise])
      expect(plain(await graph.run(query, { variables: { id: student } }))).toEqual(
        await askedInTurn(graph, query, { id: student }, everything),
      );
  });

  test('reads what lies below a row once, however many parents lead to it', async () => {
    const { data: found } = await graph.run(
      '{ students(first: 1000, where: { sessions: { some: {} } }) { nodes { guides { nodes { guideId } } } } }',
    );
    const shared = found.students.nodes.find(({ guides }: { guides: { nodes: unknown[] } }) => guides.nodes.length > 1);
    const [one, other] = shared.guides.nodes as { guideId: string }[];
    const students = 'students(first: 100) { nodes { id sessions { nodes { id } } } }';
    const query = `query ($one: ID!, $other: ID!) { one: guide(id: $one) { ${students} } other: guide(id: $other) { ${students} } }`;
    const variables = { one: one!.guideId, other: other!.guideId };
    expect((await fly(graph, query, variables)).shape).toEqual([2]);
    expect(plain(await graph.run(query, { variables }))).toEqual(
      await askedInTurn(graph, query, variables, everything),
    );
  });

  test('is not asked where no id leads', async () => {
    expect(await shapeOf(walk, 'no id at all')).toEqual([2]);
    const students = 'query ($id: ID!) { student(id: $id) { sessions { nodes { attempts { nodes { date } } } } } }';
    expect(await shapeOf(students, 'no id at all')).toEqual([]);
    expect((await fly(graph, '{ courses { nodes { units { nodes { title } } } } }')).shape).toEqual([1, 1]);
  });

  test('fails for the list that a mistake is in, and for no other', async () => {
    const query = `query ($id: ID!) {
      student(id: $id) { name sessions { nodes { attempts(orderBy: [{ date: ASC, isCorrect: ASC }]) { nodes { date } } journals { nodes { id } } } } }
    }`;
    const answer = await graph.run(query, { variables: { id: student } });
    expect(plain(answer)).toEqual(await askedInTurn(graph, query, { id: student }, everything));
    expect(answer.errors!.every(({ path }) => path!.includes('attempts'))).toBe(true);
    expect(answer.data.student.sessions.nodes[0].journals.nodes).toEqual(expect.any(Array));
  });

  test('is asked for list by list, where there is no room for it', async () => {
    const database = await createDatabase(undefined, { template: inject('demoTemplate') });
    const query = `query ($id: ID!) { school(id: $id) { name students(first: 100) { nodes { name email
      sessions(first: 100) { nodes { id startTime endTime durationSec learningAppId attempts(first: 3) { nodes { date } } } }
    } } } }`;
    const { data: found } = await graph.run(
      '{ schools(where: { students: { some: {} } }, first: 1) { nodes { id } } }',
    );
    const variables = { id: found.schools.nodes[0].id as string };
    const client = new pg.Client(database.url);
    await client.connect();
    const { rows } = await client.query('select current_database() as name');
    for (const setting of [`work_mem = '256kB'`, 'temp_file_limit = 0'])
      await client.query(`alter database ${rows[0].name} set ${setting}`);
    await client.end();
    const narrow = await openGraph(database.url);
    const answer = await narrow.run(query, { variables });
    expect(answer.flights.length).toBeGreaterThan(1);
    expect(plain(answer)).toEqual(plain(await graph.run(query, { variables })));
    expect(answer.errors).toBeUndefined();
    await narrow.close();
    await database.drop();
  });

  test.each([
    ['TIMEOUT', timeout, 1],
    ['OVERLOADED', overloaded, 1],
    ['INTERNAL', internal, 2],
  ])('is not asked for list by list where there is no time for it: %s', async (code, failure, reads) => {
    const patience = new Patience(20_000);
    const context = createContext(graph.database, { subject: 'test', scope: everything }, { patience });
    const document = parse(
      'query ($id: ID!) { student(id: $id) { sessions { nodes { attempts { nodes { date } } } } } }',
    );
    aimContext(context, graph.schema, document);
    const asked: string[] = [];
    const read = context.reader.read.bind(context.reader);
    context.reader.read = async (statement) => {
      if (statement.view === 'students') return read(statement);
      asked.push(statement.text);
      // By then the row is there, and waits for it.
      await pause(50);
      throw failure();
    };
    const { errors } = await createExecutor(graph.schema)({ document, context, variables: { id: student } });
    patience.settle();
    expect([errors?.map(({ extensions }) => extensions['code']), asked.length]).toEqual([[code], reads]);
    expect(asked[0]).toContain('with l0');
  });

  test('fails for the list whose view has gone, and for no other', async () => {
    const database = await createDatabase(undefined, { template: inject('demoTemplate') });
    const broken = await openGraph(database.url);
    const client = new pg.Client(database.url);
    await client.connect();
    await client.query('alter view analytics_production.attempts rename to elsewhere');
    await client.end();
    const query = `query ($id: ID!) { student(id: $id) { name sessions { nodes { id attempts { nodes { date } } } } } }`;
    const { data, errors } = await broken.run(query, { variables: { id: student } });
    expect(data.student.sessions.nodes[0].id).toEqual(expect.any(String));
    expect(new Set(errors!.map(({ extensions, path }) => [extensions['code'], ...path!.slice(-2)].join(' ')))).toEqual(
      new Set(['VIEW_UNAVAILABLE attempts nodes']),
    );
    await broken.close();
    await database.drop();
  });
});
