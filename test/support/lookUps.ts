import {
  getNamedType,
  isLeafType,
  isObjectType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

import type { Chance } from '../graph/support/chance.ts';
import type { TestGraph } from './graph.ts';

type Field = GraphQLField<unknown, unknown>;

/** A row that is looked up by its id, and the lists below the lists that are around it. */
export interface LookUp {
  /** The field that looks it up, and the one that lists rows of its kind. */
  readonly root: string;
  readonly list: string;
  readonly type: GraphQLObjectType;
  /** One document for each list around the row, with all lists of its rows, to be asked with `$id`. */
  readonly documents: readonly string[];
}

/** All that there are, made from the schema. */
export function lookUpsOf(schema: GraphQLSchema): readonly LookUp[] {
  const roots = Object.values(schema.getQueryType()!.getFields());
  return roots.flatMap((root): LookUp[] => {
    const type = getNamedType(root.type);
    const list = roots.find((one) => isList(one) && rowOf(one) === type);
    if (!isObjectType(type) || root.args.length !== 1 || root.args[0]!.name !== 'id' || !list) return [];
    const documents = listsOf(type).map(
      (one) => `query ($id: ID!) { ${root.name}(id: $id) { ${one.name}(first: 3) { ${rowsOf(one, 1)} } } }`,
    );
    return [{ root: root.name, list: list.name, type, documents }];
  });
}

function rowsOf(list: Field, levels: number): string {
  const row = rowOf(list);
  const lists = levels === 0 ? [] : listsOf(row);
  const below = lists.map((one) => `${one.name}(first: 2) { ${rowsOf(one, levels - 1)} }`);
  return `pageInfo { hasNextPage } edges { cursor node { ${[...leavesOf(row), ...below].join(' ')} } }`;
}

function listsOf(type: GraphQLObjectType): readonly Field[] {
  return Object.values(type.getFields()).filter(isList);
}

function isList({ type }: Field): boolean {
  return getNamedType(type).name.endsWith('Connection');
}

function rowOf({ type }: Field): GraphQLObjectType {
  const connection = getNamedType(type) as GraphQLObjectType;
  return getNamedType(connection.getFields()['nodes']!.type) as GraphQLObjectType;
}

/** What its organisations are is read by its key, in a flight of its own. */
function leavesOf(type: GraphQLObjectType): readonly string[] {
  return Object.values(type.getFields())
    .filter(({ name, type: of, args }) => isLeafType(getNamedType(of)) && args.length === 0 && name !== 'orgIds')
    .map(({ name }) => name);
}

/** Some of each kind, from both ends of the list, so that there is something below one or the other. */
export async function someIds(graph: TestGraph, list: string): Promise<readonly string[]> {
  const { data } = await graph.run(
    `{ first: ${list}(first: 3) { nodes { id } } last: ${list}(last: 2) { nodes { id } } }`,
  );
  return [...data.first.nodes, ...data.last.nodes].map(({ id }: { id: string }) => id);
}

/**
 * A document that looks up a row and asks for lists below lists as they come: some of them twice, in pages that overlap, so that one
 * row is met in several places, shown in one and beyond the page in another.
 */
export function overlapping({ root, type }: Pick<LookUp, 'root' | 'type'>, random: Chance): string {
  const pages = ['first: 0', 'first: 1', 'first: 3', 'first: 20', 'last: 1', 'last: 3'];
  const fieldsOf = (row: GraphQLObjectType, levels: number): string => {
    const lists = levels === 0 ? [] : random.shuffle(listsOf(row)).slice(0, 1 + random.below(2));
    const asked = lists.flatMap((list) => (random.happens(0.5) ? [list, list] : [list]));
    const below = asked.map(
      (list, index) => `l${levels}${index}: ${list.name}(${random.pick(pages)}) { ${pageOf(rowOf(list), levels)} }`,
    );
    return ['__typename', ...random.some(leavesOf(row), 3), ...below].join(' ');
  };
  const pageOf = (row: GraphQLObjectType, levels: number): string => {
    const info = random.happens(0.5) ? 'pageInfo { hasNextPage hasPreviousPage }' : '';
    const nodes = `nodes { ${fieldsOf(row, levels - 1)} }`;
    return `${info} ${random.happens(0.3) ? `edges { node { ${fieldsOf(row, levels - 1)} } }` : nodes}`;
  };
  return `query ($id: ID!) { ${root}(id: $id) { ${fieldsOf(type, 3)} } }`;
}
