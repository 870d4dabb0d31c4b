import pg from 'pg';
import { keyColumn, type Column, type View } from '../../schema/view.ts';
import { views } from '../../schema/views/index.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { chanceOf } from './randomOperations.ts';

const rowsOfView = 40;
/** Some keys lead nowhere. */
const keysOfView = 44;

const types: Readonly<Record<Column['kind'], string>> = {
  id: 'text',
  ids: 'text[]',
  text: 'text',
  prose: 'text',
  int: 'int',
  float: 'float8',
  boolean: 'boolean',
  date: 'date',
  dateTime: 'timestamptz',
  enum: 'text',
};

/** A database whose views keep none of the catalogue's promises: nulls where there are none, words that nobody knows. */
export async function createLooseDatabase(): Promise<Database> {
  const database = await createDatabase();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    const chance = chanceOf(1_902);
    await client.query('create schema analytics_production');
    for (const view of views) await createTable(client, view, chance);
  } finally {
    await client.end();
  }
  return database;
}

async function createTable(client: pg.Client, view: View, chance: () => number): Promise<void> {
  const columns = Object.entries(view.columns);
  const table = `analytics_production.${view.name}`;
  await client.query(
    `create table ${table} (${columns.map(([name, { kind }]) => `"${name}" ${types[kind]}`).join(', ')})`,
  );
  for (let row = 0; row < rowsOfView; row++) {
    const values = columns.map(([name, column]) => valueOf(view, name, column, row, chance));
    await client.query(`insert into ${table} values (${values.map((_, index) => `$${index + 1}`).join(', ')})`, values);
  }
}

function valueOf(view: View, name: string, column: Column, row: number, chance: () => number): unknown {
  const isKey = keyColumn(view) === name;
  if (!isKey && chance() < (column.isNullable ? 0.2 : 0.04)) return null;
  const some = (most: number) => Math.floor(chance() * most);
  const { reference } = column;
  switch (column.kind) {
    case 'id':
      // A key that is also a key of another view says which of its rows this one belongs to.
      if (isKey) return `${reference?.view ?? view.name} ${row}`;
      return `${targetOf(reference?.view) ?? view.name} ${some(keysOfView)}`;
    case 'ids':
      return Array.from({ length: some(3) }, () => `${targetOf(reference?.view) ?? 'organization'} ${some(3)}`);
    case 'int':
      return some(1_000);
    case 'float':
      return chance() < 0.1 ? 'NaN' : chance() * 100;
    case 'boolean':
      return chance() < 0.5;
    case 'date':
      return `2026-0${1 + some(9)}-1${some(10)}`;
    case 'dateTime':
      return `2026-0${1 + some(9)}-1${some(10)} 10:00:00.${some(999_999)}+00`;
    case 'enum':
      return chance() < 0.1
        ? 'word of another edition'
        : column.vocabulary!.words[some(column.vocabulary!.words.length)];
    default:
      return reference ? 'Math' : `"${name}" ${some(30)} é`;
  }
}

function targetOf(view: string | undefined): string | undefined {
  if (view === 'resource') return 'questions';
  return view === 'parent' ? 'units' : view;
}
