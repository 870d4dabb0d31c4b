import { ApolloClient, ApolloLink, gql, type TypedDocumentNode } from '@apollo/client';
import { cacheExchange } from '@urql/exchange-graphcache';
import { Client, type Exchange } from '@urql/core';
import { print } from 'graphql';
import { from } from 'rxjs';
import { filter, fromPromise, merge, mergeMap, pipe } from 'wonka';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createApolloCache } from '../../examples/clients/apolloCache.ts';
import { graphcacheOptions } from '../../examples/clients/graphcacheOptions.ts';
import { demoCallers } from '../../src/database/data/callers.ts';
import { students } from '../../src/database/data/landmarks.ts';
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

const id = students.maya;
const told = { sum: expect.any(Number) as number, avg: expect.any(Number) as number };

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
    return graph.run(query, { as: organizations(...(demoCallers[0]!.orgIds as string[])), variables });
  }

  function idsOf({ student }: Card): readonly string[] {
    return student.sessions.edges.map(({ node }) => node.id);
  }

  it('Apollo Client merges what two queries say of one student, and the pages of a list', async () => {
    const link = new ApolloLink(({ query, variables }) =>
      from(ask(print(query), variables).then(({ data }) => ({ data: JSON.parse(JSON.stringify(data)) as object }))),
    );
    const client = new ApolloClient({ cache: createApolloCache(), link });
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

  it('urql’s Graphcache does, too', async () => {
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
    const client = new Client({
      url: 'http://graph.example',
      preferGetMethod: false,
      exchanges: [cacheExchange(graphcacheOptions), network],
    });
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
});
