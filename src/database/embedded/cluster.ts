import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFile, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Account, give } from './account.ts';
import { passwordFile } from './door.ts';
import { exists } from './exists.ts';
import { type Postgres, program } from './findPostgres.ts';
import { bareEnvironment } from './lifeline.ts';
import { makeBeside, movesIn } from './makeBeside.ts';

export interface ClusterOptions {
  readonly account: Account | undefined;
  /** The folder of `data`, or another where the account cannot reach that one: then `data` becomes a link. */
  readonly home: string;
  readonly isDurable: boolean;
  /** Asks for a password, which lies in the folder itself: whoever reads that needs none. */
  readonly withPassword: boolean;
}

/** True when the new database is ours, false when another process was first: its own is as good. */
export async function makeCluster(postgres: Postgres, data: string, options: ClusterOptions): Promise<boolean> {
  const { account, home } = options;
  const isElsewhere = home !== dirname(data);
  const place = isElsewhere ? await mkdtemp(join(home, 'data-')) : data;
  const isOurs = await makeBeside(place, async (making) => {
    await give(account, making);
    await initdb(postgres, making, options);
  });
  if (!isElsewhere) return isOurs;
  // A link to what somebody has cleared away since.
  if (!(await exists(data))) await rm(data, { force: true });
  if (await movesIn(() => symlink(place, data))) return true;
  await rm(place, { recursive: true });
  return false;
}

async function initdb(postgres: Postgres, folder: string, options: ClusterOptions): Promise<void> {
  const { account, isDurable, withPassword } = options;
  const password = withPassword ? await newPassword(account) : undefined;
  const failures: string[] = [];
  try {
    for (const locale of locales(postgres.major)) {
      const parameters = ['-D', folder, '-U', 'postgres', '-E', 'UTF8', ...locale, '--no-instructions'];
      if (!isDurable) parameters.push('--no-sync');
      parameters.push(...(password ? ['-A', 'scram-sha-256', '--pwfile', password.file] : ['-A', 'trust']));
      const error = await run(program(postgres, 'initdb'), parameters, account);
      if (error === undefined) {
        if (password) await copyFile(password.file, passwordFile(folder));
        if (password) await give(account, passwordFile(folder));
        return;
      }
      failures.push(error);
    }
  } finally {
    if (password) await rm(password.folder, { recursive: true });
  }
  throw new Error(`initdb could not make a database in ${folder}:\n${failures.join('\n')}`);
}

/** What it had to complain about, where it failed. */
async function run(command: string, parameters: string[], account: Account | undefined): Promise<string | undefined> {
  const options = { env: bareEnvironment(), ...(account && { cwd: '/', uid: account.uid, gid: account.gid }) };
  return promisify(execFile)(command, parameters, options).then(
    () => undefined,
    (error: Error & { stderr?: string }) => error.stderr || error.message,
  );
}

// initdb wants the folder empty and the password in a file.
async function newPassword(account: Account | undefined): Promise<{ folder: string; file: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'timeback-'));
  const file = join(folder, 'password');
  await writeFile(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
  await give(account, file);
  await give(account, folder);
  return { folder, file };
}

/**
 * Code point order and the case rules of Unicode, whatever the machine speaks. Before 17 that takes the C library's
 * C.UTF-8; where it has none (macOS), ICU keeps the case rules, and only the default order differs.
 */
function locales(major: number): string[][] {
  if (major >= 17) return [['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']];
  return [['--locale=C.UTF-8'], ['--locale-provider=icu', '--icu-locale=und', '--locale=C']];
}
