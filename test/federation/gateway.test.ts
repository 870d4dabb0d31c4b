import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { domains } from '../../schema/subgraphs.ts';
import type { Domain } from '../../schema/view.ts';
import { root } from '../../src/root.ts';
import type { Scope } from '../../src/scope.ts';
import { readStories } from '../support/corpus.ts';
import { openGraph, organizations, type TestGraph } from '../support/graph.ts';
import { composed, four as subgraphs } from './four.ts';
import { mistakesOf } from './mistakes.ts';

interface GatewayContext {
  readonly scope: Scope;
  /** What each fetch from a subgraph took. */
  readonly fetches: { readonly subgraph: string; readonly flights: number; readonly selects: number }[];
}

describe('the four behind a gateway answer as the one does', () => {
  let one: TestGraph;
  let four: ReadonlyMap<string, TestGraph>;
  let gateway: ApolloServer<GatewayContext>;
  const costs: Record<string, string> = {};

  beforeAll(async () => {
    const url = inject('demoUrl');
    one = await openGraph(url);
    const opened = domains.map(
      async (name: Domain) => [name, await openGraph(url, { subgraph: name, isFederated: true })] as const,
    );
    four = new Map(await Promise.all(opened));
    gateway = new ApolloServer<GatewayContext>({
      gateway: new ApolloGateway({
        supergraphSdl: composed(subgraphs),
        logger: { ...console, info: () => undefined },
        buildService: ({ name }): GraphQLDataSource<GatewayContext> => ({
          async process({ request, context }) {
            const { flights, data, errors } = await four.get(name)!.run(request.query!, {
              as: context.scope!,
              variables: request.variables ?? {},
            });
            context.fetches!.push({ subgraph: name, flights: flights.length, selects: flights.flat().length });
            // Over HTTP an answer is JSON, and so are its errors.
            return JSON.parse(JSON.stringify({ data, ...(errors && { errors }) })) as object;
          },
        }),
      }),
    });
    await gateway.start();
  });
  afterAll(async () => {
    await gateway.stop();
    await one.close();
    for (const graph of four.values()) await graph.close();
  });

  async function ask(query: string, variables: Record<string, unknown>, scope: Scope) {
    const fetches: GatewayContext['fetches'] = [];
    const { body } = await gateway.executeOperation({ query, variables }, { contextValue: { scope, fetches } });
    if (body.kind !== 'single') throw new Error('The gateway answered in parts.');
    return { ...body.singleResult, fetches };
  }

  it.each(readStories())('$name', async ({ name, query, variables, as }) => {
    const [ours, theirs] = await Promise.all([one.run(query, { as, variables }), ask(query, variables, as)]);
    expect(theirs.data).toEqual(JSON.parse(JSON.stringify(ours.data)));
    expect(mistakesOf(theirs.errors)).toEqual(mistakesOf(ours.errors));
    const selects = theirs.fetches.reduce((sum, fetch) => sum + fetch.selects, 0);
    costs[name] =
      `one: ${ours.flights.flat().length} selects in ${ours.flights.length} flights; four: ${selects} selects in ${theirs.fetches.length} fetches`;
    expect(theirs.fetches.length).toBeLessThanOrEqual(12);
    expect(selects).toBeLessThanOrEqual(4 * Math.max(3, ours.flights.flat().length));
  });

  const callers: [string, Scope][] = [
    ['of no organisation', organizations()],
    ['of an unknown organisation', organizations('00000000-0000-4000-8000-000000000000')],
    ['without limit', { kind: 'unrestricted' }],
  ];
  it.each(callers)('to a caller %s, in every story', async (_, as) => {
    for (const { query, variables } of readStories().filter((__, index) => index % 5 === 0)) {
      const [ours, theirs] = await Promise.all([one.run(query, { as, variables }), ask(query, variables, as)]);
      expect(theirs.data).toEqual(JSON.parse(JSON.stringify(ours.data)));
      expect(mistakesOf(theirs.errors)).toEqual(mistakesOf(ours.errors));
    }
  });

  it('at a cost that is written down', async () => {
    await expect(`${JSON.stringify(costs, null, 2)}\n`).toMatchFileSnapshot('costs.json');
  });

  it('which docs/federation.md sums up', () => {
    const all = Object.values(costs).map((text) => Array.from(text.matchAll(/\d+/g), Number));
    const [ones, fours, fetches] = [0, 2, 3].map((place) => all.map((figures) => figures[place]!)) as [
      number[],
      number[],
      number[],
    ];
    const sum = (figures: readonly number[]) => figures.reduce((total, figure) => total + figure, 0);
    const dearer = fours.filter((four, index) => four > ones[index]!).length;
    const worst = Math.max(...fours.map((four, index) => four / Math.max(1, ones[index]!)));
    const told = [
      `For the ${all.length} questions in `,
      `| selects | ${sum(ones)} | ${sum(fours)} |`,
      `| requests to a subgraph | ${all.length} | ${sum(fetches)} |`,
      `| most requests for one question | 1 | ${Math.max(...fetches)} |`,
      `${dearer} of the ${all.length} take more selects in four`,
      `at worst it is ${Math.round(worst * 100) / 100} times as`,
    ];
    const page = readFileSync(join(root, 'docs', 'federation.md'), 'utf8');
    expect(told.filter((line) => !page.includes(line))).toEqual([]);
  });
});
