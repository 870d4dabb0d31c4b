import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { EmbeddedOptions } from '../../src/database/embedded.ts';
import { root } from '../../src/root.ts';

export interface User {
  readonly url: string;
  readonly isNew: boolean;
  /** Sends the word and returns when the process has ended. */
  readonly say: (word: string) => Promise<void>;
  readonly kill: () => Promise<void>;
}

/** Another process that uses an embedded database; `as` a user of that number, where we are root. */
export async function startUser(options: EmbeddedOptions, as?: number, env?: NodeJS.ProcessEnv): Promise<User> {
  return beginUser(options, as, env).ready;
}

/** The same, for whoever cannot wait until it is ready. */
export function beginUser(options: EmbeddedOptions, as?: number, env: NodeJS.ProcessEnv = {}) {
  const program = fileURLToPath(new URL('./embeddedUser.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', program, JSON.stringify(options)], {
    cwd: root,
    env: { PATH: process.env['PATH'], ...env },
    ...(as !== undefined && { uid: as, gid: as }),
  });
  const ended = once(child, 'close');
  const say = async (word: string) => {
    child.stdin.end(`${word}\n`);
    await ended;
  };
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  const ready = answer(child).then((server) => ({ ...server, say, kill }));
  // Who kills it on the way does not wait for the answer.
  ready.catch(() => {});
  return { kill, ready };
}

async function answer(child: ChildProcessWithoutNullStreams): Promise<{ url: string; isNew: boolean }> {
  const errors = text(child.stderr);
  for await (const line of createInterface({ input: child.stdout })) {
    return JSON.parse(line) as { url: string; isNew: boolean };
  }
  throw new Error(await errors);
}

/** The command lines of all processes that name this path: with them a test sees what was left behind. */
export async function processesNaming(path: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  // A process may end while we look.
  const lines = pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''));
  return (await Promise.all(lines)).map((line) => line.replaceAll('\0', ' ')).filter((line) => line.includes(path));
}

export async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + 25_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain until ${what}.`);
    await wait(10);
  }
}
