import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { views, viewNamed } from '../../schema/views/index.ts';
import { createLog } from '../../src/log.ts';
import { createScopeProbe, type ScopeProbe } from '../../src/scopeProbe.ts';
import { sign, startProgram } from '../program/support.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { everything, openGraph, type TestGraph } from '../support/graph.ts';

const filtered = views.filter(({ scope }) => scope === 'rows').map(({ name }) => name);
const never = new AbortController().signal;
const recommendations = '{ recommendations(first: 1) { nodes { id } } }';
const unavailable = [{ extensions: { code: 'VIEW_UNAVAILABLE' } }];

let database: Database;
let admin: pg.Client;
let graph: TestGraph;
let probe: ScopeProbe;
let results: string[];
let log: string[];
let clock: number;

beforeAll(async () => {
  database = await createDatabase(undefined, { template: inject('demoTemplate') });
  admin = new pg.Client(database.url);
  await admin.connect();
  await admin.query(
    `select set_config('search_path', 'analytics_production', false), set_config('app.allowed_org_ids', '*', false)`,
  );
});
afterAll(async () => {
  await admin.end();
  await database.drop();
});
beforeEach(async () => {
  graph = await openGraph(database.url);
  [results, log, clock] = [[], [], 0];
  probe = createScopeProbe(
    graph.database,
    createLog('debug', { write: (line) => log.push(line) }),
    { probe: (view, result) => results.push(`${view} ${result}`) },
    () => clock,
  );
});
afterEach(async () => {
  await graph.close();
  const { rows } = await admin.query(`select from pg_class where relname = 'kept'`);
  if (rows.length > 0) await restore();
});

/** What stands where the view was: the view itself goes on under another name. */
async function replace(by: string): Promise<void> {
  await admin.query('alter view recommendations rename to kept');
  await admin.query(by);
}

const leaking = 'create table recommendations as select * from kept';

async function restore(): Promise<void> {
  const { rows } = await admin.query<{ relkind: string }>(
    `select relkind from pg_class where oid = to_regclass('analytics_production.recommendations')`,
  );
  if (rows.length > 0) await admin.query(`drop ${rows[0]!.relkind === 'v' ? 'view' : 'table'} recommendations`);
  await admin.query('drop table if exists all_rows');
  await admin.query('alter view kept rename to recommendations');
}

/** What the program does every minute. */
async function minute(): Promise<void> {
  await graph.database.learn();
  await probe.look(never);
}

const ask = async (query = recommendations) => (await graph.run(query, { as: everything })).errors;

