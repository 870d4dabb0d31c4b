import { parse } from 'graphql';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createSubgraph } from '../../schema/subgraphs.ts';
import { aimContext, createContext } from '../../src/context.ts';
import type { FlightReport } from '../../src/door/reader.ts';
import { createExecutor } from '../../src/execution.ts';
import { Patience } from '../../src/patience.ts';
import { createDatabase } from '../support/database.ts';
import { everything, openGraph, type TestGraph } from '../support/graph.ts';
import { lookUpsOf, someIds } from '../support/lookUps.ts';
import { askedInTurn } from './support/inTurn.ts';
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
    const rows: Record<string, number> = {};
    const onFlight = ({ statements }: FlightReport) => {
      for (const [view, count] of statements.flatMap(({ rowsOf }) => rowsOf)) rows[view] = (rows[view] ?? 0) + count;
    };
    const patience = new Patience(20_000);
    const context = createContext(graph.database, { subject: 'test', scope: everything }, { patience, onFlight });
    const document = parse(walk);
    aimContext(context, graph.schema, document);
    const { data } = await createExecutor(graph.schema)({ document, context, variables: { id: course } });
    patience.settle();
    const titles = JSON.stringify(data).match(/"title"/g)!.length;
    expect(Object.keys(rows)).toEqual(['courses', 'units', 'tests', 'questions']);
    expect(Object.values(rows).reduce((sum, count) => sum + count, 0)).toBe(titles);
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
