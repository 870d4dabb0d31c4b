import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startEmbedded, type Embedded } from '../../src/database/embedded.ts';
import { isAlive, readPostmaster } from '../../src/database/embedded/postmaster.ts';
import { installReferenceDatabase } from '../../src/database/install.ts';
import type { Fault } from '../../src/log.ts';
import { serve } from '../program/served.ts';
import { audience, issuer, publicKey, sign, startProgram, type Program } from '../program/support.ts';
import { startFaultProxy, type FaultProxy } from '../support/faultProxy.ts';
import { until } from '../support/processes.ts';

/** What a client may be told of any of these faults: come back later, or this part is not there. */
const honest = ['OVERLOADED', 'TIMEOUT', 'VIEW_UNAVAILABLE', 'INTERNAL'];
/** Never the same question twice: those who ask alike would share a statement. */
let asked = 0;
const grades = () => `{ grades(where: { orderNumber: { gt: ${-++asked} } }) { totalCount } }`;
const apps = '{ learningApps { totalCount } }';
const reader = { name: 'reader', password: 'of-the-tests' };
const environment = { LIMIT_REQUEST_MS: '1000', DATABASE_POOL_SIZE: '4', DATABASE_POOL_WAIT_MS: '500' };

let folder: string;
let server: Embedded;
let admin: pg.Client;
let proxy: FaultProxy;
/** One program lives through all of it. */
let program: Program;
let token: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), `timeback-test-${process.pid}-`));
  server = await startEmbedded({ folder, isDurable: false });
  admin = await connected(server.url);
  await installReferenceDatabase(admin, { schema: 'analytics_production', data: 'none' });
  await admin.query(`insert into analytics_production_source.placement_grade
    (grade_primary_identifier, label, order_number) values ('1', 'First', 1), ('2', 'Second', 2)`);
  await admin.query(`create role ${reader.name} login password '${reader.password}'`);
  await grant();
  proxy = await startFaultProxy(server.url);
  program = await startProgram({ databaseUrl: readerUrl(), environment });
  token = await sign({ exp: Math.floor(Date.now() / 1_000) + 3_600 });
});
afterAll(async () => {
  await program.stop();
  await proxy.stop();
  await admin.end();
  await server.stop();
  await rm(folder, { recursive: true });
});

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client(url);
  // Some of these tests stop the server under it.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function grant(): Promise<void> {
  await admin.query(`grant usage on schema analytics_production to ${reader.name}`);
  await admin.query(`grant select on all tables in schema analytics_production to ${reader.name}`);
}

function readerUrl(of = proxy.urlOf(server.url)): string {
  const url = new URL(of);
  url.username = reader.name;
  url.password = reader.password;
  return url.href;
}

/** `OK`, or the code of the first error; an answer without either, or with a wrong number, is none. */
async function ask(query = grades(), from = program): Promise<string> {
  const answer = await from.ask({ query }, { token });
  const { data, errors } = (await answer.json()) as {
    data?: Record<string, { totalCount: number } | null>;
    errors?: { extensions: { code: string } }[];
  };
  if (errors) {
    const codes = errors.map(({ extensions }) => extensions.code);
    expect(honest).toEqual(expect.arrayContaining(codes));
    if (answer.status >= 400) expect(answer.status).toBeGreaterThanOrEqual(500);
    return codes[0]!;
  }
  expect([answer.status, data]).toEqual([200, query === apps ? expect.anything() : { grades: { totalCount: 2 } }]);
  return 'OK';
}

const askMany = (count = 8) => Promise.all(Array.from({ length: count }, () => ask()));
const readyz = async (from = program) => (await fetch(`${from.url}/readyz`)).status;

async function recovers(from = program): Promise<void> {
  const begun = performance.now();
  await until(async () => (await ask(grades(), from)) === 'OK' && (await readyz(from)) === 200, 'all is well again');
  expect(performance.now() - begun).toBeLessThan(2_000);
  // As many as there are connections: none of those that are left is a dead one.
  expect(await Promise.all(Array.from({ length: 4 }, () => ask(grades(), from)))).toEqual(['OK', 'OK', 'OK', 'OK']);
}

