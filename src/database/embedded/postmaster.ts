import { execFile } from 'node:child_process';
import { readFile, readlink, rm } from 'node:fs/promises';
import { createConnection, type NetConnectOpts } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What a running server writes about itself into its folder. The rest of postmaster.pid is for its own programs. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** The private folder of its socket; empty where it listens on TCP. */
  readonly run: string;
  readonly status: string;
}

export async function readPostmaster(data: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const [pid, , , port, run, , , status] = text.split('\n');
  if (status === undefined) return undefined;
  return { pid: Number(pid), port: Number(port), run: run ?? '', status: status.trim() };
}

/** A file that outlived its server (a power cut) may name a process that is somebody else by now. */
export async function isAlive(postmaster: Postmaster, data: string): Promise<boolean> {
  const { pid } = postmaster;
  if (process.platform === 'linux') return (await readlink(`/proc/${pid}/cwd`).catch(() => '')) === data;
  if (process.platform === 'win32') return answers({ port: postmaster.port });
  return promisify(execFile)('ps', ['-p', String(pid), '-o', 'command=']).then(
    ({ stdout }) => stdout.includes('postgres'),
    () => false,
  );
}

export async function forget(postmaster: Postmaster, data: string): Promise<void> {
  const now = await readPostmaster(data);
  if (now?.pid === postmaster.pid && now.run === postmaster.run) await rm(join(data, 'postmaster.pid'));
}

export async function answers(door: NetConnectOpts): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = createConnection(door, () => connection.destroy());
    connection.once('connect', () => resolve(true)).once('error', () => resolve(false));
  });
}
