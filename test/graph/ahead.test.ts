import { setImmediate as turn } from 'node:timers/promises';
import { isObjectType, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { fieldsOfKey, listsOfKey } from '../../schema/ahead.ts';
import { fieldName, keyColumn, type View } from '../../schema/view.ts';
import { viewNamed, views } from '../../schema/views/index.ts';
import { aimContext, createContext } from '../../src/context.ts';
import { openDatabase, type Database } from '../../src/door.ts';
import { watchingFields } from '../../src/execution/askedBy.ts';
import { createExecutor } from '../../src/execution.ts';
import { Patience } from '../../src/patience.ts';
import type { Scope } from '../../src/scope.ts';
import { everything, openGraph, organizations, type TestGraph } from '../support/graph.ts';
import { askedInTurn } from './support/inTurn.ts';

const patience = new Patience(120_000);
let graph: TestGraph;
let student: string;
beforeAll(async () => {
  graph = await openGraph(inject('demoUrl'), { isFederated: true });
  const { data } = await graph.run('{ sessions(first: 1) { nodes { studentId } } }');
  student = data.sessions.nodes[0].studentId;
});
afterAll(async () => {
  patience.settle();
  await graph.close();
});

const contextOf = (scope: Scope) => createContext(graph.database, { subject: 'test', scope }, { patience });
const selectsOf = (flights: readonly (readonly string[])[]) => flights.map((flight) => flight.length);

const withAKey = views.flatMap((view): [string, View, string][] => {
  const key = keyColumn(view);
  return key === undefined ? [] : [[view.name, view, key]];
});

describe('what is asked of a key alone', () => {
  test.each(withAKey)('of %s', (_, view, key) => {
    const type = graph.schema.getType(view.type);
    if (!isObjectType(type)) throw new Error(`There is no type ${view.type}.`);
    let asked = '';
    const missed: string[] = [];
    const known = { [fieldName(key)]: '00000000-0000-4000-8000-000000000000' };
    const row = new Proxy(known, {
      get(target, name) {
        if (name in target) return target[name as string];
        if (typeof name === 'string') missed.push(`${name} of the row for ${asked}`);
        return undefined;
      },
    });
    const args = { during: { from: '2026-10-05', to: '2026-10-11' } };
    for (const name of fieldsOfKey(type, view, key)) {
      asked = name;
      const field = type.getFields()[name];
      if (!field?.resolve) throw new Error(`${view.type}.${name} has no resolver.`);
      const value: unknown = field.resolve(row, args, contextOf(organizations()), {} as never);
      if (value instanceof Promise) value.catch(() => undefined);
    }
    expect(missed).toEqual([]);
  });

  test('leaves out what starts from another column', () => {
    const fieldsOf = (name: string) => {
      const view = viewNamed(name);
      const type = graph.schema.getType(view.type);
      return isObjectType(type) ? fieldsOfKey(type, view, keyColumn(view)!) : new Set();
    };
    expect(Array.from(fieldsOf('sessions'))).toEqual(expect.arrayContaining(['attempts', 'waste', 'wasteInsights']));
    expect(fieldsOf('sessions').has('student')).toBe(false);
    expect(fieldsOf('subjects').has('learningAppSubjects')).toBe(false);
    expect(fieldsOf('students').has('metrics')).toBe(true);
  });

  test('and of it what is a list; both are found once for each type', () => {
    const view = viewNamed('sessions');
    const type = graph.schema.getType('Session');
    if (!isObjectType(type)) throw new Error('There is no type Session.');
    const lists = listsOfKey(type, view, 'id');
    expect(Array.from(lists)).toEqual(expect.arrayContaining(['attempts', 'wasteInsights']));
    expect(lists.has('waste')).toBe(false);
    expect(listsOfKey(type, view, 'id')).toBe(lists);
    expect(fieldsOfKey(type, view, 'id')).toBe(fieldsOfKey(type, view, 'id'));
  });
});

test('a list that fails ahead of a row that is not there is missed by nobody', async () => {
  const own = await openGraph(inject('demoUrl'));
  own.database.live!.close(viewNamed('sessions'));
  const { data, errors } = await own.run(
    '{ student(id: "00000000-0000-4000-8000-000000000000") { sessions { nodes { id } } } }',
  );
  expect([data.student, errors]).toEqual([null, undefined]);
  await own.close();
});

const query = `query ($id: ID!, $first: Int, $after: String) {
  student(id: $id) {
    name
    mine: sessions(first: $first, after: $after) { totalCount nodes { id attempts(first: 1) { nodes { date } } } }
    sessions { summary { durationSec { sum } } }
    guides { edges { cursor node { beginDate } } pageInfo { hasNextPage } }
  }
}`;

test('lists around a row that is looked up are read in one flight with it', async () => {
  const answer = await graph.run(query, { variables: { id: student, first: 2 } });
  expect(answer.errors).toBeUndefined();
  expect(selectsOf(answer.flights)).toEqual([4]);
  expect(answer.flights[0]![0]).toContain('from "analytics_production".students');
  expect(JSON.parse(JSON.stringify({ data: answer.data }))).toEqual(
    await askedInTurn(graph, query, { id: student, first: 2 }, everything),
  );
});

test('so are those around the references of a gateway', async () => {
  const { data } = await graph.run('{ students(first: 20) { nodes { id } } }');
  const representations = data.students.nodes.map(({ id }: { id: string }) => ({ __typename: 'Student', id }));
  const entities = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on Student { name sessions(first: 1) { nodes { id } } } }
  }`;
  const answer = await graph.run(entities, { variables: { representations } });
  expect(selectsOf(answer.flights)).toEqual([2]);
  expect(JSON.parse(JSON.stringify({ data: answer.data }))).toEqual(
    await askedInTurn(graph, entities, { representations }, everything),
  );
});

interface Row {
  readonly id: unknown;
}

test.each([
  'nodes { attempts(first: 1) { nodes { date } } }',
  'edges { node { attempts(first: 1) { nodes { date } } } }',
])('of all pages of a list, what is below their rows is asked ahead once: %s', async (rows) => {
  const { data } = await graph.run('{ students(first: 20) { nodes { id } } }');
  const representations = data.students.nodes.map(({ id }: { id: string }) => ({ __typename: 'Student', id }));
  const session = graph.schema.getType('Session');
  if (!isObjectType(session)) throw new Error('There is no type Session.');
  const { attempts } = session.getFields() as unknown as Record<'attempts', { resolve: (row: Row) => unknown }>;
  const asked = vi.spyOn(attempts, 'resolve');
  const answer = await graph.run(
    `query ($all: [_Any!]!) { _entities(representations: $all) { ... on Student { sessions(first: 2) { ${rows} } } } }`,
    { variables: { all: representations } },
  );
  const sources = asked.mock.calls.map(([row]) => row);
  asked.mockRestore();
  expect(answer.errors).toBeUndefined();
  expect(sources.filter(({ id }) => typeof id !== 'string')).toHaveLength(1);
  expect(sources.length).toBeGreaterThan(20);
});

test('an id in capitals is asked for as its row has it', async () => {
  const answer = await graph.run(query, { variables: { id: student.toUpperCase(), first: 2 } });
  expect(selectsOf(answer.flights)).toEqual([4]);
  expect(answer.data.student.mine.nodes).toHaveLength(2);
});

test('so is a reference in capitals, and what is filtered by one', async () => {
  const capitals = student.toUpperCase();
  const { data } = await graph.run(
    `query ($id: ID!, $representations: [_Any!]!) {
      _entities(representations: $representations) { ... on Student { id sessions { totalCount } } }
      students(where: { id: { eq: $id } }) { nodes { id sessions { totalCount } } }
    }`,
    { variables: { id: capitals, representations: [{ __typename: 'Student', id: capitals }] } },
  );
  expect(data._entities).toEqual(data.students.nodes);
  expect(data._entities).toEqual([{ id: student, sessions: { totalCount: expect.any(Number) as unknown } }]);
});

test('nothing is said of a row that is not there or not visible, whatever was asked of it', async () => {
  for (const [wrong] of [[{}], ...mistakes]) {
    for (const [id, scope] of [
      [student, organizations()],
      ['11111111-1111-4111-8111-111111111111', everything],
      ['no id at all', everything],
    ] as const) {
      const { data, errors } = await graph.run(query, { variables: { id, ...wrong }, as: scope });
      expect({ ...data, errors }).toEqual({ student: null, errors: undefined });
    }
  }
});

const mistakes = [
  [{ first: -1 }, 'student.mine'],
  [{ after: 'no cursor' }, 'student.mine.nodes'],
] as const;

test.each(mistakes)('a mistake in %o is said once, in its place', async (wrong, place) => {
  const { data, errors } = await graph.run(query, { variables: { id: student, ...wrong } });
  expect(errors?.map(({ path }) => path?.join('.'))).toEqual([place]);
  expect(data.student.guides.edges).toBeDefined();
});

test('where there is no database yet, a lookup says so and nothing else', async () => {
  const database = openDatabase({
    url: 'postgresql://localhost:1/none',
    schema: 'analytics_production',
    poolSize: 1,
    poolWaitMs: 100,
    prepared: true,
    setting: { name: 'app.allowed_org_ids', format: 'csv', unrestrictedValue: '*' },
  });
  const document = parse(`query ($id: ID!, $representations: [_Any!]!) {
    student(id: $id) { sessions { totalCount nodes { id } } }
    _entities(representations: $representations) { ... on Student { sessions { nodes { id } } } }
  }`);
  const context = createContext(database, { subject: 'test', scope: everything }, { patience });
  aimContext(context, graph.schema, document);
  const variables = { id: student, representations: [{ __typename: 'Student', id: student }] };
  const { errors } = await createExecutor(graph.schema)({ document, variables, context });
  expect(errors?.map(({ path, extensions }) => [path?.join('.'), extensions['code']])).toEqual([
    ['student', 'OVERLOADED'],
    ['_entities.0', 'OVERLOADED'],
  ]);
  await database.close();
});

test('what starts from another column waits for the row', async () => {
  const { data } = await graph.run('{ subjects(first: 1) { nodes { id } } }');
  const [{ id }] = data.subjects.nodes;
  const answer = await graph.run(
    `query ($id: ID!) {
      subject(id: $id) { courses { totalCount } learningAppSubjects { nodes { learningAppId } } }
    }`,
    { variables: { id } },
  );
  expect(answer.errors).toBeUndefined();
  expect(selectsOf(answer.flights)).toEqual([2, 1]);
});

test('what was asked ahead and fails is said by the row alone, and heard by somebody', async () => {
  const unheard: unknown[] = [];
  const note = (reason: unknown) => unheard.push(reason);
  process.on('unhandledRejection', note);
  const asked: string[] = [];
  const session: Database['session'] = (scope, options) => ({
    scope,
    live: graph.database.live!,
    noteUnknownWord: (column) => graph.database.session(scope, options).noteUnknownWord(column),
    read: ({ view }) => {
      asked.push(view);
      return Promise.reject(new Error('no rows today'));
    },
  });
  const context = createContext({ ...graph.database, session }, { subject: 'test', scope: everything }, { patience });
  const document = parse(query);
  aimContext(context, graph.schema, document);
  const answer = await createExecutor(graph.schema)({ document, variables: { id: student, first: 2 }, context });
  await turn();
  process.off('unhandledRejection', note);
  expect(answer.data).toEqual({ student: null });
  expect(answer.errors?.map(({ path }) => path)).toEqual([['student']]);
  expect(asked.length).toBeGreaterThan(1);
  expect(unheard).toEqual([]);
});

test('Explain says which field asked for it, and of two that became one the first', async () => {
  const paths: (string | undefined)[] = [];
  const context = createContext(
    graph.database,
    { subject: 'test', scope: everything },
    { patience, onFlight: ({ statements }) => paths.push(...statements.map(({ statement }) => statement.askedBy)) },
  );
  const document = parse(query);
  aimContext(context, graph.schema, document);
  const ask = createExecutor(graph.schema);
  await watchingFields(() => ask({ document, variables: { id: student, first: 2 }, context, isWatched: true }));
  expect(paths).toEqual(['student', 'student.mine.totalCount', 'student.mine.nodes', 'student.guides.edges']);
});
