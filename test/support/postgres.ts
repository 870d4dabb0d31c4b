import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../../src/database/embedded.ts';
import { isRunning } from '../../src/database/embedded/makeBeside.ts';
import { installReferenceDatabase } from '../../src/database/install.ts';
import { createDatabaseOn, type Database, runOn } from './database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The superuser's way into the test server. */
    databaseUrl: string;
    /** A database with the demo data, for everybody to read: a test that writes makes its own from `demoTemplate`. */
    demoUrl: string;
    demoTemplate: string;
    /** The reference database without a row, to be copied: that takes a fifth of making it. */
    emptyTemplate: string;
  }
}

/** One server for the whole run: that of TEST_DATABASE_URL, or an embedded one that leaves nothing behind. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await testServer();
  const made: Database[] = [];
  const tearDown = async () => {
    for (const database of made) await database.drop();
    await server.stop();
  };
  const template = async (data: 'none' | 'demo') => {
    const name = `${data}_template_${randomBytes(6).toString('hex')}`;
    const database = await createDatabaseOn(server.url, name);
    made.push(database);
    await fill(database.url, data);
    // A database with visitors cannot be copied.
    await runOn(server.url, `alter database ${pg.escapeIdentifier(name)} allow_connections false`);
    return name;
  };
  try {
    project.provide('emptyTemplate', await template('none'));
    const name = await template('demo');
    const demo = await createDatabaseOn(server.url, undefined, { template: name });
    made.push(demo);
    project.provide('databaseUrl', server.url);
    project.provide('demoUrl', demo.url);
    project.provide('demoTemplate', name);
  } catch (error) {
    await tearDown();
    throw error;
  }
  return tearDown;
}

async function testServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const url = process.env['TEST_DATABASE_URL'];
  if (url !== undefined) return { url, stop: async () => {} };
  await sweep();
  const folder = await mkdtemp(join(tmpdir(), `timeback-test-${process.pid}-`));
  const server = await startEmbedded({ folder, isDurable: false });
  const stop = async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  };
  return { url: server.url, stop };
}

/** A run that was killed could not clear up. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = /^timeback-test-(\d+)-/.exec(name)?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    // Another user's is not ours to clear.
    await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => {});
  }
}

async function fill(url: string, data: 'none' | 'demo'): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await installReferenceDatabase(client, { schema: 'analytics_production', data });
  } finally {
    await client.end();
  }
}
