import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Account } from './account.ts';

/**
 * A server must outlive the process that started it as long as others use it, and must not outlive the last of them,
 * even when that one is killed with -9. No handler of ours runs then, but the kernel closes our pipes. So every user
 * of a server has a small keeper at the other end of a pipe, and a file in the server's `users` folder. At the end of
 * the pipe the keeper takes the file away; removing the empty folder succeeds for exactly one of them, the last, and
 * that one stops the server. Whoever comes after it finds no folder to sign in.
 */
export interface Lifeline {
  /** False when the server had no room for another user because its last one had just gone. */
  readonly joined: Promise<boolean>;
  readonly isBroken: () => boolean;
  /** Returns when we are out, and, where we were the last, when the server has stopped. */
  readonly release: () => Promise<void>;
}

/** The keeper says `joined` when it has signed in, and `left` when it has signed out and others stay. */
export function lifeline(command: string, parameters: readonly string[], account: Account | undefined): Lifeline {
  const keeper = spawn(command, parameters, {
    cwd: process.platform === 'win32' ? undefined : '/',
    // Its own session: Ctrl-C in the terminal is meant for us, and we need the database to finish.
    detached: true,
    windowsHide: true,
    env: bareEnvironment(),
    stdio: ['pipe', 'pipe', 'ignore'],
    ...(account && { uid: account.uid, gid: account.gid }),
  });
  const ended = new Promise<void>((resolve, reject) => {
    keeper.once('exit', () => resolve()).once('error', reject);
  });
  const words = createInterface({ input: keeper.stdout });
  const said = (word: string) => {
    return new Promise<void>((resolve) => void words.on('line', (line) => line === word && resolve()));
  };
  const left = said('left');
  const joined = Promise.race([said('joined').then(() => true), ended.then(() => false)]).finally(() => {
    // A program that has nothing else to do may end without us.
    for (const handle of [keeper, keeper.stdin, keeper.stdout]) (handle as ChildProcess | Socket).unref();
  });

  return {
    joined,
    isBroken: () => keeper.exitCode !== null || keeper.signalCode !== null,
    release: async () => {
      keeper.ref();
      keeper.stdin.end();
      await Promise.race([left, ended]);
      keeper.unref();
    },
  };
}

/** Neither our secrets nor the PG… and LC_… variables of the user's shell are for the server. */
export function bareEnvironment(): NodeJS.ProcessEnv {
  const needed = ['PATH', 'SystemRoot', 'TEMP', 'TMP'].map((name) => [name, process.env[name]]);
  return { ...Object.fromEntries(needed.filter(([, value]) => value !== undefined)), LC_ALL: 'C' };
}
