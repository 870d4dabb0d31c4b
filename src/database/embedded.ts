import { mkdir, readdir, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Account, accountFor, give, giveAll, reaches } from './embedded/account.ts';
import { usablePostgres } from './embedded/bundle.ts';
import { makeCluster } from './embedded/cluster.ts';
import { exists } from './embedded/exists.ts';
import { findPostgres, type Postgres } from './embedded/findPostgres.ts';
import { type Joined, joinServer, type Start, startPostgres, stopStranded } from './embedded/server.ts';
import { makeFolder } from '../makeFolder.ts';

export interface EmbeddedOptions {
  /** A folder of its own. Every major version of PostgreSQL keeps its database in a subfolder. */
  readonly folder: string;
  readonly onProgress?: (step: string) => void;
  /** False trades safety in a power cut for speed: for databases that live as long as a test run. */
  readonly isDurable?: boolean;
  /** Settings of PostgreSQL for more than a demo, such as `shared_buffers`. They count for whoever starts the server. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly postgres?: Postgres;
  /** Where root keeps what the server must reach although it lies under a path that only root may enter. */
  readonly refuge?: string;
  /** A TCP port with a password, and neither shell nor signals: what Windows needs. */
  readonly withoutSockets?: boolean;
}

export interface Embedded {
  /** The superuser's way into the database `postgres`. */
  readonly url: string;
  /** True for the one start that made the folder's database. */
  readonly isNew: boolean;
  readonly stop: () => Promise<void>;
}

// Recovery after a crash may take its time; a server that somebody else is stopping takes less.
const patience = 60_000;

/** Starts the folder's server, or joins the one that another process started. It runs until its last user has gone. */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { onProgress = () => {}, isDurable = true, settings = {}, refuge = '/var/lib/timeback-graph' } = options;
  const { withoutSockets = process.platform === 'win32' } = options;
  const found = options.postgres ?? (await findPostgres());
  const folder = resolve(options.folder);
  makeFolder(folder);
  const place = join(folder, String(found.major));
  const account = await accountFor(place);
  const home = await homeOf(folder, account, refuge);
  const postgres = await usablePostgres(found, account, home);

  let isNew = false;
  if (!(await exists(place))) {
    onProgress(`creating a PostgreSQL ${postgres.version} database in ${home}`);
    isNew = await makeCluster(postgres, place, { account, home, isDurable, withPassword: withoutSockets });
  }
  const data = await realpath(place);
  // Root is about to give all of it away.
  if (!(await exists(join(data, 'PG_VERSION')))) throw new Error(`${place} holds something else than a database.`);
  await giveAll(account, data);
  if (!reaches(account, data)) {
    throw new Error(`PostgreSQL runs as ${account?.name}, who cannot enter ${data}: move the folder elsewhere.`);
  }
  const deadline = Date.now() + patience;
  const { url, lifeline } = await enter({ postgres, data, account, isDurable, settings, withoutSockets, deadline });
  return { url, isNew, stop: lifeline.release };
}

// Either may come to nothing because of what another process does at the same moment; then the other has its turn.
async function enter(start: Start): Promise<Joined> {
  let stranded = Date.now() + 3_000;
  for (;;) {
    const joined = (await joinServer(start)) ?? (await startPostgres(start));
    if (joined !== undefined) return joined;
    if (Date.now() > start.deadline) throw new Error(`PostgreSQL in ${start.data} neither lets us in nor stops.`);
    if (Date.now() > stranded) {
      await stopStranded(start);
      stranded += 3_000;
    }
    await wait(5);
  }
}

async function homeOf(folder: string, account: Account | undefined, refuge: string): Promise<string> {
  const names = await readdir(folder);
  // Only what is empty or holds nothing but our own is ours to give away.
  if (names.every((name) => /^(\d+|\.making-.+|postgresql-.+)$/.test(name))) await give(account, folder);
  if (reaches(account, folder)) return folder;
  await mkdir(refuge, { recursive: true, mode: 0o755 });
  return refuge;
}
