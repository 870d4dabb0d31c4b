import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { views } from '../../schema/views/index.ts';
import { sign, startProgram, type Program } from '../program/support.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { until } from '../support/processes.ts';

const reader = `reader_${randomBytes(6).toString('hex')}`;
const schema = 'analytics_production';

let database: Database;
let admin: pg.Client;
let program: Program;
let url: string;

beforeAll(async () => {
  database = await createDatabase(undefined, { template: inject('demoTemplate') });
  admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  await admin.query(`create role ${reader} login password 'of-the-tests'`);
  const asReader = new URL(database.url);
  asReader.username = reader;
  asReader.password = 'of-the-tests';
  url = asReader.href;
});
afterAll(async () => {
  await program.stop();
  await admin.query(`drop owned by ${reader}; drop role ${reader}`);
  await admin.end();
  await database.drop();
});

const readyz = async () => {
  const answer = await fetch(`${program.url}/readyz`);
  return [answer.status, await answer.text()];
};
const missing = async () =>
  Number(/^timeback_views_missing (\d+)$/m.exec(await (await fetch(`${program.url}/metrics`)).text())?.[1]);
const ask = async (view = 'grades') => {
  const answer = await program.ask({ query: `{ ${view} { totalCount } }` }, { token: await sign() });
  const { errors } = (await answer.json()) as { errors?: { extensions: { code: string } }[] };
  return errors?.[0]?.extensions.code ?? 'OK';
};

const differ = [503, 'views differ from the catalogue\n'];
const ready = [200, 'ready\n'];

describe('a role that may not read the views', () => {
  it('makes no program that is ready, until it may', async () => {
    program = await startProgram({ databaseUrl: url });
    expect([await readyz(), await missing(), await ask()]).toEqual([differ, views.length, 'VIEW_UNAVAILABLE']);
    const line = program.log.find((text) => text.includes('views not served'))!;
    expect((JSON.parse(line) as { views: string[] }).views).toEqual(views.map(({ name }) => name));

    // Neither half of it is enough.
    await admin.query(`grant select on all tables in schema ${schema} to ${reader}`);
    expect((await program.readers.learn()).missing.size).toBe(views.length);
    await admin.query(`revoke select on all tables in schema ${schema} from ${reader}`);
    await admin.query(`grant usage on schema ${schema} to ${reader}`);
    expect((await program.readers.learn()).missing.size).toBe(views.length);
    expect(await readyz()).toEqual(differ);

    await admin.query(`grant select on all tables in schema ${schema} to ${reader}`);
    await until(async () => (await readyz())[0] === 200, 'it looks again by itself');
    expect([await readyz(), await missing(), await ask()]).toEqual([ready, 0, 'OK']);
  });

  it('costs one view where it is one, or a column of one', async () => {
    const takings = [
      [`revoke select on ${schema}.grades from ${reader}`, `grant select on ${schema}.grades to ${reader}`],
      [
        `revoke select on ${schema}.grades from ${reader}; grant select (id) on ${schema}.grades to ${reader}`,
        `grant select on ${schema}.grades to ${reader}`,
      ],
    ] as const;
    for (const [take, give] of takings) {
      await admin.query(take);
      await program.readers.learn();
      expect([await readyz(), await missing()]).toEqual([ready, 1]);
      expect([await ask(), await ask('learningApps')]).toEqual(['VIEW_UNAVAILABLE', 'OK']);
      await admin.query(give);
      await program.readers.learn();
      expect([await missing(), await ask()]).toEqual([0, 'OK']);
    }
  });
});
