import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * What takes a second to make can be interrupted, or be made twice at once. So it is made beside its place and moves
 * in finished, at one stroke; whoever comes second throws theirs away. True when ours moved in.
 */
export async function makeBeside(place: string, make: (folder: string) => Promise<void>): Promise<boolean> {
  await sweep(place);
  const making = await mkdtemp(`${prefix(place)}${process.pid}-`);
  try {
    await make(making);
    return await movesIn(() => rename(making, place));
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}

/** False when the place is taken. */
export async function movesIn(move: () => Promise<void>): Promise<boolean> {
  try {
    await move();
    return true;
  } catch (error) {
    if (taken.includes((error as NodeJS.ErrnoException).code)) return false;
    throw error;
  }
}

// Windows calls a folder that is in the way a matter of permission.
const taken: unknown[] = ['EEXIST', 'ENOTEMPTY', 'ENOTDIR', ...(process.platform === 'win32' ? ['EPERM'] : [])];

function prefix(place: string): string {
  return join(dirname(place), `.making-${basename(place)}-`);
}

// Leftovers of those who were killed meanwhile.
async function sweep(place: string): Promise<void> {
  const start = basename(prefix(place));
  for (const name of await readdir(dirname(place))) {
    if (!name.startsWith(start) || isRunning(Number.parseInt(name.slice(start.length), 10))) continue;
    await rm(join(dirname(place), name), { recursive: true, force: true });
  }
}

export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