describe('the scope probe', () => {
  it('finds the views clean, and asks again within the hour only', async () => {
    await probe.look(never);
    const clean = filtered.map((name) => `${name} clean`);
    expect(clean).toHaveLength(20);
    expect(results).toEqual(clean);
    clock = 44 * 60_000;
    await probe.look(never);
    expect(results).toEqual(clean);
    clock = 60 * 60_000;
    await probe.look(never);
    expect(results).toEqual([...clean, ...clean]);
    expect(log).toEqual([]);
  });

  it('closes a view without its filter, alone, until a probe finds it clean', async () => {
    await minute();
    await replace(leaking);
    clock = 60 * 60_000;
    await minute();
    expect(results).toContain('recommendations leaking');
    expect(await ask()).toMatchObject(unavailable);
    expect(await ask('{ students(first: 1) { nodes { id recommendations { totalCount } } } }')).toMatchObject(
      unavailable,
    );
    expect(await ask('{ students(first: 1) { nodes { id } } sessions(first: 1) { nodes { id } } }')).toBeUndefined();
    expect([...graph.database.closed]).toEqual(['recommendations']);
    const alarms = () => log.filter((line) => line.includes('"level":"error"'));
    expect(alarms()).toHaveLength(1);
    expect(alarms()[0]).toContain('"views":["recommendations"]');

    await minute();
    expect(alarms()).toHaveLength(1);
    await restore();
    await graph.database.learn();
    expect(await ask()).toMatchObject(unavailable);
    await minute();
    expect(await ask()).toBeUndefined();
    await replace(leaking);
    clock += 60 * 60_000;
    await minute();
    expect(alarms()).toHaveLength(2);
  });

  it.each([
    ['any organisation', '<>'],
    ['none', '='],
  ])('closes a view that shows its rows to whoever has %s', async (_, compares) => {
    await admin.query('create table all_rows as select * from recommendations');
    await replace(`create view recommendations as
      select * from all_rows where current_setting('app.allowed_org_ids', true) ${compares} ''`);
    await minute();
    expect(results).toContain('recommendations leaking');
    expect(await ask()).toMatchObject(unavailable);
  });

  it('leaves closed what can no longer be proven', async () => {
    await replace(leaking);
    await minute();
    await admin.query('drop table recommendations');
    await admin.query('create view recommendations as select * from kept where 1 / 0 = 1');
    await minute();
    expect(results.at(-1)).toBe('recommendations unproven');
    await restore();
    await graph.database.learn();
    expect(await ask()).toMatchObject(unavailable);
    await minute();
    expect(await ask()).toBeUndefined();
  });

  it('says nothing of a view that it was asking when it was told to stop', async () => {
    await replace('create view recommendations as select kept.* from kept, pg_sleep(20)');
    const stopping = new AbortController();
    const before = filtered.slice(0, filtered.indexOf('recommendations')).map((name) => `${name} clean`);
    const looking = probe.look(stopping.signal);
    await expect.poll(() => results, { timeout: 10_000 }).toEqual(before);
    await pause(50);
    stopping.abort();
    const begun = performance.now();
    await looking;
    expect(performance.now() - begun).toBeLessThan(1_500);
    expect([results, log]).toEqual([before, []]);
  });

  it('asks a view that came back at once', async () => {
    await minute();
    await replace('select 1');
    await minute();
    expect(graph.database.live!.missing).toEqual(new Set(['recommendations']));
    expect(await ask()).toMatchObject(unavailable);
    expect(await ask('{ students(first: 1) { nodes { id } } }')).toBeUndefined();
    await admin.query(leaking);
    await minute();
    expect(results.at(-1)).toBe('recommendations leaking');
    await restore();
    await minute();
    expect(results.at(-1)).toBe('recommendations clean');
    expect(await ask()).toBeUndefined();
  });

  it('leaves closed what a row has closed', async () => {
    graph.database.live!.close(viewNamed('recommendations'));
    await minute();
    clock = 60 * 60_000;
    await minute();
    expect(results.filter((result) => result === 'recommendations clean')).toHaveLength(2);
    expect(await ask()).toMatchObject(unavailable);
    expect(log.filter((line) => line.includes('"level":"error"'))).toHaveLength(1);
    // Nor does it open what a probe has seen since.
    for (const change of [() => replace(leaking), restore]) {
      await change();
      clock += 60 * 60_000;
      await minute();
    }
    expect(results).toContain('recommendations leaking');
    expect(results.at(-1)).toBe('recommendations clean');
    expect(await ask()).toMatchObject(unavailable);
  });

  it('calls a view unproven that does not answer in time, and asks it again sooner', async () => {
    await replace('create view recommendations as select kept.* from kept, pg_sleep(20)');
    await probe.look(never);
    expect(results.filter((result) => result.startsWith('recommendations'))).toEqual(['recommendations unproven']);
    expect(log).toHaveLength(1);
    expect(log[0]).toContain('scope not proven');
    await restore();
    expect(await ask()).toBeUndefined();
    clock = 600_000;
    await probe.look(never);
    expect(results.at(-1)).toBe('recommendations clean');
  });
});

it('a program that starts on a view without its filter never shows a row of it', async () => {
  await replace(leaking);
  const program = await startProgram({ databaseUrl: database.url });
  const token = await sign({ org_ids: [] });
  const answer = await program.ask({ query: recommendations }, { token });
  expect(await answer.json()).toMatchObject({ data: { recommendations: null }, errors: unavailable });
  expect((await program.ask({ query: '{ students { totalCount } }' }, { token })).status).toBe(200);
  expect((await fetch(`${program.url}/readyz`)).status).toBe(200);
  expect(program.log.join('')).toContain('view shows rows that it must not show: closed');
  const metrics = await (await fetch(`${program.url}/metrics`)).text();
  expect(metrics).toContain('timeback_views_closed 1');
  expect(metrics).toContain('timeback_scope_probes_total{view="recommendations",result="leaking"} 1');
  expect(metrics.match(/timeback_scope_probes_total\{.*result="clean"\} 1/g)).toHaveLength(filtered.length - 1);
  await program.stop();
});
