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
  }
}

/** One server for the whole run: that of TEST_DATABASE_URL, or an embedded one that leaves nothing behind. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await testServer();
  const template = await createDatabaseOn(server.url, `demo_template_${randomBytes(6).toString('hex')}`);
  let demo: Database | undefined;
  const tearDown = async () => {
    await demo?.drop();
    await template.drop();
    await server.stop();
  };
  try {
    await fill(template.url);
    const name = new URL(template.url).pathname.slice(1);
    // A database with visitors cannot be copied.
    await runOn(server.url, `alter database ${pg.escapeIdentifier(name)} allow_connections false`);
    demo = await createDatabaseOn(server.url, undefined, { template: name });
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

async function fill(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await installReferenceDatabase(client, { schema: 'analytics_production', data: 'demo' });
  } finally {
    await client.end();
  }
}
