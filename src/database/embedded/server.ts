import { mkdir, mkdtemp, open, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Account, give, reaches } from './account.ts';
import { exists } from './exists.ts';
import { type Postgres, program } from './findPostgres.ts';
import { signIn, type Lifeline, startAndSignIn } from './lifeline.ts';
import { answers, forget, isAlive, readPostmaster } from './postmaster.ts';

export interface Joined {
  readonly url: string;
  readonly lifeline: Lifeline;
}

export interface Start {
  readonly account: Account | undefined;
  readonly isDurable: boolean;
  readonly deadline: number;
}

const socket = '.s.PGSQL.5432';

export async function joinServer(data: string, account: Account | undefined): Promise<Joined | undefined> {
  const running = await readPostmaster(data);
  if (running?.status !== 'ready' || !(await isAlive(running, data))) return undefined;
  if (!(await answers({ path: join(running.run, socket) }))) return undefined;
  const lifeline = signIn(running, account);
  return (await lifeline.joined) ? { url: urlOf(running.run), lifeline } : undefined;
}

/** Two who start at once are told apart by PostgreSQL itself: it lets one in, and the other has nothing to show. */
export async function startServer(postgres: Postgres, data: string, start: Start): Promise<Joined | undefined> {
  const other = await readPostmaster(data);
  if (other !== undefined && (await isAlive(other, data))) return undefined;

  const run = await runFolder(start.account);
  const log = join(data, 'server.log');
  const before = await tidy(log);
  const command = [program(postgres, 'postgres'), ...settings(data, run, start.isDurable)];
  const lifeline = startAndSignIn({ command, run, log }, start.account);
  while (!lifeline.isBroken()) {
    const running = await readPostmaster(data);
    if (running?.run === run && running.status === 'ready' && (await lifeline.joined))
      return { url: urlOf(run), lifeline };
    if (Date.now() > start.deadline) {
      await lifeline.release();
      throw new Error(`PostgreSQL does not get ready:\n${await readFrom(log, before)}`);
    }
    await wait(5);
  }
  await rm(run, { recursive: true, force: true });
  const said = await readFrom(log, before);
  if (!said.includes('postmaster.pid')) throw new Error(`PostgreSQL did not start:\n${said}`);
  // The name of a server that is gone, with the number of a process that is not: PostgreSQL cannot tell, we can.
  if (other !== undefined && !(await isAlive(other, data))) await forget(other, data);
  return undefined;
}

/** A server whose folder in /tmp was swept away lets nobody in, and nobody would ever stop it. */
export async function stopStranded(data: string): Promise<void> {
  const running = await readPostmaster(data);
  if (running?.status !== 'ready' || !(await isAlive(running, data))) return;
  if (!(await exists(join(running.run, 'users')))) process.kill(running.pid, 'SIGINT');
}

function settings(data: string, run: string, isDurable: boolean): string[] {
  const values = {
    listen_addresses: '',
    unix_socket_directories: run,
    port: '5432',
    max_connections: '100',
    shared_buffers: '64MB',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(isDurable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return ['-D', data, ...Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

function urlOf(run: string): string {
  // Everything is said, so that no PG… variable of the user's shell can say otherwise.
  return `postgresql://postgres@localhost:5432/postgres?host=${encodeURIComponent(run)}&sslmode=disable`;
}

/** A private folder for the socket, whose path may have 107 bytes on Linux and 103 on macOS. */
async function runFolder(account: Account | undefined): Promise<string> {
  const fitting = (folder: string) => Buffer.byteLength(join(folder, 'timeback-XXXXXX', socket)) <= 103;
  const place = [tmpdir(), '/tmp'].find((folder) => fitting(folder) && reaches(account, folder));
  if (place === undefined) throw new Error(`There is no folder for the socket of PostgreSQL: try TMPDIR=/tmp.`);
  const run = await mkdtemp(join(place, 'timeback-'));
  await mkdir(join(run, 'users'));
  await give(account, join(run, 'users'));
  await give(account, run);
  return run;
}

/** The log goes on from start to start, but not for ever. Returns where this start begins. */
async function tidy(log: string): Promise<number> {
  const size = await sizeOf(log);
  if (size < 1_000_000) return size;
  await truncate(log);
  return 0;
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

async function readFrom(log: string, position: number): Promise<string> {
  const length = (await sizeOf(log)) - position;
  if (length <= 0) return 'It left nothing in its log.';
  const file = await open(log);
  const { buffer } = await file.read({ buffer: Buffer.alloc(length), position });
  await file.close();
  return buffer.toString('utf8').trim();
}
