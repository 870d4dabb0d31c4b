import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
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
  const { pid, port } = postmaster;
  if (process.platform === 'win32') return answers({ port });
  const command =
    process.platform === 'linux'
      ? readFile(`/proc/${pid}/cmdline`, 'utf8')
      : promisify(execFile)('ps', ['-ww', '-p', String(pid), '-o', 'command=']).then(({ stdout }) => stdout);
  // Neither way has anything to tell about a process that is gone.
  return (await command.catch(() => '')).includes(data);
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