/** Why something could not be read, by the log since it was emptied: each reason once for a request, and nothing of the statement. */
function reasons(): readonly string[] {
  const lines = program.log.map((line) => JSON.parse(line) as { msg: string; codes?: string[]; fault?: Fault });
  expect(program.log.join('')).not.toMatch(/placement_grade|permission denied|select count/);
  return lines
    .filter(({ msg }) => msg === 'could not be read')
    .map(({ codes, fault }) => `${codes!.join()} ${fault!.code}`);
}

/** Holds every statement on the grades, on the server, until it is let go. */
async function hold(): Promise<() => Promise<void>> {
  const holder = await connected(server.url);
  await holder.query('begin');
  await holder.query('lock table analytics_production_source.placement_grade in access exclusive mode');
  return () => holder.end();
}

async function held(): Promise<number[]> {
  const { rows } = await admin.query<{ pid: number }>(
    `select pid from pg_stat_activity where usename = $1 and wait_event_type = 'Lock'`,
    [reader.name],
  );
  return rows.map(({ pid }) => pid);
}

/** Ends every connection whose statement is held, and counts them. */
async function countDeaths(signal: AbortSignal): Promise<number> {
  let deaths = 0;
  while (!signal.aborted) {
    for (const pid of await held()) {
      // Counted when it is gone, or it would be counted again.
      await admin.query('select pg_terminate_backend($1, 1000)', [pid]);
      deaths += 1;
    }
  }
  return deaths;
}

async function postmasterOf() {
  const [version] = (await readdir(folder)).filter((name) => /^\d+$/.test(name));
  const data = join(folder, version!);
  return { data, ...(await readPostmaster(data))! };
}

/** Ends the server as an administrator or an accident would, and comes back when it is gone. */
async function end(signal: 'SIGINT' | 'SIGQUIT'): Promise<void> {
  const { data, ...postmaster } = await postmasterOf();
  process.kill(postmaster.pid, signal);
  await until(async () => !(await isAlive(postmaster, data)), 'the server is gone');
}

async function startAgain(): Promise<void> {
  const before = server;
  server = await startEmbedded({ folder, isDurable: false });
  await before.stop();
  admin = await connected(server.url);
  proxy.aim(server.url);
}

let slowest = 0;
let watching: AbortController;
let watch: Promise<void>;
beforeEach(() => {
  slowest = 0;
  watching = new AbortController();
  watch = watchHealth(watching.signal);
});
afterEach(async () => {
  watching.abort();
  await watch;
  // A tenth of a second is promised; the rest is for machines that run these tests beside others.
  if (slowest > 500) throw new Error(`/healthz took ${Math.round(slowest)} ms.`);
});

