/**
 * A subgraph of a federated graph: the same schema, with its directives printed, and with the two fields by which a gateway
 * asks for it and follows references into it. It is written on graphql-js alone, so that no library whose licence restricts
 * its use comes into production.
 */
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import type DataLoader from 'dataloader';
import {
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  isObjectType,
  type GraphQLResolveInfo,
} from 'graphql';
import type { Context } from '../src/context.ts';
import { badInput } from '../src/failures.ts';
import { asInItsRow } from '../loaders/ids.ts';
import { rowByKey } from '../loaders/rowByKey.ts';
import { askAhead } from './ahead.ts';
import { isOwnOrganization } from './organization.ts';
import type { Directives } from './tags.ts';
import type { View } from './view.ts';
import { views } from './views/index.ts';

/** The newest version that both Apollo's and the Guild's composition take with `@listSize`. */
const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@tag", "@listSize"])';

export function printSubgraph(schema: GraphQLSchema, links = link): string {
  return `${links}\n\n${printSchemaWithDirectives(schema)}\n`;
}

export function directivesOf(type: GraphQLObjectType): Directives {
  return type.extensions.directives ?? {};
}

/** Adds `_service` and `_entities`, for so many references in one request. The types they speak of stay the same objects. */
export function withEntities(schema: GraphQLSchema, mostRepresentations = 1_000): GraphQLSchema {
  const sdl = printSubgraph(schema);
  const entities = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter((type) => directivesOf(type)['key']?.some(({ resolvable }) => resolvable !== false));
  const any = new GraphQLScalarType({
    name: '_Any',
    description: 'A reference: the name of a type and the id of a row.',
  });
  const service = new GraphQLObjectType({
    name: '_Service',
    description: 'This subgraph, as a gateway composes it.',
    fields: { sdl: { type: GraphQLString, description: 'Its schema with directives.' } },
  });
  const entity = new GraphQLUnionType({
    name: '_Entity',
    description: 'Whatever a reference can lead to.',
    types: entities,
    resolveType: (row: { __typename: string }) => row.__typename,
  });
  const names = new Set(entities.map(({ name }) => name));
  const query = schema.getQueryType()!.toConfig();
  const config = schema.toConfig();
  return new GraphQLSchema({
    ...config,
    types: config.types.filter(({ name }) => name !== query.name),
    query: new GraphQLObjectType<unknown, Context>({
      ...query,
      fields: {
        ...query.fields,
        _service: { type: new GraphQLNonNull(service), description: 'For gateways.', resolve: () => ({ sdl }) },
        _entities: {
          type: new GraphQLNonNull(new GraphQLList(entity)),
          description: 'For gateways: the rows of references, in their order; null for what is not there or not yours.',
          args: { representations: { type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(any))) } },
          resolve: (_, { representations }: { representations: readonly unknown[] }, context, info) => {
            if (representations.length > mostRepresentations) {
              throw badInput(`At most ${mostRepresentations} representations can be asked for at once.`);
            }
            return follow(representations, names, context, info);
          },
        },
      },
    }),
  });
}

type Found = object | null;

/** Where each reference leads. A bad one is an error in its own place, returned and not thrown, so that the others are answered. */
async function follow(
  references: readonly unknown[],
  names: ReadonlySet<string>,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<readonly Found[]> {
  const found: Found[] = references.map(() => null);
  const asked = new Map<string, { readonly ids: string[]; readonly places: number[] }>();
  for (const [place, reference] of references.entries()) {
    const { __typename: name, id } = (reference ?? {}) as { __typename?: unknown; id?: unknown };
    if (typeof name !== 'string' || !names.has(name)) {
      found[place] = badInput('A representation names no type of this subgraph.');
    } else if (typeof id !== 'string') {
      found[place] = badInput('A representation has no id.');
    } else if (name === 'Organization') {
      if (isOwnOrganization(context.caller.scope, id)) found[place] = { __typename: name, id: id.toLowerCase() };
    } else {
      const known = asked.get(name) ?? { ids: [], places: [] };
      asked.set(name, known);
      known.ids.push(id);
      known.places.push(place);
    }
  }
  await Promise.all(
    Array.from(asked, async ([name, { ids, places }]) => {
      const rows = await readEntities(name, ids, context, info).catch((error: Error) => ids.map(() => error));
      for (const [index, place] of places.entries()) found[place] = rows[index]!;
    }),
  );
  return found;
}

/** All of one type at once. Its loader knows them from then on, but has made no promise for each. */
async function readEntities(name: string, asked: readonly string[], context: Context, info: GraphQLResolveInfo) {
  const view = viewOfType(name);
  const ids = asked.map((id) => asInItsRow(context, view, id));
  const reading = rowByKey(context, view, ids);
  askAhead(info, view, ids);
  const rows = await reading;
  const loaderOf = info.schema.getType(name)!.extensions['getDataloader'] as (
    context: Context,
  ) => DataLoader<string, Found>;
  const loader = loaderOf(context);
  for (const [index, row] of rows.entries()) {
    // The union asks the row. It is the row of the whole request, and of this type wherever it is met.
    if (row) row['__typename'] = name;
    loader.prime(ids[index]!, row);
  }
  return rows;
}

function viewOfType(name: string): View {
  return views.find(({ type }) => type === name)!;
}
