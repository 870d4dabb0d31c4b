import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Column, Kind } from '../../schema/view.ts';
import { views } from '../../schema/views/index.ts';
import { checkDatabase } from '../../src/check.ts';
import type { Finding } from '../../src/check/finding.ts';
import { startEmbedded, type Embedded } from '../../src/database/embedded.ts';
import { fits, fittingTypes } from '../../src/database/types.ts';
import { openDatabase } from '../../src/door.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { startFaultProxy } from '../support/faultProxy.ts';
import { until } from '../support/processes.ts';

/** A database that is as the catalogue says, made of the catalogue: a table in place of each view, to be bent by each test. */
const types: Record<Kind, string> = {
  id: 'uuid',
  ids: 'uuid[]',
  text: 'text',
  prose: 'text',
  int: 'integer',
  float: 'numeric',
  boolean: 'boolean',
  date: 'date',
  dateTime: 'timestamptz',
  enum: 'text',
};
const columns = (of: Readonly<Record<string, Column>>) =>
  Object.entries(of).map(([name, { kind }]) => `${pg.escapeIdentifier(name)} ${types[kind]}`);

let database: Database;
let client: pg.Client;
beforeAll(async () => {
  database = await createDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query('create extension citext');
});
afterAll(async () => {
  await client.end();
  await database.drop();
});
beforeEach(async () => {
  const tables = views.map(({ name, columns: of }) => `create table live.${name} (${columns(of).join(', ')});`);
  await client.query(`drop schema if exists live cascade; create schema live; ${tables.join('\n')}`);
});

const options = { schema: 'live', setting: { name: 'app.allowed_org_ids', unrestrictedValue: '*' } };
const check = () => checkDatabase({ url: database.url, ...options });
const short = (findings: readonly Finding[]) =>
  findings.map(({ severity, kind, view, column }) => [
    severity,
    kind,
    column === undefined ? view : `${view}.${column}`,
  ]);

describe('a database that is as the catalogue says', () => {
  it('has nothing to report', async () => {
    expect(await check()).toEqual([]);
  });

  it('may use any type that can be served', async () => {
    for (const { name, columns: of } of views) {
      for (const [column, { kind }] of Object.entries(of)) {
        const other = fittingTypes(kind).findLast((type) => type !== 'enum')!;
        const to = other.startsWith('_') ? `${other.slice(1)}[]` : other;
        await client.query(`alter table live.${name} alter ${pg.escapeIdentifier(column)} type ${to} using null`);
      }
    }
    expect(await check()).toEqual([]);
  });

  it('may keep words in enums and domains', async () => {
    const [view, column] = views.flatMap(({ name, columns: of }) =>
      Object.keys(of).flatMap((column) => (of[column]!.kind === 'enum' ? [[name, column] as const] : [])),
    )[0]!;
    await client.query(`create type live.word as enum ('active'); create domain live.name as text`);
    await client.query(`create domain live.own_word as live.word; create domain live.own_name as live.name`);
    for (const [word, name] of [
      ['word', 'name'],
      ['own_word', 'own_name'],
    ]) {
      await client.query(`alter table live.${view} alter ${column} type live.${word} using null`);
      await client.query(`alter table live.students alter name type live.${name}`);
      expect(await check()).toEqual([]);
    }
  });

  it('may have functions of others, wherever the role looks', async () => {
    await client.query(`drop schema if exists others cascade; create schema others;
      create function others.set_config(text, text, bool) returns text language sql as 'select $1 || 1 / (length($1) - length($1))';
      create function others.quote_ident(text) returns text language sql as 'select $1 || 1 / (length($1) - length($1))'`);
    const url = new URL(database.url);
    url.searchParams.set('options', '-c search_path=others,pg_catalog');
    expect(await checkDatabase({ url: url.href, ...options })).toEqual([]);
  });

  it('may have columns that nobody asks for', async () => {
    await client.query('alter table live.students add secret text');
    expect(await check()).toEqual([]);
  });
});

