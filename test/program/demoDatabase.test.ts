import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { subjects } from '../../schema/views/curriculum.ts';
import { openDemoDatabase } from '../../src/commands/demoDatabase.ts';

const folder = mkdtempSync(join(tmpdir(), 'timeback-demo-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function open() {
  const steps: string[] = [];
  const server = await openDemoDatabase({
    folder,
    schema: 'analytics_production',
    onProgress: (step) => steps.push(step),
  });
  return { ...server, hasBuilt: steps.includes('creating the views') };
}

async function query<Row extends object>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

describe('the embedded database with demo data', () => {
  it('is built once by programs that start together, and again after a build that was cut off', async () => {
    const [one, other] = await Promise.all([open(), open()]);
    expect(one.hasBuilt).toBe(!other.hasBuilt);
    const [{ count }] = (await query<{ count: string }>(
      one.url,
      'select count(*) from analytics_production_source.one_roster_user',
    )) as [{ count: string }];
    expect(Number(count)).toBeGreaterThan(0);

    // A build leaves its mark last. Without it, or with that of other views and data, there is no knowing what is in there.
    await query(one.url, 'comment on schema analytics_production is null; drop view analytics_production.guides');
    const third = await open();
    expect(third.hasBuilt).toBe(true);
    expect(await query(third.url, 'select from analytics_production.guides limit 1')).toBeDefined();
    const fourth = await open();
    expect(fourth.hasBuilt).toBe(false);

    // The descriptions of the catalogue are in the comments of the views.
    const { description } = subjects;
    onTestFinished(() => void Object.assign(subjects, { description }));
    Object.assign(subjects, { description: 'What is taught, in other words.' });
    const fifth = await open();
    expect(fifth.hasBuilt).toBe(true);
    const comment = `select obj_description('analytics_production.subjects'::regclass) as description`;
    expect(await query(fifth.url, comment)).toEqual([{ description: subjects.description }]);
    await Promise.all([one, other, third, fourth, fifth].map(({ stop }) => stop()));
  }, 180_000);
});