async function watchHealth(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const begun = performance.now();
    expect((await fetch(`${program.url}/healthz`)).status).toBe(200);
    slowest = Math.max(slowest, performance.now() - begun);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('the program lives through', () => {
  it('a database that is absent at its start', async () => {
    await proxy.refuse();
    const early = await startProgram({ databaseUrl: readerUrl(), environment });
    expect(await readyz(early)).toBe(503);
    expect(await ask(grades(), early)).toBe('OVERLOADED');
    await proxy.accept();
    await recovers(early);
    await early.stop();
  });

  it('a fast restart under load', async () => {
    const codes = new Set<string>();
    const load = new AbortController();
    const clients = Array.from({ length: 4 }, async () => {
      while (!load.signal.aborted) codes.add(await ask());
    });
    await end('SIGINT');
    await until(() => codes.has('OVERLOADED'), 'the clients notice');
    expect(await readyz()).toBe(503);
    await startAgain();
    await recovers();
    load.abort();
    await Promise.all(clients);
  });

  it('an immediate stop in the middle of a statement', async () => {
    await hold();
    const answer = ask();
    await until(async () => (await held()).length === 1, 'the statement waits');
    await end('SIGQUIT');
    expect(honest).toContain(await answer);
    expect(await askMany()).not.toContain('OK');
    expect(await readyz()).toBe(503);
    await startAgain();
    await recovers();
  });

  it('the end of its idle connections', async () => {
    await askMany();
    await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where usename = $1', [reader.name]);
    expect(await ask()).toBe('OK');
    await recovers();
  });

  it('a firewall that has forgotten its idle connections', async () => {
    const letGo = await hold();
    const answers = askMany(4);
    await until(async () => (await held()).length === 4, 'every connection has a statement that waits');
    await letGo();
    expect(await answers).toEqual(['OK', 'OK', 'OK', 'OK']);
    proxy.forget();
    expect(await ask()).toBe('OK');
    await recovers();
  });

  it('a statement that ends each connection it is asked on, which is asked twice', async () => {
    proxy.reset();
    await until(() => program.readers.stats().total === 0, 'no connection of before is left');
    const letGo = await hold();
    const answer = ask();
    const killer = new AbortController();
    const deaths = countDeaths(killer.signal);
    try {
      expect(await answer).toBe('INTERNAL');
    } finally {
      killer.abort();
      await letGo();
    }
    expect(await deaths).toBe(2);
    await recovers();
  });

  it('the end of a connection in the middle of a statement', async () => {
    const letGo = await hold();
    const answer = ask();
    await until(async () => (await held()).length === 1, 'the statement waits');
    const [pid] = await held();
    await admin.query('select pg_terminate_backend($1)', [pid]);
    await until(async () => (await held()).some((other) => other !== pid), 'it is asked again');
    await letGo();
    expect(await answer).toBe('OK');
    await recovers();
  });

  it('a RST in the middle of a statement', async () => {
    const letGo = await hold();
    const answer = ask();
    await until(async () => (await held()).length === 1, 'the statement waits');
    proxy.reset();
    await letGo();
    expect(await answer).toBe('OK');
    await recovers();
  });

  it('a pooler that loses its server in the middle of a statement', async () => {
    const letGo = await hold();
    const answer = ask();
    await until(async () => (await held()).length === 1, 'the statement waits');
    proxy.lose();
    await letGo();
    expect(await answer).toBe('OK');
    await recovers();
  });

  it('a RST of everything, again and again', async () => {
    const answers = askMany(40);
    for (let round = 0; round < 10; round++) {
      proxy.reset();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await answers).toHaveLength(40);
    await recovers();
  });

  it('a network that swallows everything', async () => {
    await askMany();
    proxy.network.isBlackhole = true;
    const begun = performance.now();
    const codes = await askMany();
    expect(performance.now() - begun).toBeLessThan(2_500);
    expect(codes.every((code) => code === 'TIMEOUT' || code === 'OVERLOADED')).toBe(true);
    expect(await readyz()).toBe(503);
    expect(await ask()).not.toBe('OK');
    proxy.network.isBlackhole = false;
    await recovers();
  });

  it('a server that stands still, and so does the end of one that is told to', async () => {
    const other = await serve({
      DATABASE_URL: readerUrl(server.url),
      AUTH_PUBLIC_KEY: publicKey,
      AUTH_ISSUER: issuer,
      AUTH_AUDIENCE: audience,
      LIMIT_REQUEST_MS: '60000',
      SHUTDOWN_GRACE_MS: '500',
    });
    const post = (query: string) =>
      fetch(`${other.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query }),
      });
    expect((await post(grades())).status).toBe(200);
    // Those that serve connections, and the one that would take new ones, such as for a cancel.
    const { rows } = await admin.query<{ pid: number }>(`select pid from pg_stat_activity where usename = $1`, [
      reader.name,
    ]);
    const pids = [...rows.map(({ pid }) => pid), (await postmasterOf()).pid];
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    try {
      const running = post(grades());
      const begun = performance.now();
      const tooLate = new Promise((resolve) => setTimeout(resolve, 20_000, 'still there'));
      expect(await Promise.race([other.stop(), tooLate])).toBe(0);
      expect(performance.now() - begun).toBeLessThan(8_000);
      expect((await running).status).toBe(503);
    } finally {
      for (const pid of pids) process.kill(pid, 'SIGCONT');
      await other.stop();
    }
    await recovers();
  });

  it('a port that refuses', async () => {
    await proxy.refuse();
    program.log.length = 0;
    expect(new Set(await askMany())).toEqual(new Set(['OVERLOADED']));
    expect(reasons()).toEqual(Array.from({ length: 8 }, () => 'OVERLOADED ECONNREFUSED'));
    expect(await readyz()).toBe(503);
    await proxy.accept();
    await recovers();
  });

  it.each([
    '{ students { nodes { name } } }',
    '{ __typename students { __typename totalCount } }',
    '{ sessions { summary { count } } grades { totalCount nodes { id } } }',
    '{ metrics(during: { from: "2026-11-02", to: "2026-11-08" }) { xp { value } sessions { __typename value } } }',
  ])('a port that refuses: there is nothing in the answer to %s, and its status says so', async (query) => {
    await proxy.refuse();
    const refused = await program.ask({ query }, { token });
    await proxy.accept();
    await recovers();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    const { errors } = (await refused.json()) as { errors: { extensions: { code: string } }[] };
    expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set(['OVERLOADED']));
    expect((await program.ask({ query }, { token })).status).toBe(200);
  });

  it('a port that refuses: who asks is known without it, and that is an answer', async () => {
    await proxy.refuse();
    const partial = await program.ask({ query: '{ caller { subject } students { totalCount } }' }, { token });
    await proxy.accept();
    await recovers();
    expect([partial.status, partial.headers.get('retry-after')]).toEqual([200, null]);
    expect(await partial.json()).toMatchObject({
      data: { caller: { subject: 'guide-1' }, students: { totalCount: null } },
    });
  });

  it('a network that is slow', async () => {
    proxy.network.delayMs = 150;
    try {
      expect(new Set(await askMany(4))).toEqual(new Set(['OK']));
      expect(await readyz()).toBe(200);
      proxy.reset();
      await until(async () => (await ask()) === 'OK', 'a connection is made');
    } finally {
      proxy.network.delayMs = 0;
    }
    await recovers();
  });

  it('a pool with nothing left', async () => {
    const letGo = await hold();
    try {
      const first = askMany(4);
      await until(async () => (await held()).length === 4, 'every connection has a statement that waits');
      // A database that is at work is not away.
      expect(await readyz()).toBe(200);
      // On a slow machine one that waits may get a connection of the first four, and then waits in its turn.
      expect(await askMany(8)).toContain('OVERLOADED');
      expect(await first).toEqual(['TIMEOUT', 'TIMEOUT', 'TIMEOUT', 'TIMEOUT']);
      await until(async () => (await held()).length === 0, 'no statement is left');
    } finally {
      await letGo();
    }
    await recovers();
    expect(program.readers.stats()).toMatchObject({ waiting: 0 });
  });

  it('a server that takes no more connections', async () => {
    await admin.query(`alter role ${reader.name} connection limit 0`);
    proxy.reset();
    expect(new Set(await askMany())).toEqual(new Set(['OVERLOADED']));
    expect(await readyz()).toBe(503);
    await admin.query(`alter role ${reader.name} connection limit -1`);
    await recovers();
  });

  it('a view that is dropped, which costs that view and no other', async () => {
    const { rows } = await admin.query<{ definition: string }>(
      `select pg_get_viewdef('analytics_production.grades'::regclass) as definition`,
    );
    await admin.query('drop view analytics_production.grades');
    program.log.length = 0;
    expect(await ask()).toBe('VIEW_UNAVAILABLE');
    expect(reasons()).toEqual(['VIEW_UNAVAILABLE 42P01']);
    expect(await ask(apps)).toBe('OK');
    expect(await readyz()).toBe(200);
    // One that starts now has never seen it: it is not ready, and looks again by itself.
    const late = await startProgram({ databaseUrl: readerUrl(), environment });
    expect([await ask(apps, late), await readyz(late)]).toEqual(['OK', 503]);
    await admin.query(`create view analytics_production.grades as ${rows[0]!.definition}`);
    await grant();
    await recovers();
    await recovers(late);
    await late.stop();
  });

  it('a grant that is revoked, which costs that view and no other', async () => {
    await admin.query(`revoke select on analytics_production.grades from ${reader.name}`);
    program.log.length = 0;
    expect(await ask()).toBe('VIEW_UNAVAILABLE');
    expect(reasons()).toEqual(['VIEW_UNAVAILABLE 42501']);
    expect(await ask('{ grades { totalCount nodes { id } } again: grades { totalCount } }')).toBe('VIEW_UNAVAILABLE');
    expect(reasons()).toEqual(['VIEW_UNAVAILABLE 42501', 'VIEW_UNAVAILABLE 42501']);
    expect(await ask(apps)).toBe('OK');
    expect(await readyz()).toBe(200);
    await grant();
    await recovers();
  });
});
