import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { views } from '../../schema/views/index.ts';
import { installReferenceDatabase } from '../../src/database/install.ts';
import { createDatabase, type Database } from '../support/database.ts';

let database: Database;
let client: pg.Client;

beforeAll(async () => {
  database = await createDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const install = (schema: string) => installReferenceDatabase(client, { schema, data: 'none' });

async function relationsIn(schema: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    'select count(*)::int from pg_class where relnamespace = to_regnamespace($1)',
    [pg.escapeIdentifier(schema)],
  );
  return rows[0]!.count;
}

describe('the schema', () => {
  it.each(['plain', 'Upper Case', '"quoted" \\ back', "it's; drop table x --", 'größe.年', '$1'])(
    'may be called %j',
    async (schema) => {
      await install(schema);
      const of = pg.escapeIdentifier(schema);
      const { rows } = await client.query('select viewname from pg_views where schemaname = $1', [schema]);
      expect(rows).toHaveLength(views.length);
      await client.query(
        `insert into ${pg.escapeIdentifier(`${schema}_source`)}.placement_grade values (default, '04', 'Grade 4', 4)`,
      );
      expect((await client.query(`select from ${of}.grades`)).rows).toHaveLength(1);
      expect((await client.query(`select from ${of}.students`)).rows).toEqual([]);
      expect(await relationsIn('public')).toBe(0);
    },
  );

  it('has 1 to 56 bytes', async () => {
    await expect(install('')).rejects.toThrow('cannot name the schema');
    await expect(install('x'.repeat(57))).rejects.toThrow('cannot name the schema');
    await expect(install('ä'.repeat(29))).rejects.toThrow('cannot name the schema');
    await install('x'.repeat(56));
  });

  it('may be there already, if it is empty', async () => {
    await client.query('create schema prepared; create schema prepared_source');
    await install('prepared');
    expect(await relationsIn('prepared')).toBe(views.length);
  });

  it.each([
    'create table taken.mine (kept int)',
    'create table taken_source.mine (kept int)',
    "create function taken.mine() returns int language sql as 'select 1'",
  ])('is left alone when it holds something: %s', async (something) => {
    await client.query(`create schema taken; create schema taken_source; ${something}`);
    const before = (await relationsIn('taken')) + (await relationsIn('taken_source'));
    await expect(install('taken')).rejects.toThrow(/^The schema "taken(_source)?" is not empty\. /);
    expect((await relationsIn('taken')) + (await relationsIn('taken_source'))).toBe(before);
    await client.query('drop schema taken cascade; drop schema taken_source cascade');
  });

  it('is not installed twice', async () => {
    await install('once');
    await expect(install('once')).rejects.toThrow('The schema "once" is not empty.');
    expect(await relationsIn('once')).toBe(views.length);
  });
});

it('leaves nothing behind when it fails, and the connection usable', async () => {
  const onProgress = (step: string) => {
    if (step === 'creating the views') throw new Error('the power is gone');
  };
  await expect(installReferenceDatabase(client, { schema: 'half', data: 'none', onProgress })).rejects.toThrow('power');
  const { rows } = await client.query("select from pg_namespace where nspname like 'half%'");
  expect(rows).toEqual([]);
});

it('describes every view and every column in the words of the catalogue', async () => {
  await install('described');
  const { rows } = await client.query<{ view: string; column: string | null; description: string }>(
    `select relname as view, attname as column, description
     from pg_description
     join pg_class on pg_class.oid = objoid and relnamespace = 'described'::regnamespace
     left join pg_attribute on attrelid = objoid and attnum = objsubid and attnum > 0
     where classoid = 'pg_class'::regclass`,
  );
  const found = new Map(
    rows.map(({ view, column, description }) => [column ? `${view}.${column}` : view, description]),
  );
  const expected = views.flatMap(({ name, description, columns }) => [
    [name, description] as const,
    ...Object.entries(columns).map(([column, { description }]) => [`${name}.${column}`, description] as const),
  ]);
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
});

it('lets a reader of the views read nothing else', async () => {
  await install('readable');
  // Roles are of the whole server, so this one is named after the one database that has it.
  const reader = pg.escapeIdentifier(new URL(database.url).pathname.slice(1));
  await client.query(
    `create role ${reader};
     grant usage on schema readable to ${reader};
     grant select on all tables in schema readable to ${reader};
     set role ${reader}`,
  );
  try {
    for (const { name } of views) expect((await client.query(`select * from readable.${name}`)).rows).toEqual([]);
    await expect(client.query('select from readable_source.one_roster_user')).rejects.toThrow('permission denied');
  } finally {
    await client.query(`reset role; drop owned by ${reader}; drop role ${reader}`);
  }
});
