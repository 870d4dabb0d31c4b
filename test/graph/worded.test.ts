import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { Sql } from '../../loaders/sql/sql.ts';
import { worded } from '../../loaders/sql/worded.ts';
import { viewNamed } from '../../schema/views/index.ts';
import { Patience } from '../../src/patience.ts';
import type { Scope } from '../../src/scope.ts';
import { everything, openGraph, organizations, type TestGraph } from '../support/graph.ts';

const patience = new Patience(60_000);
let graph: TestGraph;
beforeAll(async () => {
  graph = await openGraph(inject('demoUrl'));
});
afterAll(async () => {
  patience.settle();
  await graph.close();
});

const sqlOf = (scope: Scope) => new Sql(graph.database.session(scope, { patience }));
let written = 0;

/** A list of students, as the loaders would write it, after the keys that stand in front of it. */
function write(name: string | undefined, scope: Scope, isPersonal = false) {
  const sql = sqlOf(scope);
  const keys = sql.param(['a key'], 'text[]');
  const text = worded(sql, name, () => {
    written += 1;
    const own = isPersonal ? ` and ${sql.param(JSON.stringify(sql.scope), 'text')} <> ''` : '';
    return `select from ${sql.from(viewNamed('students')).from} where id::text = any(${keys})${own} limit ${sql.param('5', 'int')}`;
  });
  return { text, values: sql.values };
}

test('a statement is written once for all callers, and has the values of each', () => {
  written = 0;
  const first = write('students', everything);
  const second = write('students', organizations());
  expect(second).toEqual(first);
  expect(second.values).toEqual([['a key'], '5']);
  expect(written).toBe(1);
  write('other students', everything);
  write(undefined, everything);
  expect(written).toBe(3);
});

test('what looked at who asks is not kept for anybody', () => {
  written = 0;
  const [one, other] = ['one', 'other'].map((org) => write('own students', organizations(org), true));
  expect(written).toBe(2);
  expect(one!.values[1]).toContain('"one"');
  expect(other!.values[1]).toContain('"other"');
});

test('what is given takes its places again, and a statement with anything else in it is not kept', () => {
  written = 0;
  const byIds = (given: readonly string[], other?: string) => {
    const sql = sqlOf(everything);
    const write = () => {
      written += 1;
      return [given, ...(other === undefined ? [] : [other]), given].map((value) => sql.param(value, 'text[]')).join();
    };
    return [worded(sql, 'by ids', write, given), sql.values];
  };
  byIds(['of one'], 'hers');
  byIds(['of one']);
  expect(byIds(['of another'])).toEqual(['$1::text[],$2::text[]', [['of another'], ['of another']]]);
  expect(written).toBe(2);
});

test('what is kept of statements has an end', () => {
  written = 0;
  const ask = (name: string) => write(`bounded: ${name}`, everything);
  ask('the first');
  ask('the first');
  expect(written).toBe(1);
  for (let count = 0; count < 1_000; count += 1) ask(String(count));
  ask('the first');
  expect(written).toBe(1_002);
});

test('views that are learned anew are written of anew', async () => {
  write('students', everything);
  await graph.database.learn();
  written = 0;
  write('students', everything);
  expect(written).toBe(1);
});

test('a list of a view that shows each caller her own schools has those of whoever asks', async () => {
  const question = '{ schools(first: 50) { nodes { id } } }';
  const all = (await graph.run(question)).data.schools.nodes as {
    id: string;
  }[];
  expect(all.length).toBeGreaterThan(1);
  for (const { id } of all) {
    const { data } = await graph.run(question, { as: organizations(id) });
    expect(data.schools.nodes).toContainEqual({ id });
    expect(data.schools.nodes.length).toBeLessThan(all.length);
  }
  expect((await graph.run(question, { as: organizations() })).data.schools.nodes).toEqual([]);
});

