import type { Account } from './account.ts';
import { type Lifeline, lifeline } from './lifeline.ts';

/*
 * The same for Windows, which has no shell to rely on and no signals: pg_ctl starts and stops, because it can also give
 * up the rights of an administrator, whom PostgreSQL refuses as it refuses root. Two servers of one folder are told
 * apart by their numbers: a keeper does not stop the successor of its server.
 */
const user = `
const { readFileSync, readdirSync, rmSync, rmdirSync, writeFileSync } = require('node:fs');
const { spawnSync } = require('node:child_process');
const [run, control, data, ...start] = process.argv.slice(1);
const users = run + '/users';
const server = () => { try { return readFileSync(data + '/postmaster.pid', 'utf8').split('\\n')[0]; } catch { return ''; } };
const isAlive = (pid) => { try { return process.kill(pid, 0); } catch (error) { return error.code !== 'ESRCH'; } };
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
process.stdout.on('error', () => {});
writeFileSync(users + '/' + process.pid, '');
if (start.length > 0 && spawnSync(control, start, { stdio: 'ignore' }).status !== 0) process.exit(1);
const joined = server();
console.log('joined');
process.stdin.resume().once('close', () => {
  rmSync(users + '/' + process.pid, { force: true });
  try {
    for (const name of readdirSync(users)) if (!isAlive(Number(name))) rmSync(users + '/' + name, { force: true });
    rmdirSync(users);
  } catch {
    console.log('left');
    return;
  }
  if (server() === joined) spawnSync(control, ['stop', '-D', data, '-m', 'fast', '-w'], { stdio: 'ignore' });
  rmSync(run, { recursive: true, force: true });
});
`;

export interface Controlled {
  readonly run: string;
  readonly data: string;
  readonly control: string;
}

export function signIn(server: Controlled, account: Account | undefined): Lifeline {
  return keeper(server, [], account);
}

export function startAndSignIn(
  server: Controlled & { log: string; settings: readonly string[] },
  account: Account | undefined,
): Lifeline {
  const { data, log, settings } = server;
  return keeper(server, ['start', '-D', data, '-l', log, '-s', '-w', '-o', settings.join(' ')], account);
}

function keeper({ run, control, data }: Controlled, start: readonly string[], account: Account | undefined): Lifeline {
  return lifeline(process.execPath, ['-e', user, run, control, data, ...start], account);
}
