/**
 * Rows, put into plain tables with the names of the views. The graph does not care what is behind a view, and lists are the same
 * over any column types that a foreign database may have chosen.
 */
import pg from 'pg';
import { createDatabase } from '../../support/database.ts';
import { facts, vocabularies } from '../../catalogue/facts.ts';
import { chance } from './chance.ts';
import { columnsOf, isEnum, isNullable, typeOf, viewNames, type TextRow } from './world.ts';

/** `usual` types as one would choose them; `mixed` every other type that the graph says it can read, all over the place. */
export type Edition = 'usual' | 'mixed';

export const schema = 'analytics_production';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const usualTypes: Readonly<Record<string, string>> = {
  Boolean: 'bool',
  Date: 'date',
  DateTime: 'timestamptz',
  Float: 'numeric',
  Int: 'int4',
  String: 'text',
};

const mixedTypes: Readonly<Record<string, readonly string[]>> = {
  Boolean: ['bool'],
  Date: ['date'],
  DateTime: ['timestamp', 'timestamp', 'timestamptz'],
  Float: ['float4', 'float8', 'numeric'],
  Int: ['float8', 'int8', 'numeric'],
  String: ['citext', 'text', 'varchar'],
};

/** Both ends of these keys ignore case, the ids in them do not. */
const caseless = new Set(['questions.id', 'question_tests.question_id', 'attempts.resource_id', 'tests.id']);

function pgType(edition: Edition, view: string, column: string, rows: readonly TextRow[]): string {
  const type = typeOf(view, column);
  const random = chance(`type of ${view}.${column}`);
  const values = rows.flatMap((row) => row[column] ?? []);
  if (type === '[ID]') {
    if (edition === 'mixed') return random.pick(['text[]', 'varchar[]', 'uuid[]']);
    return 'uuid[]';
  }
  if (type === 'ID') {
    const fitsUuid = values.every((value) => uuid.test(value));
    if (edition === 'usual') return fitsUuid ? 'uuid' : 'text';
    if (caseless.has(`${view}.${column}`)) return 'citext';
    return random.pick(fitsUuid ? ['uuid', 'text', 'varchar', 'citext'] : ['text', 'varchar']);
  }
  if (isEnum(type)) return edition === 'usual' ? 'text' : random.pick([`source.${type}`, 'citext', 'varchar']);
  return edition === 'usual' ? usualTypes[type]! : random.pick(mixedTypes[type]!);
}

function sorts(type: string): boolean {
  return ['text', 'varchar', 'citext'].includes(type.replace('[]', ''));
}

/** A view that filters itself as those of the reference do: by the organisations of the setting, and by none without it. */
function viewText(view: string, types: ReadonlyMap<string, string>): string {
  const columns = [...types.keys()].filter((column) => column !== 'org_ids').map((column) => `"${column}"`);
  if (facts[view]!.policy !== 'rows') {
    return `create view ${schema}."${view}" as select * from source."${view}"`;
  }
  const setting = `current_setting('app.allowed_org_ids', true)`;
  const own = `string_to_array(${setting}, ',')`;
  return `
    create view ${schema}."${view}" with (security_barrier) as
    select ${columns.join(', ')},
      case when ${setting} = '*' then org_ids else array(
        select org from unnest(org_ids) with ordinality as u (org, n) where org::text = any(${own}) order by n
      ) end as org_ids
    from source."${view}"
    where ${setting} = '*' or org_ids::text[] && ${own}`;
}

export interface Tables {
  readonly url: string;
  drop(): Promise<void>;
}

/** A database of its own, in which every view has the given rows. */
export async function createTables(edition: Edition, data: ReadonlyMap<string, readonly TextRow[]>): Promise<Tables> {
  const database = await createDatabase();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    await client.query('create extension if not exists citext');
    await client.query(`create schema source`);
    await client.query(`create schema ${schema}`);
    for (const [name, words] of Object.entries(vocabularies)) {
      const values = [...words, 'unheard_of'].map((word) => `'${word}'`);
      await client.query(`create type source.${name} as enum (${values.join(', ')})`);
    }
    for (const view of viewNames) await createTable(client, edition, view, data.get(view)!);
    // Whatever a database prefers by itself, its answers are the same.
    const name = pg.escapeIdentifier(new URL(database.url).pathname.slice(1));
    await client.query(`alter database ${name} set timezone to 'America/New_York'`);
    await client.query(`alter database ${name} set datestyle to 'SQL, DMY'`);
  } finally {
    await client.end();
  }
  return database;
}

async function createTable(client: pg.Client, edition: Edition, view: string, rows: readonly TextRow[]): Promise<void> {
  const types = new Map(columnsOf(view).map((column) => [column, pgType(edition, view, column, rows)]));
  const columns = Array.from(types, ([column, type]) => {
    const collation = sorts(type) ? ' collate "C"' : '';
    return `"${column}" ${type}${collation}${isNullable(view, column) ? '' : ' not null'}`;
  });
  await client.query(`create table source."${view}" (${columns.join(', ')})`);
  await client.query(viewText(view, types));
  await insertRows(client, view, rows);
  // As any database has it that serves joins at all.
  const keys = columnsOf(view).filter((column) => typeOf(view, column) === 'ID');
  for (const key of keys) await client.query(`create index on source."${view}" ("${key}")`);
  await client.query(`analyze source."${view}"`);
}

/** More rows for a view that is there already. */
export async function insertRows(client: pg.Client, view: string, rows: readonly TextRow[]): Promise<void> {
  await client.query(`set timezone to 'UTC'`);
  await client.query(`insert into source."${view}" select * from json_populate_recordset(null::source."${view}", $1)`, [
    JSON.stringify(rows),
  ]);
}
