import { spawnSync } from 'node:child_process';
import { chown, lchown, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The unprivileged user who runs the server where we are root, which PostgreSQL refuses to be. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** initdb looks its user up by name, so a number of our own choice would not do. */
const preferred = ['postgres', '_postgres', 'nobody'];

/** Whoever owns the data already; none where we are an ordinary user, because then everything runs as ourselves. */
export async function accountFor(data: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(data).catch(() => undefined);
  if (owner !== undefined && owner.uid !== 0) return { name: `user ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  const users = await localUsers();
  const account = preferred.map((name) => users.find((user) => user.name === name)).find((user) => user !== undefined);
  if (account === undefined) {
    throw new Error(`PostgreSQL refuses to run as root, and there is no user ${preferred.join(' or ')} to run it as.`);
  }
  if (!reaches(account, '/')) {
    throw new Error(`PostgreSQL refuses to run as root, and here root may not start a program as ${account.name}.`);
  }
  return account;
}

/** Asked of the kernel, as the account: mode bits would not tell about access lists or mount options. */
export function reaches(account: Account | undefined, path: string): boolean {
  return may(account, 'x', path);
}

export function mayWrite(account: Account | undefined, folder: string): boolean {
  return may(account, 'w', folder);
}

function may(account: Account | undefined, right: 'x' | 'w', path: string): boolean {
  if (account === undefined) return true;
  const { uid, gid } = account;
  return spawnSync('/bin/sh', ['-c', `test -${right} "$1"`, 'sh', path], { uid, gid, cwd: '/' }).status === 0;
}

export async function give(account: Account | undefined, path: string): Promise<void> {
  if (account !== undefined) await chown(path, account.uid, account.gid);
}

/** A copy made by root (cp -r, a container layer) has lost its owner. */
export async function giveAll(account: Account | undefined, path: string): Promise<void> {
  if (account === undefined || (await stat(path)).uid === account.uid) return;
  const names = await readdir(path, { recursive: true });
  await Promise.all(names.map((name) => lchown(join(path, name), account.uid, account.gid)));
  await give(account, path);
}

async function localUsers(): Promise<Account[]> {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  return lines.flatMap(([name, , uid, gid]) =>
    name !== undefined && uid !== undefined && gid !== undefined ? [{ name, uid: Number(uid), gid: Number(gid) }] : [],
  );
}
