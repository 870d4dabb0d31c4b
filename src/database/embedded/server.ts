import { open, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Account } from './account.ts';
import { type Door, doorOf, newDoor } from './door.ts';
import { exists } from './exists.ts';
import { type Postgres, program } from './findPostgres.ts';
import type { Lifeline } from './lifeline.ts';
import * as nodeKeeper from './nodeKeeper.ts';
import { answers, forget, isAlive, readPostmaster } from './postmaster.ts';
import * as shellKeeper from './shellKeeper.ts';

export interface Joined {
  readonly url: string;
  readonly lifeline: Lifeline;
}

export interface Start {
  readonly postgres: Postgres;
  readonly data: string;
  readonly account: Account | undefined;
  readonly isDurable: boolean;
  readonly settings: Readonly<Record<string, string>>;
  readonly withoutSockets: boolean;
  readonly deadline: number;
}

export async function joinServer({ postgres, data, account }: Start): Promise<Joined | undefined> {
  const running = await readPostmaster(data);
  if (running?.status !== 'ready' || !(await isAlive(running, data))) return undefined;
  const { address, run, url } = await doorOf(running, data);
  if (!(await answers(address)) || !(await exists(join(run, 'users')))) return undefined;
  const lifeline =
    running.run === ''
      ? nodeKeeper.signIn({ run, data, control: program(postgres, 'pg_ctl') }, account)
      : shellKeeper.signIn(run, running.pid, account);
  return (await lifeline.joined) ? { url, lifeline } : undefined;
}

/** Two who start at once are told apart by PostgreSQL itself: it lets one in, and the other has nothing to show. */
export async function startPostgres(start: Start): Promise<Joined | undefined> {
  const { data, account, deadline } = start;
  const other = await readPostmaster(data);
  if (other !== undefined && (await isAlive(other, data))) return undefined;

  const door = await newDoor(data, account, start.withoutSockets);
  const log = join(data, 'server.log');
  const before = await tidy(log);
  const lifeline = launch(start, door, log);
  while (!lifeline.isBroken()) {
    const running = await readPostmaster(data);
    // Before that it has not written down its door.
    const isReady = running?.status === 'ready';
    const isOurs = isReady && (await doorOf(running, data)).run === door.run;
    if (isOurs && (await lifeline.joined)) return { url: door.url, lifeline };
    if (Date.now() > deadline) {
      await lifeline.release();
      throw new Error(`PostgreSQL does not get ready:\n${await readFrom(log, before)}`);
    }
    await wait(5);
  }
  await rm(door.run, { recursive: true, force: true });
  const said = await readFrom(log, before);
  // Another server was faster, or a program took our port.
  if (!/postmaster\.pid|could not create any TCP/.test(said)) throw new Error(`PostgreSQL did not start:\n${said}`);
  // The name of a server that is gone, with the number of a process that is not: PostgreSQL cannot tell, we can.
  if (other !== undefined && !(await isAlive(other, data))) await forget(other, data);
  return undefined;
}

/** A server whose folder in /tmp was swept away lets nobody in, and nobody would ever stop it. */
export async function stopStranded({ data }: Start): Promise<void> {
  const running = await readPostmaster(data);
  if (running?.status !== 'ready' || !(await isAlive(running, data))) return;
  const { run } = await doorOf(running, data);
  if (!(await exists(join(run, 'users')))) process.kill(running.pid, 'SIGINT');
}

function launch({ postgres, data, account, isDurable, settings: asked }: Start, door: Door, log: string): Lifeline {
  const { run } = door;
  const values = {
    ...door.settings,
    max_connections: '100',
    shared_buffers: '64MB',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(isDurable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    ...asked,
  };
  const settings = Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  if (door.settings['unix_socket_directories'] === '') {
    return nodeKeeper.startAndSignIn({ run, data, control: program(postgres, 'pg_ctl'), log, settings }, account);
  }
  const parameters = ['-D', data, ...settings];
  return shellKeeper.startAndSignIn({ program: program(postgres, 'postgres'), parameters, run, log }, account);
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
