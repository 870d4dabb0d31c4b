import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Account, give } from './account.ts';
import { exists } from './exists.ts';
import { type Postgres, program } from './findPostgres.ts';
import { makeBeside, movesIn } from './makeBeside.ts';

export interface ClusterOptions {
  readonly account: Account | undefined;
  /** The folder of `data`, or another where the account cannot reach that one: then `data` becomes a link. */
  readonly home: string;
  readonly isDurable: boolean;
}

/** True when the new database is ours, false when another process was first: its own is as good. */
export async function makeCluster(postgres: Postgres, data: string, options: ClusterOptions): Promise<boolean> {
  const { account, home, isDurable } = options;
  const isElsewhere = home !== dirname(data);
  const place = isElsewhere ? await mkdtemp(join(home, 'data-')) : data;
  const isOurs = await makeBeside(place, async (making) => {
    await give(account, making);
    await initdb(postgres, making, account, isDurable);
  });
  if (!isElsewhere) return isOurs;
  // A link to what somebody has cleared away since.
  if (!(await exists(data))) await rm(data, { force: true });
  if (await movesIn(() => symlink(place, data))) return true;
  await rm(place, { recursive: true });
  return false;
}

async function initdb(postgres: Postgres, folder: string, account: Account | undefined, isDurable: boolean) {
  const failures: string[] = [];
  for (const locale of locales(postgres.major)) {
    const options = ['-D', folder, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', ...locale, '--no-instructions'];
    try {
      await promisify(execFile)(program(postgres, 'initdb'), isDurable ? options : [...options, '--no-sync'], {
        cwd: '/',
        env: { PATH: process.env['PATH'], LC_ALL: 'C' },
        ...(account && { uid: account.uid, gid: account.gid }),
      });
      return;
    } catch (error) {
      failures.push((error as { stderr?: string }).stderr ?? String(error));
    }
  }
  throw new Error(`initdb could not make a database in ${folder}:\n${failures.join('\n')}`);
}

/**
 * Code point order and the case rules of Unicode, whatever the machine speaks. Before 17 that takes the C library's
 * C.UTF-8; where it has none (macOS), ICU keeps the case rules, and only the default order differs.
 */
function locales(major: number): string[][] {
  if (major >= 17) return [['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']];
  return [['--locale=C.UTF-8'], ['--locale-provider=icu', '--icu-locale=und', '--locale=C']];
}
