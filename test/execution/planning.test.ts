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

test('a long list of values is planned for them each time: PostgreSQL looks up by hash only what it knows', async () => {
  const graph = await openGraph(inject('demoUrl'), { poolSize: 1 });
  const asked = 'query ($names: [String!]) { students(where: { name: { in: $names } }) { totalCount } }';
  const named = (count: number) => Array.from({ length: count }, (_, n) => `Nobody ${n}`);
  for (let round = 0; round < 8; round++) {
    await graph.run(asked, { variables: { names: named(101) } });
    await graph.run(asked, { variables: { names: named(100) } });
  }
  const reader = graph.database.session(everything, { patience: new Patience(10_000) });
  const rows = await reader.read({
    view: '',
    text: `select generic_plans + custom_plans from pg_prepared_statements where statement like $1::text`,
    values: ['%"analytics_production".students v0%'],
  });
  // The short one alone is prepared.
  expect(rows).toEqual([['8']]);
  await graph.close();
});

test('rows of one of many organisations are found as they are by one of a few', async () => {
  const graph = await openGraph(inject('demoUrl'), { poolSize: 1 });
  const { data } = await graph.run('{ students(first: 1) { nodes { orgIds } } }');
  const [own] = (data as { students: { nodes: { orgIds: string[] }[] } }).students.nodes[0]!.orgIds;
  const others = Array.from({ length: 100 }, (_, n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`);
  const asked = `query ($ids: [ID!]) {
    any: students(where: { orgIds: { hasAny: $ids } }) { totalCount }
    none: students(where: { not: { orgIds: { hasAny: $ids } } }) { totalCount }
  }`;
  const few = await graph.run(asked, { variables: { ids: [own!] } });
  const many = await graph.run(asked, { variables: { ids: [...others, own!] } });
  expect(few).toMatchObject({ data: { any: { totalCount: expect.any(Number) } } });
  expect(many.data).toEqual(few.data);
  // The few are compared with each of the row, the many looked up.
  expect(few.flights.flat().join()).toMatch(/ && /);
  expect(many.flights.flat().join()).not.toMatch(/ && /);
  await graph.close();
});
