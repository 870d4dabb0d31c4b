import { expect, test } from 'vitest';
import { keyColumn, type View } from '../../schema/view.ts';
import { viewNamed, views } from '../../schema/views/index.ts';
import { wayOf } from '../../schema/ways.ts';
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
