import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Scope } from '../../src/scope.ts';
import { openGraph, type TestGraph } from '../support/graph.ts';
import { chance } from './support/chance.ts';
import { differences } from './support/differences.ts';
import { listOf } from './support/oracle.ts';
import { orderByOf, sortedBy, sortKeys, whereOf } from './support/questions.ts';
import { createTables, schema, type Tables } from './support/tables.ts';
import { faults } from './support/trips.ts';
import { readTexts, readWorld, viewNames, worldOf, type TextRow, type World } from './support/world.ts';

const everybody: Scope = { kind: 'unrestricted' };

/** The rows of some students, and some of everything that is about nobody. */
function sample(data: ReadonlyMap<string, readonly TextRow[]>): Map<string, readonly TextRow[]> {
  const random = chance('a sample of the demo');
  const some = (view: string, most: number, of: (row: TextRow) => boolean) =>
    new Set(
      random
        .shuffle(data.get(view)!.filter(of))
        .slice(0, most)
        .map(({ id }) => id!),
    );
  const students = some('students', 12, () => true);
  const sessions = some('sessions', 150, (row) => students.has(row['student_id']!));
  const isKept = (view: string) => (row: TextRow) => {
    if (view === 'students') return students.has(row['id']!);
    if (view === 'sessions') return sessions.has(row['id']!);
    if (row['session_id']) return sessions.has(row['session_id']);
    return !('student_id' in row) || students.has(row['student_id']!);
  };
  return new Map(Array.from(data, ([view, rows]) => [view, random.shuffle(rows.filter(isKept(view))).slice(0, 150)]));
}

let texts: ReadonlyMap<string, readonly TextRow[]>;
beforeAll(async () => {
  texts = await readTexts(inject('demoUrl'), schema, everybody);
});

describe('over the views of the reference database', () => {
  let graph: TestGraph;
  const worlds: World[] = [];
  beforeAll(async () => {
    const url = inject('demoUrl');
    graph = await openGraph(url, { schema });
    const [school] = texts.get('schools')!;
    const scope = { kind: 'organizations' as const, orgIds: [school!['id']!] };
    worlds.push(await worldOf(texts, url, everybody), await readWorld(url, schema, scope));
  });
  afterAll(() => graph.close());

  test.each(viewNames)('lists of %s', async (view) => {
    const choices = chance(`demo ${view}`);
    for (const world of worlds) {
      const key = sortKeys(view, 0)[choices.below(sortKeys(view, 0).length)]!;
      const orderBy = [sortedBy(key, choices.below(2) === 0 ? 'DESC' : 'ASC_NULLS_FIRST')];
      const where = whereOf(choices, world, view, 0);
      const questions = [
        { view, first: 40 },
        { view, last: 15, where, orderBy },
      ];
      expect(await differences(graph, world, questions)).toEqual([]);
    }
  });
});

describe('over a copy with mixed column types', () => {
  let tables: Tables;
  let graph: TestGraph;
  let world: World;
  beforeAll(async () => {
    tables = await createTables('mixed', sample(texts));
    graph = await openGraph(tables.url, { schema });
    world = await readWorld(tables.url, schema, everybody, 'C');
  });
  afterAll(async () => {
    await graph.close();
    await tables.drop();
  });

  test('filters, orders and windows of any shape', async () => {
    const property = fc.asyncProperty(fc.constantFrom(...viewNames), fc.gen(), async (view, gen) => {
      const choices = { below: (limit: number) => gen(fc.integer, { min: 0, max: limit - 1 }) };
      const size = choices.below(60);
      const question = {
        view,
        where: whereOf(choices, world, view, 3),
        orderBy: orderByOf(choices, view),
        ...(choices.below(2) === 0 ? { first: size } : { last: size }),
      };
      expect(await differences(graph, world, [question])).toEqual([]);
    });
    await fc.assert(property, { numRuns: 300, seed: 20260619 });
  });

  test.each(viewNames)('%s, page by page', async (view) => {
    const rows = listOf(world, view);
    const size = Math.max(7, Math.ceil(rows.length / 6));
    expect(
      await faults(
        graph,
        [false, true].map((isBackwards) => ({ view, rows, size, isBackwards })),
      ),
    ).toEqual([]);
  });
});
