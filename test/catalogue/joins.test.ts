import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isListType,
  isObjectType,
  type GraphQLNamedType,
} from 'graphql';
import { expect, test } from 'vitest';
import { createSubgraph } from '../../schema/subgraphs.ts';
import { keyColumn, type View } from '../../schema/view.ts';
import { viewNamed, views } from '../../schema/views/index.ts';
import { wayOf, waysOf } from '../../schema/ways.ts';
import { joins, type Join } from './joins.ts';

const all = Object.entries(joins).flatMap(([view, columns]) =>
  Object.entries(columns).map(([column, join]) => ({ view, column, join })),
);
const paths = all.flatMap(({ view, column, join }) =>
  typeof join === 'string' ? [] : Object.entries(join).map(([target, path]) => ({ view, column, target, path })),
);

/** The views that a path of edges may end in, starting at one of the given. */
function follow(starts: readonly View[], path: readonly string[]): readonly View[] {
  const [next, ...rest] = path;
  if (next === undefined) return starts;
  return follow(
    starts.flatMap((start) => wayOf(start, next).targets),
    rest,
  );
}

const schema = createSubgraph('timeback');

/** The types of the graph that a path of fields may end in. A connection counts as what it lists. */
function walk(types: readonly GraphQLNamedType[], path: readonly string[]): readonly string[] {
  const [next, ...rest] = path;
  if (next === undefined) return types.map((type) => type.name);
  const fields = types.flatMap((type) => (isObjectType(type) ? [type.getFields()[next]] : []));
  const ends = fields.flatMap((field) => (field ? [listed(getNamedType(field.type))] : []));
  return walk(
    ends.flatMap((type): readonly GraphQLNamedType[] =>
      isAbstractType(type) ? schema.getPossibleTypes(type) : [type],
    ),
    rest,
  );
}

function listed(type: GraphQLNamedType): GraphQLNamedType {
  const nodes = isObjectType(type) && type.name.endsWith('Connection') ? type.getFields()['nodes'] : undefined;
  return nodes ? getNamedType(nodes.type) : type;
}

/** How many rows a field leads to. */
function reach(type: string, name: string): 'none' | 'one' | 'many' {
  const owner = schema.getType(type);
  const field = isObjectType(owner) ? owner.getFields()[name] : undefined;
  if (!field) return 'none';
  const isMany = isListType(getNullableType(field.type)) || getNamedType(field.type).name.endsWith('Connection');
  return isMany ? 'many' : 'one';
}

function columnsWith(word: Join): string[] {
  return all.filter(({ join }) => join === word).map(({ view, column }) => `${view}.${column}`);
}

test('every view can be joined, in 98 ways, by columns that it has', () => {
  expect(Object.keys(joins)).toEqual(views.map((view) => view.name).toSorted());
  expect(all).toHaveLength(98);
  expect(all.filter(({ view, column }) => !(column in viewNamed(view).columns))).toEqual([]);
});

test.each(paths)('$column of $view leads to $target by $path', ({ view, column, target, path }) => {
  const start = viewNamed(view);
  const [first = '', ...rest] = path.split('.');
  expect(wayOf(start, first).from).toBe(column);
  expect(follow(wayOf(start, first).targets, rest)).toContain(viewNamed(target));
});

test.each(paths)('the graph leads from $view to $target by $path, too', ({ view, target, path }) => {
  const start = schema.getType(viewNamed(view).type);
  expect(walk([start!], path.split('.'))).toContain(viewNamed(target).type);
});

test.each(views.map((view) => [view.type, view] as const))(
  '%s has an edge for each way of filters and orders',
  (type, view) => {
    const ways = waysOf(view).map((way) => `${way.name}: ${way.many ? 'many' : 'one'}`);
    const edges = waysOf(view).map(({ name }) => `${name}: ${reach(type, name)}`);
    expect(edges).toEqual(ways);
  },
);

test('the organisations of a row scope it, and nothing else does', () => {
  const scoped = views.filter((view) => view.scope === 'rows').map((view) => `${view.name}.org_ids`);
  expect(columnsWith('organizations')).toEqual(scoped.toSorted());
});

test('a key that no other view carries is still the id of its type', () => {
  const carried = new Set(views.flatMap((view) => Object.values(view.columns).map((column) => column.reference?.view)));
  const lonely = views.filter((view) => view.grain[0] === 'id' && keyColumn(view) === 'id' && !carried.has(view.name));
  const own = columnsWith('id');
  expect(own).toEqual(['recommendations.id', 'student_journals.id']);
  expect(lonely.map((view) => `${view.name}.id`)).toEqual(expect.arrayContaining(own));
});

test('every key of another view that the catalogue knows is among the joins', () => {
  const known = views.flatMap((view) =>
    Object.entries(view.columns)
      .filter(([, column]) => column.reference)
      .map(([column]) => `${view.name}.${column}`),
  );
  const listed = new Set(all.map(({ view, column }) => `${view}.${column}`));
  expect(known.filter((column) => !listed.has(column))).toEqual([]);
});
