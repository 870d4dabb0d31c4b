import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { views as catalogue } from '../../schema/views/index.ts';
import { connectTo } from '../database/connect.ts';
import { installReferenceDatabase, sourceSchemaOf } from '../database/install.ts';
import { startEmbedded, type Embedded } from '../database/embedded.ts';
import { root } from '../root.ts';

export interface DemoOptions {
  readonly folder: string;
  readonly schema: string;
  readonly onProgress: (step: string) => void;
}

/** The embedded database with the demo data of this version in it. */
export async function openDemoDatabase({ folder, schema, onProgress }: DemoOptions): Promise<Embedded> {
  const server = await startEmbedded({ folder, onProgress });
  try {
    await fill(server.url, schema, onProgress);
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/**
 * The schema's comment says which build is in it. It is written last, so that a build which was cut off is made again, and so is
 * one of other views, other descriptions or other data.
 */
async function fill(url: string, schema: string, onProgress: (step: string) => void): Promise<void> {
  const build = `timeback-graph demo ${await hashOfBuild()}`;
  const client = await connectTo(url);
  try {
    // Two programs that start at once share the server: one of them builds, the other waits for it.
    await client.query(`select pg_advisory_lock(hashtext('timeback-graph demo'))`);
    const { rows } = await client.query<{ build: string | null }>(
      `select obj_description(to_regnamespace($1), 'pg_namespace') as build`,
      [client.escapeIdentifier(schema)],
    );
    if (rows[0]?.build === build) return;
    const [views, source] = [schema, sourceSchemaOf(schema)].map((name) => client.escapeIdentifier(name));
    await client.query(`drop schema if exists ${views}, ${source} cascade`);
    await installReferenceDatabase(client, { schema, data: 'demo', onProgress });
    await client.query(`comment on schema ${views} is ${client.escapeLiteral(build)}`);
  } finally {
    await client.end();
  }
}

async function hashOfBuild(): Promise<string> {
  const folder = join(root, 'src', 'database');
  const hash = createHash('sha256').update(await readFile(join(folder, 'tables.sql')));
  // What the catalogue says of the views is in their comments.
  hash.update(JSON.stringify(catalogue));
  for (const part of ['views', 'data']) {
    const files = await readdir(join(folder, part), { recursive: true, withFileTypes: true });
    const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
    for (const path of paths.toSorted()) hash.update(await readFile(path));
  }
  return hash.digest('hex').slice(0, 16);
}
