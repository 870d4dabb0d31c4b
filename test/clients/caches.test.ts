import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ApolloClient, ApolloLink, gql, type TypedDocumentNode } from '@apollo/client';
import { cacheExchange } from '@urql/exchange-graphcache';
import { Client, type Exchange } from '@urql/core';
import { buildSchema, isInterfaceType, isObjectType, print } from 'graphql';
import { from } from 'rxjs';
import { filter, fromPromise, merge, mergeMap, pipe } from 'wonka';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { createApolloCache } from '../../examples/clients/apolloCache.ts';
import { graphcacheOptions } from '../../examples/clients/graphcacheOptions.ts';
import { keyless, possibleTypes } from '../../examples/clients/keyless.ts';
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

  function createApolloClient() {
    const link = new ApolloLink(({ query, variables }) =>
      from(ask(print(query), variables).then(({ data }) => ({ data: JSON.parse(JSON.stringify(data)) as object }))),
    );
    return new ApolloClient({ cache: createApolloCache(), link });
  }

  function createUrqlClient() {
    const network: Exchange =
      ({ forward }) =>
      (operations) => {
        const queries = pipe(
          operations,
          filter(({ kind }) => kind === 'query'),
          mergeMap((operation) =>
            fromPromise(
              ask(print(operation.query), operation.variables as Record<string, unknown>).then(({ data }) => ({
                operation,
                data: JSON.parse(JSON.stringify(data)) as object,
                stale: false,
                hasNext: false,
              })),
            ),
          ),
        );
        const others = pipe(
          operations,
          filter(({ kind }) => kind !== 'query'),
        );
        return merge([queries, forward(others)]);
      };
    return new Client({
      url: 'http://graph.example',
      preferGetMethod: false,
      exchanges: [cacheExchange(graphcacheOptions), network],
    });
  }

  function idsOf({ student }: Card): readonly string[] {
    return student.sessions.edges.map(({ node }) => node.id);
  }

  it('Apollo Client merges what two queries say of one student, and the pages of a list', async () => {
    const client = createApolloClient();
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
    const client = createApolloClient();
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
    const client = createApolloClient();
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
    const client = createUrqlClient();
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
    const client = createUrqlClient();
    const count = async (first: number) =>
      (await client.query(sized('schools', first), {}).toPromise()).data!['schools']!.edges.length;
    expect(await count(2)).toBe(2);
    expect(await count(5)).toBe(5);
    expect(await count(2)).toBe(2);
    const { data, error } = await client.query(everything, {}).toPromise();
    expect([error, data]).toEqual([undefined, expect.objectContaining({ catalog: [expect.anything()] })]);
    expect(warn).not.toHaveBeenCalled();
  });
});
