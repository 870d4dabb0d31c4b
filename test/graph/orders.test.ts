import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openGraph, type TestGraph } from '../support/graph.ts';
import { differences } from './support/differences.ts';
import { directions, orderByOf, sortedBy, sortKeys, whereOf } from './support/questions.ts';
import { smallData } from './support/smallData.ts';
import { createTables, schema, type Edition, type Tables } from './support/tables.ts';
import { readWorld, viewNames, type World } from './support/world.ts';

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

  test.each(viewNames)('every key of %s in every direction', async (view) => {
    const questions = sortKeys(view, 1).flatMap((path) =>
      directions.map((direction) => ({ view, orderBy: [sortedBy(path, direction)] })),
    );
    expect(await differences(graph, world, [{ view }, ...questions])).toEqual([]);
  });

  test('filters, orders and windows of any shape', async () => {
    const property = fc.asyncProperty(fc.constantFrom(...viewNames), fc.gen(), async (view, gen) => {
      const choices = { below: (limit: number) => gen(fc.integer, { min: 0, max: limit - 1 }) };
      const size = choices.below(8);
      const question = {
        view,
        where: whereOf(choices, world, view, 2),
        orderBy: orderByOf(choices, view),
        ...(choices.below(2) === 0 ? { first: size } : { last: size }),
      };
      expect(await differences(graph, world, [question])).toEqual([]);
    });
    await fc.assert(property, { numRuns: 300, seed: 20260618 });
  });
});
