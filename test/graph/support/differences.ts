import type { TestGraph } from '../../support/graph.ts';
import { askLists, toldAll, type Question } from './lists.ts';
import { listOf, type ListArgs } from './oracle.ts';
import type { Row, World } from './world.ts';

export function inBatches<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}

interface Difference {
  readonly question: string;
  readonly answer: unknown;
  readonly expected: unknown;
}

export function windowOf<T>(all: readonly T[], { first, last }: { first?: number; last?: number }): readonly T[] {
  if (first !== undefined) return all.slice(0, first);
  return last === undefined ? all : all.slice(Math.max(0, all.length - last));
}

/** What the graph answers otherwise than the oracle: to lists of whole views, all of them or the window that is asked for. */
export async function differences(
  graph: TestGraph,
  world: World,
  questions: readonly (ListArgs & { view: string; first?: number; last?: number })[],
): Promise<readonly Difference[]> {
  const found: Difference[] = [];
  for (const batch of inBatches(questions, 25)) {
    const asked = batch.map((one): Question => (one.last === undefined ? { first: 1000, ...one } : one));
    const { lists } = await askLists(graph, asked, { as: world.scope });
    for (const [index, question] of batch.entries()) {
      const expected = toldAll(question.view, windowOf<Row>(listOf(world, question.view, question), question));
      const answer = lists[index].nodes;
      // As text, because the objects of an answer have no prototype.
      if (JSON.stringify(answer) === JSON.stringify(expected)) continue;
      found.push({ question: JSON.stringify(question), answer, expected });
    }
  }
  return found;
}
