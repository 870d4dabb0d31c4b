import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openGraph, type TestGraph } from '../support/graph.ts';
import { orders } from './support/keys.ts';
import { askLists, toldAll } from './support/lists.ts';
import { listAlong, listOf, waysOf, type OrderBy } from './support/oracle.ts';
import { sortedBy, sortKeys } from './support/questions.ts';
import { smallData } from './support/smallData.ts';
import { createTables, schema, type Edition, type Tables } from './support/tables.ts';
import { faults, type Trip } from './support/trips.ts';
import { columnsOf, fieldOf, isNullable, readWorld, typeOf, viewNames, type World } from './support/world.ts';

/** An order by a column that may be null, or in another view, which may have no row. */
function nullableKey(view: string): readonly string[] | undefined {
  const isAsked = (path: readonly string[]) =>
    path.length === 2 || columnsOf(view).some((column) => fieldOf(column) === path[0] && isNullable(view, column));
  return sortKeys(view, 1).find(isAsked);
}

function bothWays(trip: Omit<Trip, 'size' | 'isBackwards'>, sizes: readonly number[]): Trip[] {
  return sizes.flatMap((size) => [false, true].map((isBackwards) => ({ ...trip, size, isBackwards })));
}

describe.each<Edition>(['usual', 'mixed'])('over %s types', (edition) => {
  let tables: Tables;
  let graph: TestGraph;
  let world: World;
  beforeAll(async () => {
    tables = await createTables(edition, smallData());
    graph = await openGraph(tables.url, { schema });
    world = await readWorld(tables.url, schema, undefined, 'C');
  });
  afterAll(async () => {
    await graph.close();
    await tables.drop();
  });

  test.each(viewNames)('%s, page by page', async (view) => {
    const key = nullableKey(view);
    const sizes = edition === 'usual' ? [1, 2, 7] : [2];
    const directions = key ? ['DESC', 'ASC', 'DESC_NULLS_FIRST', 'ASC_NULLS_FIRST'] : [];
    const tripsBy = (orderBy: OrderBy, sizes: readonly number[]) =>
      bothWays({ view, orderBy, rows: listOf(world, view, { orderBy }) }, sizes);
    const trips = [
      ...tripsBy([], sizes),
      ...directions.flatMap((direction, index) => tripsBy([sortedBy(key!, direction)], index === 0 ? sizes : [3])),
    ];
    expect(await faults(graph, trips)).toEqual([]);
  });

  test.each(viewNames)('every cursor of %s leads both ways, from whichever end it was counted', async (view) => {
    const rows = toldAll(view, listOf(world, view));
    const { lists } = await askLists(
      graph,
      [
        { view, first: 1000 },
        { view, last: 1000 },
      ],
      {
        selected: () => 'edges { cursor }',
      },
    );
    const cursors = (lists as { edges: { cursor: string }[] }[]).map(({ edges }) => edges.map(({ cursor }) => cursor));
    const questions = cursors.flatMap((found) =>
      found.flatMap((cursor) => [
        { view, first: 3, after: cursor },
        { view, last: 3, before: cursor },
      ]),
    );
    const expected = cursors.flatMap((found) =>
      found.flatMap((_, index) => [rows.slice(index + 1, index + 4), rows.slice(Math.max(0, index - 3), index)]),
    );
    const answers = await askLists(graph, questions);
    expect(JSON.stringify(answers.lists.map(({ nodes }) => nodes))).toBe(JSON.stringify(expected));
  });

  const parents = viewNames.filter((view) => orders[view]!.unique.length === 1);
  const edges = parents.flatMap((view) =>
    waysOf(view)
      .filter(({ many, from, ends }) => many && ends.length === 1 && typeOf(view, from) !== '[ID]')
      .map((way) => ({ view, edge: way.name, way })),
  );

  test.each(edges)('$edge of a row of $view, page by page', async ({ view, way }) => {
    const [end] = way.ends[0]!;
    const key = nullableKey(end);
    const longest = world
      .rows(view)
      .toSorted((a, b) => listAlong(world, way, b).length - listAlong(world, way, a).length)
      .slice(0, 2);
    const trips = longest.flatMap((row) => {
      const tripsBy = (orderBy: OrderBy) => {
        const parent = { view, row, edge: way.name };
        return bothWays({ view: end, parent, orderBy, rows: listAlong(world, way, row, { orderBy }) }, [2]);
      };
      return [
        ...tripsBy([]),
        ...(key ? [...tripsBy([sortedBy(key, 'DESC')]), ...tripsBy([sortedBy(key, 'ASC_NULLS_FIRST')])] : []),
      ];
    });
    expect(await faults(graph, trips)).toEqual([]);
  });
});
