import { access, mkdir, readdir, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Account, accountFor, give, giveAll, reaches, refuge } from './embedded/account.ts';
import { usablePostgres } from './embedded/bundle.ts';
import { makeCluster } from './embedded/cluster.ts';
import { findPostgres, type Postgres } from './embedded/findPostgres.ts';
import { joinRunning, type Joined, startServer } from './embedded/server.ts';

export interface EmbeddedOptions {
  /** A folder of its own. Every major version of PostgreSQL keeps its database in a subfolder. */
  readonly folder: string;
  readonly onProgress?: (step: string) => void;
  /** False trades safety in a power cut for speed: for databases that live as long as a test run. */
  readonly isDurable?: boolean;
  readonly postgres?: Postgres;
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
  const { onProgress = () => {}, isDurable = true } = options;
  const found = options.postgres ?? (await findPostgres());
  const folder = resolve(options.folder);
  await mkdir(folder, { recursive: true });
  const place = join(folder, String(found.major));
  const account = await accountFor(place);
  const home = await homeOf(folder, account);
  const postgres = await usablePostgres(found, account, home);

  let isNew = false;
  if (!(await exists(place))) {
    onProgress(`creating a PostgreSQL ${postgres.version} database in ${home}`);
    isNew = await makeCluster(postgres, place, { account, home, isDurable });
  }
  const data = await realpath(place);
  await giveAll(account, data);
  if (!reaches(account, data)) {
    throw new Error(
      `The user ${account?.name}, who runs PostgreSQL for root, cannot enter ${data}. Move it elsewhere.`,
    );
  }

  const deadline = Date.now() + patience;
  let joined: Joined | undefined;
  while (joined === undefined) {
    // Each may come to nothing because of what another process does at the same moment; the other then has its turn.
    joined =
      (await joinRunning(data, account)) ?? (await startServer(postgres, data, { account, isDurable, deadline }));
    if (Date.now() > deadline)
      throw new Error(`PostgreSQL in ${data} neither lets us in nor stops: see server.log there.`);
    await wait(5);
  }
  const { url, lifeline } = joined;
  let stopped: Promise<void> | undefined;
  return { url, isNew, stop: () => (stopped ??= lifeline.release()) };
}

/** Where the server's files can live: in the folder, except where it lies under a path that only root may enter. */
async function homeOf(folder: string, account: Account | undefined): Promise<string> {
  if ((await readdir(folder)).length === 0) await give(account, folder);
  if (reaches(account, folder)) return folder;
  await mkdir(refuge, { recursive: true, mode: 0o755 });
  return refuge;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
