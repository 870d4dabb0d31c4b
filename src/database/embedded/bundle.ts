import { chmod, cp, readFile, symlink } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { type Account, reaches } from './account.ts';
import { exists } from './exists.ts';
import { type Postgres, program } from './findPostgres.ts';
import { makeBeside, movesIn } from './makeBeside.ts';

/**
 * npm packs no symlinks, so the package makes the second names of its libraries in an install script, and many refuse
 * to run install scripts. We make them ourselves; where the package is read-only, or lies where the server's account
 * cannot go, in a copy of it.
 */
export async function usablePostgres(
  postgres: Postgres,
  account: Account | undefined,
  home: string,
): Promise<Postgres> {
  const { bundle } = postgres;
  if (bundle === undefined) return postgres;
  if (reaches(account, program(postgres, 'postgres')) && (await complete(bundle))) return postgres;

  const copy = join(home, `postgresql-${postgres.version}`);
  if (!(await exists(copy))) {
    await makeBeside(copy, async (making) => {
      await cp(bundle, making, { recursive: true, verbatimSymlinks: true });
      await nameLibraries(making);
      await chmod(making, 0o755);
    });
  }
  return { ...postgres, bin: join(copy, 'bin'), bundle: copy };
}

/** Makes what is missing; false where that is not possible. */
async function complete(bundle: string): Promise<boolean> {
  return nameLibraries(bundle).then(
    () => true,
    () => false,
  );
}

async function nameLibraries(bundle: string): Promise<void> {
  const list = await readFile(join(bundle, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const name = join(bundle, relative('native', target));
    if (!(await exists(name))) await movesIn(() => symlink(basename(source), name));
  }
}
