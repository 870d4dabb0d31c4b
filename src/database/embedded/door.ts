import { mkdir, mkdtemp, readFile } from 'node:fs/promises';
import type { NetConnectOpts } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Account, give, mayWrite } from './account.ts';
import { freePort } from './freePort.ts';
import type { Postmaster } from './postmaster.ts';

/** How a server is reached, and the folder where its users sign in. */
export interface Door {
  readonly run: string;
  readonly address: NetConnectOpts;
  readonly url: string;
  readonly settings: Readonly<Record<string, string>>;
}

const socket = '.s.PGSQL.5432';

/** The kernel lets nobody else into the folder of the socket; on TCP it takes a password. */
export async function newDoor(data: string, account: Account | undefined, withoutSockets: boolean): Promise<Door> {
  if (!withoutSockets) return socketDoor(await runFolder(account));
  const door = await tcpDoor(data, await freePort());
  await mkdir(join(door.run, 'users'), { recursive: true });
  await give(account, door.run);
  await give(account, join(door.run, 'users'));
  return door;
}

export async function doorOf(running: Postmaster, data: string): Promise<Door> {
  return running.run === '' ? tcpDoor(data, running.port) : socketDoor(running.run);
}

export function passwordFile(data: string): string {
  return join(data, 'password');
}

// Each URL says everything, so that no PG… variable of the user's shell can say otherwise.
function socketDoor(run: string): Door {
  return {
    run,
    address: { path: join(run, socket) },
    url: `postgresql://postgres@localhost:5432/postgres?host=${encodeURIComponent(run)}&sslmode=disable`,
    settings: { listen_addresses: '', unix_socket_directories: run, port: '5432' },
  };
}

async function tcpDoor(data: string, port: number): Promise<Door> {
  const password = await readFile(passwordFile(data), 'utf8');
  return {
    run: join(data, `run-${port}`),
    address: { host: '127.0.0.1', port },
    url: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres?sslmode=disable`,
    settings: { listen_addresses: '127.0.0.1', unix_socket_directories: '', port: String(port) },
  };
}

/** The path of a socket may have 107 bytes on Linux and 103 on macOS. The account is to clear up there. */
async function runFolder(account: Account | undefined): Promise<string> {
  const fits = (folder: string) => Buffer.byteLength(join(folder, 'timeback-XXXXXX', socket)) <= 103;
  const place = [tmpdir(), '/tmp'].find((folder) => fits(folder) && mayWrite(account, folder));
  if (place === undefined) throw new Error('There is no folder for the socket of PostgreSQL: try TMPDIR=/tmp.');
  const run = await mkdtemp(join(place, 'timeback-'));
  await mkdir(join(run, 'users'));
  await give(account, join(run, 'users'));
  await give(account, run);
  return run;
}
