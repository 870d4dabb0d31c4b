/** The servers side by side, each in a process of its own, on the same database and with the same tokens. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync, closeSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../src/database/embedded/freePort.ts';
import { root } from '../src/root.ts';
import { authentication } from './callers.ts';
import type { ServerName } from './workloads.ts';

export interface RunningServer {
  readonly name: string;
  readonly pid: number;
  readonly port: number;
  stop(): Promise<void>;
}

/** The Node.js that comes with the packages of the bench, for PostGraphile takes no older one: everybody runs on it. */
export const ownNode = join(root, 'bench/node_modules/node/bin/node');

export interface ServerOptions {
  readonly databaseUrl: string;
  /** Another Node.js than everybody's. */
  readonly node?: string;
  /** Flags of V8, the same for all. */
  readonly flags: readonly string[];
  /** Where what they print is kept. */
  readonly logFolder: string;
  readonly environment?: Readonly<Record<string, string>>;
}

const programs: Readonly<Record<ServerName | 'without', readonly string[]>> = {
  // As `npm start` does it.
  ours: ['dist/src/cli.js', 'serve'],
  limit: ['--import', 'tsx', 'bench/limit.ts'],
  postgraphile: ['bench/postgraphile.mjs'],
  without: ['--import', 'tsx', 'bench/without.ts'],
};

export async function startServer(name: keyof typeof programs, options: ServerOptions): Promise<RunningServer> {
  const port = await freePort();
  const log = openSync(join(options.logFolder, `${name}.log`), 'w');
  const child = spawn(options.node ?? ownNode, [...options.flags, ...programs[name]], {
    cwd: root,
    stdio: ['ignore', log, log],
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      GRAPHILE_ENV: 'production',
      DATABASE_URL: options.databaseUrl,
      PORT: String(port),
      ...authentication,
      ...options.environment,
    },
  });
  closeSync(log);
  // A run that ends early takes its servers along.
  const end = () => void child.kill('SIGKILL');
  process.once('exit', end);
  await listening(child, name, port, options.logFolder);
  return {
    name,
    pid: child.pid!,
    port,
    async stop() {
      process.off('exit', end);
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

async function listening(child: ChildProcess, name: string, port: number, logFolder: string): Promise<void> {
  const until = Date.now() + 60_000;
  while (!(await accepts(port))) {
    if (child.exitCode !== null || Date.now() > until) {
      child.kill('SIGKILL');
      throw new Error(`The server "${name}" does not start: see ${join(logFolder, `${name}.log`)}.`);
    }
    await pause(50);
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
