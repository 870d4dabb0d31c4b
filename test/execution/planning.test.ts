import { Patience } from '../../src/patience.ts';
import { expect, inject, test } from 'vitest';
import { everything, openGraph } from '../support/graph.ts';

test('what is asked by keys and a page size alone is planned once; what a caller filters by is planned for its values', async () => {
  const graph = await openGraph(inject('demoUrl'), { poolSize: 1 });
  for (let size = 1; size <= 8; size++) {
    await graph.run('query ($size: Int) { sessions(first: $size) { nodes { id } } }', { variables: { size } });
    await graph.run(
      'query ($from: DateTime) { attempts(where: { startTime: { gte: $from } }) { nodes { date } } guides(first: 3) { nodes { id } } }',
      { variables: { from: `2026-11-0${size}T00:00:00Z` } },
    );
    await graph.run('query ($name: String!) { students(where: { name: { startsWith: $name } }) { nodes { id } } }', {
      variables: { name: 'A'.repeat(size) },
    });
  }
  const reader = graph.database.session(everything, { patience: new Patience(10_000) });
  const plansOf = async (view: string) => {
    const [row] = await reader.read({
      view: '',
      text: `select generic_plans, custom_plans from pg_prepared_statements where statement like $1::text`,
      values: [`%"analytics_production".${view} v0%`],
    });
    return row!.map(Number);
  };
  expect(await plansOf('sessions')).toEqual([8, 0]);
  expect((await plansOf('students'))[1]).toBeGreaterThanOrEqual(5);
  // Beside one another in a flight, too.
  expect(await plansOf('guides')).toEqual([8, 0]);
  expect((await plansOf('attempts'))[1]).toBeGreaterThanOrEqual(5);
  await graph.close();
});
