import pg from 'pg';
import { expect, inject, test } from 'vitest';

test('the test server has the demo', async () => {
  const client = new pg.Client({ connectionString: inject('demoUrl') });
  await client.connect();
  await client.query(`set app.allowed_org_ids = '*'`);
  const { rows } = await client.query<{ n: number }>('select count(*)::int as n from analytics_production.students');
  await client.end();
  expect(rows[0]?.n).toBeGreaterThan(0);
});
