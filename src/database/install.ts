import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type pg from 'pg';
import { escapeIdentifier, escapeLiteral } from 'pg';
import { viewNamed } from '../../schema/views/index.ts';
import { root } from '../root.ts';
import { loadData } from './data/load.ts';

export interface InstallOptions {
  /** The schema of the views; the tables they read lie beside it, in `<schema>_source`. */
  readonly schema: string;
  readonly data: 'none' | 'demo' | 'small' | 'medium' | 'large';
  readonly onProgress?: (step: string) => void;
}

const folder = join(root, 'src', 'database');

/**
 * Builds the reference database: the source tables, data, and the views with the catalogue's descriptions as comments. All
 * of it or nothing: the client must not be in a transaction, because this is one.
 */
export async function installReferenceDatabase(client: pg.ClientBase, options: InstallOptions): Promise<void> {
  const { schema, data } = options;
  const report = options.onProgress ?? (() => undefined);
  const source = sourceSchemaOf(schema);

  await client.query('begin');
  try {
    for (const name of [schema, source]) await claim(client, name);

    report('creating the source tables');
    await searchIn(client, source);
    await run(client, join(folder, 'tables.sql'));

    if (data !== 'none') await loadData(client, { source, size: data, onProgress: report });

    report('creating the views');
    await createViews(client, schema);
    await client.query('commit');
  } catch (error) {
    // A connection that is gone cannot roll back and has no need to: what it says then is no news beside what ended it.
    await client.query('rollback').catch(() => undefined);
    throw error;
  }

  // Fresh tables are read by their indexes alone only after a vacuum, and a vacuum cannot be part of a transaction.
  if (data !== 'none') {
    report('tidying the tables');
    await vacuum(client, source);
  }
}

/** The views and what they share, within the transaction of the client. */
export async function createViews(client: pg.ClientBase, schema: string): Promise<void> {
  const source = sourceSchemaOf(schema);
  await searchIn(client, source);
  for (const file of await sqlFiles(join(folder, 'views', 'shared'))) await run(client, file);
  await searchIn(client, schema, source);
  for (const file of await sqlFiles(join(folder, 'views'))) {
    await run(client, file);
    await client.query(commentsOn(basename(file, '.sql')));
  }
}

/** Names are in the order that people expect, if this PostgreSQL was built with the library that knows it, and that knows the encoding. */
async function run(client: pg.ClientBase, file: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  const { rowCount } = await client.query(
    `select from pg_collation where collname = 'und-x-icu' and pg_collation_is_visible(oid)`,
  );
  await client.query(rowCount === 0 ? text.replaceAll(' collate "und-x-icu"', '') : text);
}

export function sourceSchemaOf(schema: string): string {
  const source = `${schema}_source`;
  if (schema === '' || Buffer.byteLength(source) > 63) {
    throw new Error(`"${schema}" cannot name the schema: 1 to 56 bytes are what PostgreSQL has room for.`);
  }
  return source;
}

/** Takes a schema that is not there, or has nothing in it. */
async function claim(client: pg.ClientBase, schema: string): Promise<void> {
  const found = await client.query(
    `select from pg_class where relnamespace = to_regnamespace($1)
     union all
     select from pg_proc where pronamespace = to_regnamespace($1)
     limit 1`,
    [escapeIdentifier(schema)],
  );
  if (found.rowCount !== 0) {
    throw new Error(`The schema "${schema}" is not empty. Name another one, or drop what is in it first.`);
  }
  await client.query(`create schema if not exists ${escapeIdentifier(schema)}`);
}

async function searchIn(client: pg.ClientBase, ...schemas: readonly string[]): Promise<void> {
  await client.query(`set local search_path = ${schemas.map(escapeIdentifier).join(', ')}`);
}

async function sqlFiles(directory: string): Promise<string[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sql'));
  return names.toSorted().map((name) => join(directory, name));
}

function commentsOn(name: string): string {
  const { description, columns } = viewNamed(name);
  return [
    `comment on view ${name} is ${escapeLiteral(description)};`,
    ...Object.entries(columns).map(
      ([column, { description }]) =>
        `comment on column ${name}.${escapeIdentifier(column)} is ${escapeLiteral(description)};`,
    ),
  ].join('\n');
}

async function vacuum(client: pg.ClientBase, schema: string): Promise<void> {
  const tables = await client.query<{ tablename: string }>('select tablename from pg_tables where schemaname = $1', [
    schema,
  ]);
  for (const { tablename } of tables.rows) {
    await client.query(`vacuum (analyze) ${escapeIdentifier(schema)}.${escapeIdentifier(tablename)}`);
  }
}
