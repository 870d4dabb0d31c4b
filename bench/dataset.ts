/**
 * The data that is measured: built once in an embedded PostgreSQL, and used again by every run until its tables or its numbers
 * change. The views are made anew whenever they have changed, which takes a second.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbedded } from '../src/database/embedded.ts';
import { createViews, installReferenceDatabase } from '../src/database/install.ts';
import { root } from '../src/root.ts';

export const sizes = ['small', 'medium', 'large'] as const;
export type Size = (typeof sizes)[number];

export interface Dataset {
  readonly url: string;
  stop(): Promise<void>;
}

const schema = 'analytics_production';
const source = `${schema}_source`;

/** What a server for analytics is usually given, where the demo has to be content with little. */
const settings = {
  shared_buffers: '2GB',
  effective_cache_size: '8GB',
  random_page_cost: '1.1',
  max_wal_size: '4GB',
  maintenance_work_mem: '512MB',
};

/** A database for each size, side by side in one server. */
export async function openDataset(folder: string, size: Size, say: (step: string) => void): Promise<Dataset> {
  const server = await startEmbedded({ folder, isDurable: false, settings, onProgress: say });
  try {
    const url = new URL(server.url);
    url.pathname = `/bench_${size}`;
    await makeDatabase(server.url, `bench_${size}`);
    await fill(url.href, size, say);
    return { url: url.href, stop: server.stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function makeDatabase(url: string, name: string): Promise<void> {
  const client = await connect(url);
  const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
  if (rowCount === 0) await client.query(`create database ${name}`);
  await client.end();
}

async function fill(url: string, size: Size, say: (step: string) => void): Promise<void> {
  const folder = join(root, 'src', 'database');
  const data = await hashOf(join(folder, 'tables.sql'), join(folder, 'data'));
  const views = await hashOf(join(folder, 'views'), join(root, 'schema', 'views'));
  const client = await connect(url);
  try {
    const built = await commentOf(client, source);
    if (built !== data) {
      say(`building the data set "${size}"`);
      await client.query(`drop schema if exists ${schema}, ${source} cascade`);
      await installReferenceDatabase(client, { schema, data: size, onProgress: say });
    } else if ((await commentOf(client, schema)) !== views) {
      say('making the views anew');
      await client.query('begin');
      await client.query(`drop schema ${schema} cascade; create schema ${schema}`);
      await dropSharedViews(client);
      await createViews(client, schema);
      await client.query('commit');
    }
    await client.query(`comment on schema ${schema} is ${client.escapeLiteral(views)}`);
    // Written last: a build that was cut off is made again.
    await client.query(`comment on schema ${source} is ${client.escapeLiteral(data)}`);
  } finally {
    await client.end();
  }
}

async function dropSharedViews(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    'select quote_ident(viewname) as name from pg_views where schemaname = $1',
    [source],
  );
  for (const { name } of rows) await client.query(`drop view if exists ${source}.${name} cascade`);
}

async function commentOf(client: pg.Client, name: string): Promise<string | null | undefined> {
  const { rows } = await client.query<{ comment: string | null }>(
    `select obj_description(to_regnamespace($1), 'pg_namespace') as comment`,
    [name],
  );
  return rows[0]?.comment;
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

/** Of files, and of all files in folders. */
async function hashOf(...places: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const place of places) {
    const entries = await readdir(place, { recursive: true, withFileTypes: true }).catch(() => undefined);
    const files = entries?.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    for (const file of (files ?? [place]).toSorted()) hash.update(await readFile(file));
  }
  return hash.digest('hex').slice(0, 16);
}
