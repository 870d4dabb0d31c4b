import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { isObjectType } from 'graphql';
import { directivesOf } from '../../schema/federation.ts';
import * as people from '../../src/database/data/callers.ts';
import { apps, organizations as orgs, students } from '../../src/database/data/landmarks.ts';
import { openGraph, organizations, type TestGraph } from '../support/graph.ts';

const leader = organizations(...people.leader.orgIds);
const guide = organizations(...people.guide.orgIds);
const nobody = organizations();

const entities = `query Follow($representations: [_Any!]!) {
  _entities(representations: $representations) {
    __typename
    ... on Student { id name }
    ... on LearningApp { id appName: name }
    ... on Organization { id }
  }
}`;

function student(id: unknown) {
  return { __typename: 'Student', id };
}

describe('references', () => {
  let graph: TestGraph;
  const unheard = vi.fn<(reason: unknown) => void>();
  beforeAll(async () => {
    graph = await openGraph(inject('demoUrl'), { isFederated: true });
  });
  afterAll(() => graph.close());
  beforeEach(() => process.on('unhandledRejection', unheard));
  afterEach(() => void process.off('unhandledRejection', unheard));

  const follow = (representations: unknown[], as = leader) =>
    graph.run(entities, { as, variables: { representations } });

  it('are followed in their order, duplicates and all, with one select a type', async () => {
    const { data, errors, flights } = await follow([
      student(students.maya),
      { __typename: 'LearningApp', id: apps.numberGrove },
      student(students.percent),
      student(students.maya),
      student(students.inTwoSchools),
      { __typename: 'LearningApp', id: apps.fluent },
    ]);
    expect(errors).toBeUndefined();
    expect(data._entities.map((row: { id: string } | null) => row?.id)).toEqual([
      students.maya,
      apps.numberGrove,
      undefined,
      students.maya,
      students.inTwoSchools,
      apps.fluent,
    ]);
    expect(flights.map((selects) => selects.length)).toEqual([2]);
  });

  it('to what is not there and to what is not visible have the same answer', async () => {
    const missing = await follow([student('00000000-0000-4000-8000-000000000000')], guide);
    const invisible = await follow([student(students.inTwoDistricts)], guide);
    const nonsense = await follow([student('no id at all')], guide);
    expect(missing).toMatchObject({ data: { _entities: [null] } });
    expect({ ...invisible, flights: 0 }).toEqual({ ...missing, flights: 0 });
    expect({ ...nonsense, flights: 0 }).toEqual({ ...missing, flights: 0 });
  });

  it('without an organisation lead to nobody', async () => {
    const { data } = await follow([student(students.maya), { __typename: 'Organization', id: orgs.juniper }], nobody);
    expect(data._entities).toEqual([null, null]);
  });

  it.each([
    ['of an unknown type', { __typename: 'Teacher', id: '1' }],
    ['of a type without a key', { __typename: 'Attempt', id: '1' }],
    ['of no type', { id: students.maya }],
    ['without an id', { __typename: 'Student' }],
    ['with an id that is no text', student({ toString: null })],
    ['with an id that is a list', student([students.maya])],
    ['that are no objects', 'Student'],
    ['with a name of the prototype', { __typename: 'constructor', id: 'x' }],
  ])('%s are errors in their own place', async (_, bad) => {
    const { data, errors } = await follow([student(students.maya), bad, student(students.maya)]);
    expect(data._entities.map((row: object | null) => row !== null)).toEqual([true, false, true]);
    expect(errors).toHaveLength(1);
    expect(errors![0]).toMatchObject({ path: ['_entities', 1], extensions: { code: 'BAD_USER_INPUT' } });
  });

  it('may carry more than their key, which changes nothing', async () => {
    const { data } = await follow([{ ...student(students.maya), orgIds: [orgs.harborview], name: 'Eve' }]);
    expect(data._entities[0].name).not.toBe('Eve');
  });

  it('are not followed without end', async () => {
    const { data, errors, flights } = await follow(Array.from({ length: 1_001 }, () => student(students.maya)));
    expect(data).toBeNull();
    expect(errors![0]!.extensions['code']).toBe('BAD_USER_INPUT');
    expect(flights).toEqual([]);
  });

  it('are taken for every type that has a key, whatever the id looks like', async () => {
    const types = Object.values(graph.schema.getTypeMap()).filter(
      (type) => isObjectType(type) && directivesOf(type)['key'],
    );
    const ids = [
      'https://example.org/lesson/1',
      'urn:uuid:3f2504e0-4f89-41d3-9a0c-0305e82c3301',
      'W10',
      '',
      '\0',
      'ü%_\\',
    ];
    const { data, errors } = await follow(types.flatMap(({ name }) => ids.map((id) => ({ __typename: name, id }))));
    expect(errors).toBeUndefined();
    expect(data._entities.every((row: unknown) => row === null)).toBe(true);
    expect(types.length).toBeGreaterThanOrEqual(32);
  });

  it('never leave a rejection that nobody hears', () => {
    expect(unheard).not.toHaveBeenCalled();
  });

  it('to rows with a grain of several columns are followed by their opaque ids', async () => {
    const list = await graph.run('{ placementResults(first: 3) { nodes { id studentId subjectId } } }', { as: leader });
    const { data } = await graph.run(
      `query Follow($representations: [_Any!]!) {
        _entities(representations: $representations) { ... on PlacementResult { id studentId subjectId } }
      }`,
      {
        as: leader,
        variables: {
          representations: list.data.placementResults.nodes.map(({ id }: { id: string }) => ({
            __typename: 'PlacementResult',
            id,
          })),
        },
      },
    );
    expect(data._entities).toEqual(list.data.placementResults.nodes);
  });
});

describe('a subgraph that only visits a type', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await openGraph(inject('demoUrl'), { subgraph: 'sessions', isFederated: true });
  });
  afterAll(() => graph.close());

  it('lends it edges for rows that the caller may see, and for no others', async () => {
    const query = `query Follow($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on Student { id sessions(first: 1) { totalCount } } }
    }`;
    const representations = [student(students.maya), student(students.inTwoDistricts)];
    const { data } = await graph.run(query, { as: guide, variables: { representations } });
    expect(data._entities).toEqual([{ id: students.maya, sessions: { totalCount: expect.any(Number) } }, null]);
  });

  it('takes no reference to a type of which it says nothing', () => {
    const sdl = graph.schema.getType('Grade');
    expect(sdl).toBeUndefined();
  });
});
