import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, inject } from 'vitest';
import { createDatabase, type Database } from '../../support/database.ts';
import { sourceOf, type Source } from './source.ts';

/** Who reads: organisation ids, `*` for a caller without a limit, any other text as it is; `unset` touches no setting. */
export type Reading = string | readonly string[];

export type ViewRow = Record<string, unknown>;

interface ReadOptions {
  readonly as?: Reading;
  readonly columns?: readonly string[];
}

export interface Views {
  /** What a view shows, in a settled order: `read('students', { as: [school], columns: ['id', 'org_ids'] })`. */
  readonly read: (view: string, options?: ReadOptions) => Promise<ViewRow[]>;
  /** The only row that the view shows. */
  readonly readOne: (view: string, options?: ReadOptions) => Promise<ViewRow>;
  /** A statement of the test's own, in the schemas of the views and of the tables. */
  readonly query: (text: string, values?: readonly unknown[]) => Promise<ViewRow[]>;
}

export interface Reference extends Views {
  /** Puts rows into the source tables. */
  readonly add: Source;
}

const schema = 'analytics_production';

/**
 * An empty reference database for the tests of a file. Each test has a connection and a transaction of its own, which is
 * rolled back: it sees its own rows only, and a setting that no test before it has touched.
 */
export function emptyReference(): Reference {
  let database: Database | undefined;
  let client: pg.Client | undefined;

  beforeAll(async () => {
    database = await createDatabase(undefined, { template: inject('emptyTemplate') });
    const installer = new pg.Client({ connectionString: database.url });
    await installer.connect();
    await installer.query(`set search_path = ${schema}, ${schema}_source`);
    await breakOnPurpose(installer);
    await installer.end();
  });
  afterAll(() => database?.drop());

  beforeEach(async () => {
    client = await enter(database!.url);
  });
  afterEach(() => leave(client));

  const views = viewsOf(() => client!);
  return { ...views, add: sourceOf((text, values) => views.query(text, values)) };
}

/** The demo data, in a transaction a test. The database is everybody's: whatever a test does to it is rolled back. */
export function demoReference(): Views {
  let client: pg.Client | undefined;
  beforeEach(async () => {
    client = await enter(inject('demoUrl'));
    await breakOnPurpose(client);
  });
  afterEach(() => leave(client));
  return viewsOf(() => client!);
}

async function enter(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString, types: { getTypeParser } });
  await client.connect();
  await client.query(`set search_path = ${schema}, ${schema}_source; set timezone = 'UTC'; begin`);
  return client;
}

async function leave(client: pg.Client | undefined): Promise<void> {
  // Nobody came in, and what kept her out is what the test run should report.
  if (!client) return;
  await client.query('rollback');
  await client.end();
}

function viewsOf(client: () => pg.Client): Views {
  const query: Views['query'] = async (text, values = []) => {
    const result = await client().query<ViewRow>(text, [...values]);
    return result.rows;
  };
  const read: Views['read'] = async (view, { as = '*', columns = ['*'] } = {}) => {
    if (as !== 'unset') await query("select set_config('app.allowed_org_ids', $1, true)", [String(as)]);
    const rows = await query(`select ${columns.join(', ')} from ${view}`);
    return rows
      .map((row) => ({ row, text: JSON.stringify(row) }))
      .toSorted((a, b) => (a.text < b.text ? -1 : 1))
      .map(({ row }) => row);
  };
  return {
    query,
    read,
    async readOne(view, options) {
      const rows = await read(view, options);
      if (rows.length !== 1) throw new Error(`${view} shows ${rows.length} rows: ${JSON.stringify(rows)}`);
      return rows[0]!;
    },
  };
}

/** Numbers as numbers; days and times as PostgreSQL writes them, so that no test sees them through a time zone of Node's. */
function getTypeParser(oid: number): (text: string) => unknown {
  const { INT8, NUMERIC, DATE, TIMESTAMPTZ } = pg.types.builtins;
  const numbers: readonly number[] = [INT8, NUMERIC];
  const times: readonly number[] = [DATE, TIMESTAMPTZ];
  if (numbers.includes(oid)) return Number;
  return times.includes(oid) ? String : pg.types.getTypeParser(oid);
}

/** `mutants.ts` names a file with a broken view here, to see whether a test notices. */
async function breakOnPurpose(client: pg.Client): Promise<void> {
  const file = process.env['RULES_MUTANT'];
  if (!file) return;
  await client.query(await readFile(file, 'utf8'));
}
