import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { facts } from '../catalogue/facts.ts';
import { openGraph, type TestGraph } from '../support/graph.ts';
import { chance } from './support/chance.ts';
import { askLists, toldAll, type Question } from './support/lists.ts';
import { listOf, waysOf } from './support/oracle.ts';
import { endWhere, operand, operatorsOf, quantifiers, whereOf } from './support/questions.ts';
import { smallData } from './support/smallData.ts';
import { createTables, schema, type Edition, type Tables } from './support/tables.ts';
import { columnsOf, fieldOf, readWorld, typeOf, viewNames, type World } from './support/world.ts';

function inBatches<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
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

  /** What the graph answers otherwise than the oracle. */
  async function differences(questions: readonly Question[]): Promise<unknown[]> {
    const found: unknown[] = [];
    for (const batch of inBatches(questions, 25)) {
      const { lists } = await askLists(
        graph,
        batch.map((question) => ({ first: 1000, ...question })),
      );
      for (const [index, question] of batch.entries()) {
        const expected = toldAll(question.view, listOf(world, question.view, question));
        const { nodes } = lists[index];
        if (JSON.stringify(nodes) !== JSON.stringify(expected))
          found.push({ question: JSON.stringify(question), nodes, expected });
      }
    }
    return found;
  }

  test.each(viewNames)('every operator on every column of %s', async (view) => {
    const choices = chance(`operators of ${view}`);
    const questions = columnsOf(view).flatMap((column) =>
      operatorsOf(typeOf(view, column)).flatMap((operator) =>
        Array.from({ length: 3 }, () => ({
          view,
          where: { [fieldOf(column)]: { [operator]: operand(choices, world, view, column, operator) } },
        })),
      ),
    );
    expect(await differences(questions)).toEqual([]);
  });

  test.each(viewNames)('every way from %s', async (view) => {
    const choices = chance(`ways of ${view}`);
    const questions = waysOf(view).flatMap((way) => {
      const filters = [{}, endWhere(choices, world, way, 1), endWhere(choices, world, way, 2)];
      return filters
        .flatMap((filter) => (way.many ? quantifiers.map((one) => ({ [one]: filter })) : [filter]))
        .flatMap((filter) => [{ [way.name]: filter }, { not: { [way.name]: filter } }])
        .map((where) => ({ view, where }));
    });
    expect(await differences(questions)).toEqual([]);
  });

  test('filters of any depth', async () => {
    const property = fc.asyncProperty(fc.constantFrom(...viewNames), fc.gen(), async (view, gen) => {
      const choices = { below: (limit: number) => gen(fc.integer, { min: 0, max: limit - 1 }) };
      expect(await differences([{ view, where: whereOf(choices, world, view, 4) }])).toEqual([]);
    });
    await fc.assert(property, { numRuns: 300, seed: 20260617 });
  });
});

test('the filters have exactly the operators that are tried', async () => {
  expect(Object.keys(facts)).toHaveLength(41);
});
