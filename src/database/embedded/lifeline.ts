import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Account } from './account.ts';

/*
 * A server must outlive the process that started it as long as others use it, and must not outlive the last of them,
 * even when that one is killed with -9. No handler of ours runs then, but the kernel closes our pipes. So every user
 * of a server has a small shell at the other end of a pipe, and a file in the server's `users` folder. At the end of
 * the pipe the shell takes the file away; `rmdir` succeeds for exactly one of them, the last, and that one stops the
 * server. Whoever comes after it finds no folder to sign in.
 */
const user = `
trap '' INT TERM HUP PIPE
run=$1 server=$2
echo >"$run/users/$$" || exit 1
echo joined
cat >/dev/null
rm -f "$run/users/$$"
for file in "$run/users"/*; do
  kill -0 "\${file##*/}" 2>/dev/null || rm -f "$file"
done
rmdir "$run/users" 2>/dev/null || exec echo left
kill -INT "$server"
while [ -d "$run" ] && kill -0 "$server" 2>/dev/null; do sleep 0.01; done
`;

// The first user's shell is started together with the server, so that there is no moment in between.
const server = `
trap '' INT TERM HUP PIPE
run=$1 log=$2 user=$3
shift 3
exec 3<&0 </dev/null
"$@" >>"$log" 2>&1 3<&- &
server=$!
/bin/sh -c "$user" user "$run" "$server" <&3 3<&- &
exec 3<&-
wait "$server"
ended=$?
rm -rf "$run"
exit "$ended"
`;

/** Our end of the pipe. */
export interface Lifeline {
  /** False when the server had no room for another user because its last one had just gone. */
  readonly joined: Promise<boolean>;
  readonly isBroken: () => boolean;
  /** Returns when we are out, and, where we were the last, when the server has stopped. */
  readonly release: () => Promise<void>;
}

/** Starts a server and joins it. */
export function startAndSignIn(
  start: { command: readonly string[]; run: string; log: string },
  account: Account | undefined,
): Lifeline {
  return lifeline([server, 'server', start.run, start.log, user, ...start.command], account);
}

export function signIn(running: { run: string; pid: number }, account: Account | undefined): Lifeline {
  return lifeline([user, 'user', running.run, String(running.pid)], account);
}

function lifeline(script: readonly string[], account: Account | undefined): Lifeline {
  const shell = spawn('/bin/sh', ['-c', ...script], {
    cwd: '/',
    // Its own session: Ctrl-C in the terminal is meant for us, and we need the database to finish.
    detached: true,
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
    stdio: ['pipe', 'pipe', 'ignore'],
    ...(account && { uid: account.uid, gid: account.gid }),
  });
  const ended = new Promise<void>((resolve, reject) => {
    shell.once('exit', () => resolve()).once('error', reject);
  });
  const words = createInterface({ input: shell.stdout });
  const said = (word: string) => {
    return new Promise<void>((resolve) => void words.on('line', (line) => line === word && resolve()));
  };
  const left = said('left');
  const joined = Promise.race([said('joined').then(() => true), ended.then(() => false)]).finally(() => {
    // A program that has nothing else to do may end without us.
    for (const handle of [shell, shell.stdin, shell.stdout]) (handle as ChildProcess | Socket).unref();
  });

  return {
    joined,
    isBroken: () => shell.exitCode !== null || shell.signalCode !== null,
    release: async () => {
      shell.ref();
      shell.stdin.end();
      await Promise.race([left, ended]);
      shell.unref();
    },
  };
}
