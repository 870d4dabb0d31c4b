import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gql, type TypedDocumentNode } from '@apollo/client';
import { buildSchema, isInterfaceType, isObjectType, type GraphQLObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { createApolloClient } from '../../examples/clients/apolloClient.ts';
import { keyless, possibleTypes } from '../../examples/clients/keyless.ts';
import { turned } from '../../examples/clients/turned.ts';
import { createUrqlClient } from '../../examples/clients/urqlClient.ts';
import { leader } from '../../src/database/data/callers.ts';
import { students } from '../../src/database/data/landmarks.ts';
import { root } from '../../src/root.ts';
import { openGraph, organizations, type TestGraph } from '../support/graph.ts';

interface Sessions {
  readonly edges: readonly { readonly node: { readonly id: string } }[];
  readonly totalCount?: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

interface Card {
  readonly student: {
    readonly name: string;
    readonly email: string;
    readonly sessions: Sessions & { readonly summary: unknown };
  };
}

interface Ends {
  readonly student: Readonly<Record<'newest' | 'oldest', Pick<Sessions, 'edges'>>>;
}

type Lists = Readonly<Record<string, Pick<Sessions, 'edges'>>>;

type Query<Data> = TypedDocumentNode<Data, Record<string, unknown>>;

const name: Query<Card> = gql`
  query Name($id: ID!) {
    student(id: $id) {
      __typename
      id
      name
      guides {
        nodes {
          __typename
          guideName
          relationshipType
        }
      }
    }
  }
`;

const email: Query<Card> = gql`
  query Email($id: ID!) {
    student(id: $id) {
      __typename
      id
      email
    }
  }
`;

const both: Query<Card> = gql`
  query Both($id: ID!) {
    student(id: $id) {
      __typename
      id
      name
      email
    }
  }
`;

const page: Query<Card> = gql`
  query Page($id: ID!, $after: String) {
    student(id: $id) {
      __typename
      id
      sessions(first: 3, after: $after) {
        __typename
        edges {
          __typename
          cursor
          node {
            __typename
            id
            startTime
          }
        }
        pageInfo {
          __typename
          hasNextPage
          endCursor
        }
      }
    }
  }
`;

const shortest: Query<Card> = gql`
  query Shortest($id: ID!) {
    student(id: $id) {
      __typename
      id
      sessions(first: 1) {
        __typename
        edges {
          __typename
          node {
            __typename
            id
          }
        }
      }
    }
  }
`;

const bothEnds: Query<Ends> = gql`
  query BothEnds($id: ID!) {
    student(id: $id) {
      __typename
      id
      newest: sessions(first: 2) {
        __typename
        edges {
          __typename
          node {
            __typename
            id
          }
        }
      }
      oldest: sessions(last: 2) {
        __typename
        edges {
          __typename
          node {
            __typename
            id
          }
        }
      }
    }
  }
`;

/** Figures of the sessions of a student. */
function figures(...names: readonly string[]): Query<Card> {
  return gql`
    query Figures($id: ID!) {
      student(id: $id) {
        __typename
        id
        sessions(where: { isProctored: { eq: false } }) {
          __typename
          summary {
            __typename
            durationSec {
              __typename
              ${names.join(' ')}
            }
          }
        }
      }
    }
  `;
}

/** The ids of the schools, or whatever else the caller sees, on a first page of this size. */
function sized(list: string, first: number): Query<Lists> {
  return gql`
    query Sized {
      ${list}(first: ${first}) {
        __typename
        edges {
          __typename
          node {
            __typename
            id
          }
        }
      }
    }
  `;
}

/** A page of the students, beside a list that is read in any case. */
const beside: Query<{ readonly students: Sessions | null; readonly grades: { readonly totalCount: number } }> = gql`
  query Beside($after: String) {
    students(first: 3, after: $after) {
      __typename
      edges {
        __typename
        node {
          __typename
          id
        }
      }
      pageInfo {
        __typename
        hasNextPage
        endCursor
      }
    }
    grades {
      __typename
      totalCount
    }
  }
`;

/** A student, and a list of hers that cannot be read. It is no list whose pages are turned. */
const card: Query<Card> = gql`
  query Card($id: ID!) {
    student(id: $id) {
      __typename
      id
      name
      guides(after: "from elsewhere") {
        __typename
        nodes {
          __typename
          guideName
        }
      }
    }
  }
`;

const metrics = (name: string): Query<unknown> => gql`
  query Metrics {
    metrics(during: { from: "2026-11-01", to: "2026-11-14" }) {
      __typename
      ${name} {
        __typename
        value
      }
      caveats {
        __typename
        code
      }
    }
  }
`;

/** One of every kind of type without an id. */
const everything: Query<unknown> = gql`
  query Everything {
    caller {
      __typename
      scope {
        __typename
        state
      }
    }
    metrics(during: { from: "2026-11-01", to: "2026-11-14" }) {
      __typename
      wasteShare {
        __typename
        value
      }
      caveats {
        __typename
        code
      }
    }
    metricSeries(during: { from: "2026-11-01", to: "2026-11-14" }, unit: WEEK) {
      __typename
      bucket {
        __typename
        startDate
      }
      xp
    }
    catalog(views: ["sessions"]) {
      __typename
      name
      joins {
        __typename
        column
      }
    }
    studentsXp(first: 1) {
      __typename
      totalCount
      groups(by: [LEARNING_APP_ID], bucket: { of: DATE, unit: MONTH }, first: 2) {
        __typename
        nodes {
          __typename
          key {
            __typename
            learningAppId
            bucket {
              __typename
              startDate
            }
          }
          summary {
            __typename
            totalValue {
              __typename
              sum
            }
          }
        }
      }
      edges {
        __typename
        node {
          __typename
          date
        }
      }
    }
  }
`;

const id = students.maya;
const told = { sum: expect.any(Number) as number, avg: expect.any(Number) as number };

it('the settings name every type without an id, and the types behind each interface', () => {
  const schema = buildSchema(readFileSync(join(root, 'schema/sdl/api.graphql'), 'utf8'));
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  const met = types.filter((type) => isObjectType(type) && !type.getFields()['id'] && type !== schema.getQueryType());
  expect([...keyless].sort()).toEqual(met.map(({ name }) => name).sort());
  const behind = types.filter(isInterfaceType).map((type) => [type.name, schema.getPossibleTypes(type)] as const);
  expect(possibleTypes).toEqual(Object.fromEntries(behind.map(([name, all]) => [name, all.map((one) => one.name)])));
});

it('the lists whose pages are turned are lists, and nothing but their pages is left out of what tells them apart', () => {
  const schema = buildSchema(readFileSync(join(root, 'schema/sdl/api.graphql'), 'utf8'));
  const told = new Set(['where', 'orderBy', 'asOf', 'first', 'last', 'after', 'before']);
  for (const [type, lists] of Object.entries(turned)) {
    for (const list of lists) {
      const field = (schema.getType(type) as GraphQLObjectType).getFields()[list];
      expect([type, list, String(field?.type)]).toEqual([type, list, expect.stringMatching(/Connection$/)]);
      expect(field!.args.map(({ name }) => name).filter((name) => !told.has(name))).toEqual([]);
    }
  }
});

describe('client caches with the documented settings', () => {
  let graph: TestGraph;
  let expected: readonly string[];
  const asked: string[] = [];
  beforeAll(async () => {
    graph = await openGraph(inject('demoUrl'));
    const answer = await ask('query All($id: ID!) { student(id: $id) { sessions(first: 6) { nodes { id } } } }', {
      id,
    });
    expected = answer.data.student.sessions.nodes.map((session: { id: string }) => session.id);
  });
  afterAll(() => graph.close());

  function ask(query: string, variables: Record<string, unknown>) {
    asked.push(query);
    return graph.run(query, { as: organizations(...leader.orgIds), variables });
  }

  /** What a client sends over HTTP, answered without it. */
  const options = {
    async fetch(_url: unknown, { body }: RequestInit = {}) {
      const { query, variables } = JSON.parse(body as string) as { query: string; variables: Record<string, unknown> };
      const { data, errors } = await ask(query, variables);
      return Response.json({ data, errors });
    },
  };
  const openApollo = () => createApolloClient('http://graph.example', 'hers', options);
  const openUrql = () => createUrqlClient('http://graph.example', 'hers', options);

  function idsOf({ student }: Card): readonly string[] {
    return student.sessions.edges.map(({ node }) => node.id);
  }

  it('Apollo Client merges what two queries say of one student, and the pages of a list', async () => {
    const client = openApollo();
    await client.query({ query: name, variables: { id } });
    await client.query({ query: email, variables: { id } });
    const before = asked.length;
    const { data } = await client.query({ query: both, variables: { id } });
    expect(asked.length).toBe(before);
    expect(data!.student).toMatchObject({ name: expect.any(String), email: expect.stringContaining('@') });

    await client.query({ query: figures('sum'), variables: { id } });
    await client.query({ query: figures('avg'), variables: { id } });
    const alone = asked.length;
    const { data: together } = await client.query({ query: figures('sum', 'avg'), variables: { id } });
    expect(asked.length).toBe(alone);
    expect(together!.student.sessions.summary).toMatchObject({ durationSec: told });

    const list = client.watchQuery({ query: page, variables: { id } });
    const subscription = list.subscribe({});
    const first = await client.query({ query: page, variables: { id } });
    await list.fetchMore({ variables: { after: first.data!.student.sessions.pageInfo.endCursor } });
    subscription.unsubscribe();
    const merged = client.readQuery({ query: page, variables: { id } });
    expect(idsOf(merged!)).toEqual(expected);
    expect(new Set(expected).size).toBe(6);
  });

  it('Apollo Client keeps pages of different sizes apart, and each as open as it is', async () => {
    const client = openApollo();
    const count = async (query: Query<Lists>) => (await client.query({ query })).data!['students']!.edges.length;
    expect(await count(sized('students', 3))).toBe(3);
    expect(await count(sized('students', 20))).toBe(20);
    expect(await count(sized('students', 3))).toBe(3);

    const list = client.watchQuery({ query: page, variables: { id } });
    const subscription = list.subscribe({});
    onTestFinished(() => subscription.unsubscribe());
    const first = await client.query({ query: page, variables: { id } });
    await list.fetchMore({ variables: { after: first.data!.student.sessions.pageInfo.endCursor } });
    await client.query({ query: shortest, variables: { id } });
    expect(idsOf(client.readQuery({ query: page, variables: { id } })!)).toEqual(expected);
    const ends = (await client.query({ query: bothEnds, variables: { id } })).data!.student;
    expect(ends.newest.edges.map(({ node }) => node.id)).toEqual(expected.slice(0, 2));
    expect(ends.oldest.edges.map(({ node }) => node.id)).not.toEqual(expected.slice(0, 2));
  });

  it('Apollo Client asks once for each of two parts that show different metrics', async () => {
    const client = openApollo();
    const before = asked.length;
    const shown = [metrics('xp'), metrics('accuracy')].map((query) => client.watchQuery({ query }));
    for (const query of shown) {
      const subscription = query.subscribe({});
      onTestFinished(() => subscription.unsubscribe());
    }
    await expect.poll(() => shown.every((query) => !query.getCurrentResult().loading), { timeout: 20_000 }).toBe(true);
    // Whoever is evicted by the other asks again, a moment later.
    await pause(100);
    expect(asked.length - before).toBe(2);
  });

  it('urql’s Graphcache does, too', async () => {
    const client = openUrql();
    const read = (query: Query<Card>, variables: Record<string, unknown>) => client.query(query, variables).toPromise();

    await read(name, { id });
    await read(email, { id });
    const before = asked.length;
    const { data } = await read(both, { id });
    expect(asked.length).toBe(before);
    expect(data!.student).toMatchObject({ name: expect.any(String), email: expect.stringContaining('@') });

    await read(figures('sum'), { id });
    await read(figures('avg'), { id });
    const alone = asked.length;
    const { data: together } = await read(figures('sum', 'avg'), { id });
    expect(asked.length).toBe(alone);
    expect(together!.student.sessions.summary).toMatchObject({ durationSec: told });

    const first = await read(page, { id });
    await read(page, { id, after: first.data!.student.sessions.pageInfo.endCursor });
    const merged = client.readQuery(page, { id });
    expect(idsOf(merged!.data!)).toEqual(expected);
  });

  it('urql’s Graphcache keeps pages of different sizes apart where no pages are turned, and misses no key', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    onTestFinished(() => warn.mockRestore());
    const client = openUrql();
    const count = async (first: number) =>
      (await client.query(sized('schools', first), {}).toPromise()).data!['schools']!.edges.length;
    expect(await count(2)).toBe(2);
    expect(await count(5)).toBe(5);
    expect(await count(2)).toBe(2);
    const { data, error } = await client.query(everything, {}).toPromise();
    expect([error, data]).toEqual([undefined, expect.objectContaining({ catalog: [expect.anything()] })]);
    expect(warn).not.toHaveBeenCalled();
  });

  const misread = { students: null, grades: { totalCount: expect.any(Number) as number } };
  const code = { extensions: { code: 'BAD_CURSOR' } };

  it('Apollo Client hands out what stands beside a list that could not be read, and reads it later', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    onTestFinished(() => warn.mockRestore());
    const client = openApollo();
    const { data, error } = await client.query({ query: beside, variables: { after: 'from elsewhere' } });
    expect([data, error]).toMatchObject([misread, { errors: [code] }]);
    expect(client.readQuery({ query: beside })).toMatchObject(misread);
    const later = await client.query({ query: beside, fetchPolicy: 'network-only' });
    expect(later.data!.students!.edges).toHaveLength(3);
    await client.query({ query: beside, variables: { after: 'from elsewhere' }, fetchPolicy: 'network-only' });
    expect(client.readQuery({ query: beside })).toEqual(later.data);
    expect(warn).not.toHaveBeenCalled();
  });

  it('so does urql, which takes no such answer for the last word', async () => {
    const client = openUrql();
    for (const time of [1, 2]) {
      const { data, error } = await client.query(beside, { after: 'from elsewhere' }).toPromise();
      expect([time, data, error]).toMatchObject([time, misread, { graphQLErrors: [{ ...code, path: ['students'] }] }]);
    }
    const { data } = await client.query(card, { id }).toPromise();
    expect(data!.student).toMatchObject({ name: expect.any(String), guides: null });
    const before = asked.length;
    await client.query(card, { id }).toPromise();
    expect(asked.length).toBe(before + 1);
  });

  it.each([[{}], [{ after: null }]])(
    'urql keeps the pages that it has when the next cannot be read: %o',
    async (start) => {
      const client = openUrql();
      const first = await client.query(beside, start).toPromise();
      const { data, error } = await client.query(beside, { after: 'from elsewhere' }).toPromise();
      expect(error).toMatchObject({ graphQLErrors: [code] });
      expect(data).toEqual(first.data);
      expect(data!.students!.edges).toHaveLength(3);
    },
  );
});
