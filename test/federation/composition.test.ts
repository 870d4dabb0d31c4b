import { composeServices as composeWithApollo } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { composeServices as composeWithGuild } from '@theguild/federation-composition';
import { buildSchema, isObjectType, lexicographicSortSchema, parse, printSchema, type GraphQLSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { printSubgraph } from '../../schema/federation.ts';
import { createSubgraph, domains } from '../../schema/subgraphs.ts';
import { composed, four } from './four.ts';

interface ListSize {
  readonly slicingArguments: readonly string[];
  readonly assumedSize?: number;
}

function sorted(schema: GraphQLSchema): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}

const whole = createSubgraph('timeback');
describe('the committed schemas are the ones that are served', () => {
  it.each(['timeback', ...domains] as const)('%s', async (name) => {
    await expect(printSubgraph(createSubgraph(name))).toMatchFileSnapshot(`../../schema/sdl/${name}.graphql`);
  });

  it('api: what clients see', async () => {
    await expect(sorted(whole)).toMatchFileSnapshot('../../schema/sdl/api.graphql');
  });

  it('supergraph: what a gateway loads', async () => {
    await expect(composed(four)).toMatchFileSnapshot('../../schema/sdl/supergraph.graphql');
  });
});

it('a gateway is told the size of a list once: as the default of an argument, or beside arguments without any', () => {
  const lists = Object.values(whole.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) => Object.values(type.getFields()))
    .flatMap(({ args, extensions }) => {
      const { listSize = [] } = (extensions['directives'] ?? {}) as { listSize?: ListSize[] };
      return listSize.map(({ slicingArguments, assumedSize }) => [
        args.some(({ name, defaultValue }) => slicingArguments.includes(name) && defaultValue !== undefined),
        assumedSize !== undefined,
      ]);
    });
  expect(lists.length).toBeGreaterThan(150);
  expect(lists.filter(([hasDefault, isAssumed]) => hasDefault === isAssumed)).toEqual([]);
});

describe('the four compose to the one', () => {
  it('with Apollo’s composition, with no hint but the one of an interface that crosses subgraphs', () => {
    const { hints, supergraphSdl } = composeWithApollo(four);
    expect(hints!.map(({ definition }) => definition.code)).toEqual(['INCONSISTENT_INTERFACE_VALUE_TYPE_FIELD']);
    const api = Supergraph.build(supergraphSdl!).apiSchema().toGraphQLJSSchema();
    expect(sorted(api)).toBe(sorted(whole));
  });

  it('with the Guild’s composition', () => {
    const result = composeWithGuild(four);
    expect(result.errors).toBeUndefined();
    expect(sorted(buildSchema(result.publicSdl!))).toBe(sorted(whole));
  });

  it('and stay whole beside a neighbour who defines filters and orders in his own way', () => {
    const neighbour = {
      name: 'neighbour',
      url: 'http://neighbour.example/graphql',
      typeDefs: parse(`
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
        type Query { notes(where: StringFilter, order: SortDirection): [Note] }
        input StringFilter { eq: String regex: String }
        enum SortDirection { UP DOWN }
        type Note { text: String student: Student }
        type Student @key(fields: "id", resolvable: false) { id: ID! }
      `),
    };
    const api = Supergraph.build(composed([...four, neighbour]))
      .apiSchema()
      .toGraphQLJSSchema();
    for (const name of Object.keys(whole.getTypeMap())) {
      if (name === 'Query' || name.startsWith('__')) continue;
      expect(api.getType(name)?.name).toBe(name);
    }
    const our = whole.getQueryType()!.getFields();
    expect(Object.keys(api.getQueryType()!.getFields())).toEqual(expect.arrayContaining(Object.keys(our)));
    expect(sorted(whole)).toContain('input TimebackStringFilter');
    expect(printSchema(api)).toContain('input TimebackStringFilter');
  });
});
