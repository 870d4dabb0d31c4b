import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

export interface Database {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

/** A database of its own for a test file: empty, or, with `template: inject('demoTemplate')`, a copy of the demo. */
export async function createDatabase(name?: string, options: { template?: string } = {}): Promise<Database> {
  return createDatabaseOn(inject('databaseUrl'), name, options);
}

export async function createDatabaseOn(
  adminUrl: string,
  name = `test_${randomBytes(6).toString('hex')}`,
  options: { template?: string } = {},
): Promise<Database> {
  const { template = 'template0' } = options;
  const [database, copied] = [pg.escapeIdentifier(name), pg.escapeIdentifier(template)];
  await runOn(adminUrl, `create database ${database} template ${copied}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => runOn(adminUrl, `drop database ${database} with (force)`) };
}

export async function runOn(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
