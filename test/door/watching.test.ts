import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it } from 'vitest';
import { openDatabase, type Database } from '../../src/door.ts';
import { createLog } from '../../src/log.ts';
import { Patience } from '../../src/patience.ts';
import { createScopeProbe } from '../../src/scopeProbe.ts';
import { createDatabase, type Database as TestDatabase } from '../support/database.ts';
import { everything } from '../support/graph.ts';

const poolSize = 2;
/** For machines that run these tests beside others. */
const patiently = { timeout: 10_000, interval: 20 };
const never = new AbortController().signal;
const asleep = { view: '', text: 'select pg_sleep(30), $1', values: [''] };

let server: TestDatabase;
let admin: pg.Client;
let database: Database;
let log: string[];
let results: string[];

beforeAll(async () => {
  server = await createDatabase(undefined, { template: inject('demoTemplate') });
  admin = new pg.Client(server.url);
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await server.drop();
});

function open(): Database {
  return openDatabase({
    url: server.url,
    schema: 'analytics_production',
    poolSize,
    poolWaitMs: 500,
    prepared: true,
    setting: { name: 'app.allowed_org_ids', format: 'csv', unrestrictedValue: '*' },
  });
}

beforeEach(() => {
  [log, results] = [[], []];
  database = open();
});
afterEach(() => database.close());

/** Connections of the program, of which so many have a statement that sleeps. */
async function connections(): Promise<{ all: number; asleep: number }> {
  const { rows } = await admin.query<{ all: number; asleep: number }>(
    `select count(*)::int as all, count(*) filter (where state = 'active' and wait_event = 'PgSleep')::int as asleep
     from pg_stat_activity
     where datname = current_database() and application_name = 'timeback-graph'`,
  );
  return rows[0]!;
}

/** Requests that take their time, on every connection that requests have, until they are told to stop. */
async function keepBusy(): Promise<() => Promise<void>> {
  const patience = new Patience(30_000);
  // Each of them asks something else, or they would be answered together.
  const slow = Array.from({ length: poolSize }, (_, n) =>
    database.session(everything, { patience }).read({ ...asleep, values: [String(n)] }),
  );
  const ended = Promise.allSettled(slow);
  await expect.poll(connections, patiently).toMatchObject({ asleep: poolSize });
  return async () => {
    patience.end();
    await ended;
  };
}

async function probe(signal = never): Promise<void> {
  await createScopeProbe(database, createLog('debug', { write: (line) => log.push(line) }), {
    probe: (view, result) => results.push(`${view} ${result}`),
  }).look(signal);
}

it('requests that keep every connection of theirs busy are not taken for a database that is away', async () => {
  const letGo = await keepBusy();
  try {
    expect(await database.ping(1_000)).toBe(true);
    expect((await database.learn()).missing).toEqual(new Set());
    await probe();
    expect(results).toHaveLength(20);
    expect(results.filter((result) => !result.endsWith(' clean'))).toEqual([]);
    expect(log).toEqual([]);
    expect(await connections()).toMatchObject({ asleep: poolSize });
  } finally {
    await letGo();
  }
});

it('a view that is slow to be probed is not taken for one either', async () => {
  await database.learn();
  await admin.query(`set search_path = analytics_production;
    alter view recommendations rename to kept;
    create view recommendations as select kept.* from kept, pg_sleep(30)`);
  const looking = new AbortController();
  const looked = probe(looking.signal);
  try {
    await expect.poll(connections, patiently).toMatchObject({ asleep: 1 });
    expect(await database.ping(1_000)).toBe(true);
  } finally {
    looking.abort();
    await looked;
    await admin.query('drop view recommendations; alter view kept rename to recommendations');
  }
  // Nobody has to wait for the other question that a probe would have asked.
  expect(results.filter((result) => result.startsWith('recommendations'))).toEqual([]);
});

it('however many ask whether the database is there, they take one connection', async () => {
  const answers = await Promise.all(Array.from({ length: 200 }, () => database.ping(1_000)));
  expect(new Set(answers)).toEqual(new Set([true]));
  expect((await connections()).all).toBe(1);
});

it('connections that ended while they were idle are replaced', async () => {
  await Promise.all([database.ping(1_000), database.learn()]);
  expect((await connections()).all).toBe(2);
  await admin.query(`select pg_terminate_backend(pid, 5000) from pg_stat_activity
    where datname = current_database() and application_name = 'timeback-graph'`);
  expect(await Promise.all([database.ping(1_000), database.learn()])).toMatchObject([true, { missing: new Set() }]);
});

it('takes two connections beside those of requests, and leaves none of them behind', async () => {
  const letGo = await keepBusy();
  await Promise.all([database.ping(1_000), database.learn(), ...Array.from({ length: 8 }, () => database.learn())]);
  expect((await connections()).all).toBe(poolSize + 2);
  expect(database.stats()).toEqual({ total: poolSize, idle: 0, waiting: 0 });
  await letGo();
  await database.close();
  database = open();
  await expect.poll(connections, patiently).toEqual({ all: 0, asleep: 0 });
});