describe('lists that differ in one thing', () => {
  const attempts = 'attempts(first: 2) { nodes { resourceId studentId } }';
  const ofTests = (above: string, below: string) =>
    `{ course(id: "COURSE") { units(first: 2) { nodes { id tests(first: 2) { nodes { id ${below} } } ${above} } } } }`;
  const ofStudents = (list: string) => `{ students(first: 2) { nodes { id ${list} } } }`;
  const documents = [
    '{ students(first: 2) { nodes { id name } } }',
    '{ guides(first: 2) { nodes { id name } } }',
    '{ students(first: 3) { nodes { id name } } }',
    '{ students(last: 2) { nodes { id name } } }',
    '{ students(first: 2) { nodes { id } } }',
    '{ students(first: 2) { nodes { id name } pageInfo { hasNextPage } } }',
    '{ students(first: 2) { nodes { id name } pageInfo { startCursor } } }',
    '{ students(first: 2, orderBy: [{ name: DESC }]) { nodes { id name } } }',
    '{ students(first: 2, where: { name: { contains: "a" } }) { nodes { id name } } }',
    '{ students(first: 2, where: { name: { contains: "e" } }) { nodes { id name } } }',
    '{ students(first: 2, orderBy: [{ xp: { summary: { count: DESC } } }]) { nodes { id name } } }',
    '{ students(first: 2, orderBy: [{ xp: { where: { totalValue: { lt: 5 } }, summary: { count: DESC } } }]) { nodes { id name } } }',
    '{ studentSchools(first: 2) { nodes { studentId schoolId } } }',
    '{ studentSchools(first: 2, asOf: "2026-09-01") { nodes { studentId schoolId } } }',
    '{ studentSchools(first: 2, asOf: "2020-09-01") { nodes { studentId schoolId } } }',
    ofStudents('sessions(first: 2) { nodes { id } }'),
    ofStudents('sessions(first: 3) { nodes { id } }'),
    ofStudents('sessions(last: 2) { nodes { id } }'),
    ofStudents('sessions(first: 2) { nodes { id date } }'),
    ofStudents('sessions(first: 2) { nodes { id } pageInfo { hasNextPage } }'),
    ofStudents('sessions(first: 2, orderBy: [{ date: ASC }]) { nodes { id } }'),
    ofStudents('journals(first: 2) { nodes { id } }'),
    '{ units(first: 2) { nodes { id courses(first: 2) { nodes { id } } } } }',
    '{ courses(first: 2) { nodes { id units(first: 2) { nodes { id } } } } }',
    ofTests('', attempts),
    ofTests(attempts, ''),
  ];
  const courseOf = async () => (await graph.run('{ courses(first: 1) { nodes { id } } }')).data.courses.nodes[0].id;
  const answerTo = async (document: string) => {
    const { data, errors, flights } = await graph.run(document);
    return { document, data: data as unknown, errors, flights };
  };

  test.each([
    ['in turn', documents],
    ['the other way round', documents.toReversed()],
  ])('are each what they are for whoever asks first (asked %s)', async (_, templates) => {
    const course = await courseOf();
    const asked = templates.map((template) => template.replace('COURSE', course));
    const answers = [];
    const expected = [];
    await graph.database.learn();
    for (const document of asked) answers.push(await answerTo(document));
    for (const document of asked) {
      await graph.database.learn();
      expected.push(await answerTo(document));
    }
    expect(answers).toEqual(expected);
    expect(new Set(expected.map(({ flights }) => JSON.stringify(flights))).size).toBeGreaterThan(documents.length / 2);
  });
});

test('a list that was asked for before is refused when its view is closed', async () => {
  const question = '{ students(first: 2) { nodes { id sessions(first: 1) { nodes { id } } } } }';
  expect((await graph.run(question)).errors).toBeUndefined();
  graph.database.live!.close(viewNamed('sessions'));
  const { data, errors } = await graph.run(question);
  expect(errors?.[0]?.extensions?.['code']).toBe('VIEW_UNAVAILABLE');
  expect(data.students.nodes.map(({ sessions }: { sessions: unknown }) => sessions)).toEqual([null, null]);
});