describe('what differs', () => {
  const bent: [what: string, sql: string, expected: unknown[]][] = [
    ['a view that is missing', 'drop table live.sessions', [['error', 'view missing', 'sessions']]],
    ['a column that is missing', 'alter table live.sessions drop date', [['error', 'column missing', 'sessions.date']]],
    [
      'a scope column that is lost',
      'alter table live.sessions drop org_ids',
      [['error', 'scope column lost', 'sessions.org_ids']],
    ],
    [
      'a column of another type',
      'alter table live.sessions alter start_time type text, alter id type bigint using null',
      [
        ['error', 'column retyped', 'sessions.id'],
        ['error', 'column retyped', 'sessions.start_time'],
      ],
    ],
    [
      'a list that is a single value',
      'alter table live.sessions alter org_ids type uuid using null',
      [['error', 'column retyped', 'sessions.org_ids']],
    ],
    [
      'a view that shows rows to everybody',
      'insert into live.sessions (id, webcam_enabled, is_proctored) values (gen_random_uuid(), true, true)',
      [['error', 'scope not applied', 'sessions']],
    ],
    [
      'a key that is not unique',
      'insert into live.subjects (id, title) values (md5($$a$$)::uuid, $$a$$), (md5($$a$$)::uuid, $$b$$)',
      [['error', 'grain not unique', 'subjects']],
    ],
    [
      'nulls where none are promised',
      'insert into live.subjects (id, title) values (gen_random_uuid(), $$a$$), (gen_random_uuid(), null)',
      [['warning', 'column has nulls', 'subjects.title']],
    ],
    [
      'nulls beside a column that is missing',
      'alter table live.subjects drop id; insert into live.subjects (title) values (null)',
      [
        ['error', 'column missing', 'subjects.id'],
        ['warning', 'column has nulls', 'subjects.title'],
      ],
    ],
  ];
  it.each(bent)('%s', async (_, sql, expected) => {
    await client.query(sql);
    const findings = await check();
    expect(short(findings)).toEqual(expected);
    for (const { message } of findings) expect(message).toMatch(/^[A-Z(].+\.$/);
  });

  it.each([
    ['schools', 'student_count', 'numeric', `'NaN'`],
    ['schools', 'student_count', 'float8', '1.5'],
    ['schools', 'student_count', 'int8', '3000000000'],
    ['resource_relations', 'item_order', 'int8', '-3000000000'],
    ['students_xp', 'total_value', 'float4', `'-Infinity'`],
    ['students_xp', 'total_value', 'numeric', `'NaN'`],
    ['waste_insights', 'ended_at_time', 'timestamp', `'infinity'`],
    ['recommendations', 'generated_at', 'timestamptz', `'10000-01-01'`],
    ['student_journals', 'date', 'date', `'0044-03-15 BC'`],
  ])('what no answer can hold in %s.%s, as %s %s', async (view, column, type, value) => {
    const broken = async () => short((await check()).filter(({ kind }) => kind === 'column out of range'));
    await client.query(`alter table live.${view} alter "${column}" type ${type}`);
    const usual = type.startsWith('time') || type === 'date' ? `'2026-06-17'` : '7';
    await client.query(`insert into live.${view} ("${column}") values (${usual}), (null)`);
    expect(await broken()).toEqual([]);
    await client.query(`insert into live.${view} ("${column}") values (${value})`);
    expect(await broken()).toEqual([['warning', 'column out of range', `${view}.${column}`]]);
  });

  it('a column under another name: the names that are there are told', async () => {
    await client.query('alter table live.students rename name to full_name');
    expect(await check()).toEqual([
      {
        kind: 'column missing',
        severity: 'error',
        view: 'students',
        column: 'name',
        message: 'There is no such column. Columns that the catalogue does not know: full_name.',
      },
    ]);
  });

  it('a key whose source may repeat it is only warned of', async () => {
    const repeating = views.find(({ mayRepeat, grain }) => mayRepeat && grain.length > 0)!;
    const names = repeating.grain.map(pg.escapeIdentifier).join(', ');
    const values = repeating.grain.map((column) => {
      const { kind } = repeating.columns[column]!;
      return kind === 'id' ? `md5('a')::uuid` : kind === 'text' || kind === 'enum' ? `'a'` : 'null';
    });
    await client.query(`insert into live.${repeating.name} (${names}) values (${values.join()}), (${values.join()})`);
    expect(short(await check())).toContainEqual(['warning', 'grain not unique', repeating.name]);
  });

  describe('what the role may not read', () => {
    const denied = (view: string, ...grants: string[]) => ({
      kind: 'view not readable',
      severity: 'error',
      view,
      message: `Permission is denied. What helps: ${grants.map((grant) => `grant ${grant} to check_reader`).join('; ')}.`,
    });
    const everything =
      'grant usage on schema live to check_reader; grant select on all tables in schema live to check_reader';
    const asReader = () => {
      const url = new URL(database.url);
      url.searchParams.set('options', '-c role=check_reader');
      return checkDatabase({ url: url.href, ...options });
    };
    beforeEach(() => client.query('drop role if exists check_reader; create role check_reader'));
    afterEach(() => client.query('drop owned by check_reader; drop role check_reader'));

    it('is nothing, with both grants', async () => {
      await client.query(everything);
      expect(await asReader()).toEqual([]);
    });

    it('is told with the grant that helps', async () => {
      const all = views.map(({ name }) => name);
      expect(await asReader()).toEqual(
        all.map((view) => denied(view, 'usage on schema live', `select on live.${view}`)),
      );
      await client.query('grant usage on schema live to check_reader');
      expect(await asReader()).toEqual(all.map((view) => denied(view, `select on live.${view}`)));
      await client.query(everything);
      await client.query('revoke select on live.guides from check_reader');
      expect(await asReader()).toEqual([denied('guides', 'select on live.guides')]);
      // Enough for `select 1`, and not for the graph.
      await client.query('grant select (id) on live.guides to check_reader');
      expect(await asReader()).toEqual([denied('guides', 'select on live.guides')]);
    });

    it('may lie below the view', async () => {
      await client.query('alter table live.grades rename to kept; create view live.grades as select * from live.kept');
      await client.query(everything);
      await client.query(
        'alter view live.grades set (security_invoker = true); revoke select on live.kept from check_reader',
      );
      expect(await asReader()).toEqual([
        {
          kind: 'view not readable',
          severity: 'error',
          view: 'grades',
          message: 'A select on it fails (42501): permission is denied to something that the view reads.',
        },
      ]);
    });
  });

  it('a view that fails for another reason, by the code of it', async () => {
    await client.query('alter table live.grades rename to kept');
    await client.query(
      `create view live.grades as select kept.* from live.kept, (values (0)) as v (n) where 1 / n = 1`,
    );
    expect((await check()).map(({ message }) => message)).toEqual(['A select on it fails (22012).']);
  });

  it('a view whose function finds its table only where the role looks', async () => {
    await client.query('alter table live.grades rename to kept; insert into live.kept default values');
    await client.query(`create function live.allowed() returns bool language plpgsql as
      $$ begin return (select count(*) from kept) > 0; end $$`);
    await client.query(`create view live.grades as select * from live.kept where live.allowed()`);
    const url = new URL(database.url);
    url.searchParams.set('options', '-c search_path=live');
    const messages = (await checkDatabase({ url: url.href, ...options })).map(({ message }) => message);
    expect(messages).toEqual([
      'A select on it fails (42P01): it may look by bare names for what is not in pg_catalog.',
    ]);
    await client.query('alter function live.allowed() set search_path = live');
    expect((await checkDatabase({ url: url.href, ...options })).filter(({ severity }) => severity === 'error')).toEqual(
      [],
    );
  });

  it('a schema beside citext in which everybody may create functions', async () => {
    await client.query('alter table live.grades alter label type citext');
    expect(await check()).toEqual([]);
    await client.query('grant create on schema public to public');
    try {
      expect((await check()).map(({ severity, kind, message }) => [severity, kind, message])).toEqual([
        [
          'warning',
          'schema open',
          'Everybody may create functions beside citext, and the graph might call them. What helps: revoke create on schema public from public.',
        ],
      ]);
    } finally {
      await client.query('revoke create on schema public from public');
    }
  });

  it('a view that fails only when it is read to its end', async () => {
    await client.query('alter table live.grades rename to kept; insert into live.kept default values');
    await client.query(
      `create view live.grades as select kept.* from live.kept, (values (1), (0)) as v (n) where 1 / n = 1`,
    );
    expect(await check()).toEqual([
      { kind: 'view not readable', severity: 'error', view: 'grades', message: 'A select on it fails (22012).' },
    ]);
  });

  it('every one of the views, when there is none', async () => {
    await client.query('create schema empty');
    const findings = await checkDatabase({ url: database.url, ...options, schema: 'empty' });
    expect(findings.map(({ kind, view }) => [kind, view])).toEqual(views.map(({ name }) => ['view missing', name]));
  });

  it('the schema alone, when that is not there', async () => {
    expect(await checkDatabase({ url: database.url, ...options, schema: 'nowhere' })).toEqual([
      { kind: 'schema missing', severity: 'error', message: 'There is no such schema in this database.' },
    ]);
  });

  it('a database that does not answer', async () => {
    const url = 'postgres://reader:s3cret@127.0.0.1:1/nowhere';
    const findings = await checkDatabase({ url, ...options });
    expect(findings).toEqual([
      { kind: 'unreachable', severity: 'error', message: 'The database cannot be reached or read (ECONNREFUSED).' },
    ]);
  });
});

describe('a server that lets nobody in', () => {
  let server: Embedded;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), `timeback-test-${process.pid}-`));
    server = await startEmbedded({ folder, isDurable: false, withoutSockets: true });
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });

  const tell = async (change: (url: URL) => void) => {
    const url = new URL(server.url);
    change(url);
    const [{ kind, message } = { kind: '', message: '' }] = await checkDatabase({ url: url.href, ...options });
    expect(kind).toBe('unreachable');
    return message;
  };
  const tls = 'The server does not support SSL connections';

  it('says why', async () => {
    expect(await tell((url) => (url.password = ''))).toBe(
      'The database cannot be reached or read (SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string).',
    );
    expect(await tell((url) => url.searchParams.set('sslmode', 'verify-full'))).toBe(
      `The database cannot be reached or read (${tls}).`,
    );
    expect(await tell((url) => (url.password = 'wrong'))).toBe('The database cannot be reached or read (28P01).');
  });

  it('is left at once by whoever has no password', async () => {
    const proxy = await startFaultProxy(server.url);
    const url = new URL(proxy.urlOf(server.url));
    url.password = '';
    const setting = { ...options.setting, format: 'csv' } as const;
    const pools = { poolSize: 2, poolWaitMs: 5_000, prepared: true };
    const database = openDatabase({ ...options, ...pools, setting, url: url.href });
    try {
      expect(await checkDatabase({ url: url.href, ...options })).toMatchObject([{ kind: 'unreachable' }]);
      await expect(database.learn()).rejects.toThrow('busy');
      await until(() => proxy.connections() === 0, 'nobody is connected');
    } finally {
      await database.close();
      await proxy.stop();
    }
  });

  it('says nothing that holds the password', async () => {
    // Both are in the words of the client, by chance.
    for (const password of ['SSL', '%53%53%4C']) {
      const message = await tell((url) => {
        url.password = password;
        url.searchParams.set('sslmode', 'verify-full');
      });
      expect(message).toBe('The database cannot be reached or read.');
    }
  });
});

describe('the types of a foreign database', () => {
  it('can be served as long as a cast of the operand is enough', () => {
    const table: [Kind, string, boolean][] = [
      ['id', 'uuid', true],
      ['id', 'text', true],
      ['id', 'citext', true],
      ['id', 'int8', false],
      ['ids', '_uuid', true],
      ['ids', '_text', true],
      ['ids', 'text', false],
      ['ids', 'jsonb', false],
      ['int', 'int8', true],
      ['int', 'numeric', true],
      ['int', 'text', false],
      ['float', 'float8', true],
      ['float', 'int2', true],
      ['float', 'money', false],
      ['dateTime', 'timestamp', true],
      ['dateTime', 'timestamptz', true],
      ['dateTime', 'date', false],
      ['date', 'date', true],
      ['date', 'timestamptz', false],
      ['text', 'varchar', true],
      ['text', 'enum', true],
      ['text', 'bpchar', false],
      ['enum', 'enum', true],
      ['boolean', 'bool', true],
      ['boolean', 'int4', false],
    ];
    for (const [kind, type, can] of table) expect([kind, type, fits(kind, type)]).toEqual([kind, type, can]);
  });
});
