import { EventEmitter, once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { openDatabase, type Database } from '../../src/door.ts';
import { cancel } from '../../src/door/cancel.ts';
import { Flight, PreparedStatements, type Statement } from '../../src/door/flight.ts';
import { Patience } from '../../src/patience.ts';
import type { Scope } from '../../src/scope.ts';
import { createDatabase } from '../support/database.ts';
import { startFaultProxy } from '../support/faultProxy.ts';
import { until } from '../support/processes.ts';

const anna: Scope = { kind: 'organizations', orgIds: ['aaaaaaaa-0000-4000-8000-000000000000'] };
const bert: Scope = { kind: 'organizations', orgIds: ['bbbbbbbb-0000-4000-8000-000000000000'] };
const setting = { name: 'app.allowed_org_ids', format: 'csv', unrestrictedValue: '*' } as const;
const whoAmI = statement(`select current_setting('app.allowed_org_ids', true)`);

function statement(text: string, values: Statement['values'] = []): Statement {
  return { view: 'test', text, values };
}

/** A number, so that two statements are never the same text: what is prepared once does not fail again. */
function failing(n: number): Statement {
  return statement(`select ${n} / 0`);
}

function open(options: Partial<Parameters<typeof openDatabase>[0]> = {}): Database {
  return openDatabase({
    url: inject('databaseUrl'),
    schema: 'public',
    poolSize: 1,
    poolWaitMs: 5_000,
    prepared: true,
    setting,
    ...options,
  });
}

function soon(ms = 5_000) {
  return { patience: new Patience(ms) };
}

describe.each([true, false])('a flight, with prepared statements: %s', (prepared) => {
  let database: Database;
  beforeAll(() => {
    database = open({ prepared });
  });
  afterAll(() => database.close());

  it('carries the scope, read-only and the zone to each of its statements', async () => {
    const reader = database.session(anna, soon());
    const rows = await Promise.all([
      reader.read(whoAmI),
      reader.read(statement(`select current_setting('transaction_read_only'), current_setting('TimeZone')`)),
    ]);
    expect(rows).toEqual([[[anna.orgIds[0]]], [['on', 'UTC']]]);
  });

  it('has numbers with all of their digits, and days and moments in one form, whatever the role prefers', async () => {
    const url = new URL(inject('databaseUrl'));
    url.searchParams.set('options', '-c extra_float_digits=0 -c DateStyle=German -c TimeZone=Asia/Kathmandu');
    const particular = open({ prepared, url: url.href });
    const written = statement(`select 0.1::float8 + 0.2::float8, date '2026-02-01', timestamptz '2026-02-01 12:00+00'`);
    try {
      expect(await particular.session(anna, soon()).read(written)).toEqual([
        ['0.30000000000000004', '2026-02-01', '2026-02-01 12:00:00+00'],
      ]);
    } finally {
      await particular.close();
    }
  });

  it.each(['"$user",public', 'others,pg_catalog'])(
    'calls no function of others, where the role looks in %s',
    async (path) => {
      const ours = await createDatabase();
      const client = new pg.Client({ connectionString: ours.url });
      await client.connect();
      await client.query('create schema others');
      for (const schema of ['public', 'others']) {
        // Each of them fits its arguments better than that of PostgreSQL, or as well.
        for (const [name, returns] of [
          ['num_nulls(variadic text[])', 'int'],
          ['upper(varchar)', 'text'],
          ['upper(text)', 'text'],
        ] as const) {
          await client.query(`create function ${schema}.${name} returns ${returns} language plpgsql as
          $$ begin perform pg_catalog.set_config('${setting.name}', '*', true); return 0; end $$`);
        }
      }
      await client.end();
      const url = new URL(ours.url);
      url.searchParams.set('options', `-c search_path=${path}`);
      const led = open({ prepared, url: url.href });
      try {
        const reader = led.session(anna, soon());
        const capital = statement(`select upper('a'::varchar), upper('b'::text)`);
        expect(await Promise.all([reader.read(capital), reader.read(whoAmI)])).toEqual([
          [['A', 'B']],
          [[anna.orgIds[0]]],
        ]);
      } finally {
        await led.close();
        await ours.drop();
      }
    },
  );

  it('leaves nothing of the scope on its connection', async () => {
    await database.session(anna, soon()).read(whoAmI);
    const empty: Scope = { kind: 'organizations', orgIds: [] };
    expect(await database.session(empty, soon()).read(whoAmI)).toEqual([['']]);
  });

  it('leaves none of its settings behind on a connection that goes back', async () => {
    const connect = vi.spyOn(pg.Pool.prototype, 'connect');
    const own = open({ prepared });
    await own.session(anna, soon()).read(whoAmI);
    const client = (await connect.mock.results[0]!.value) as pg.PoolClient;
    connect.mockRestore();
    const names = [setting.name, 'statement_timeout', 'transaction_read_only', 'search_path', 'plan_cache_mode'];
    const left = await client.query({
      text: 'select coalesce(current_setting(name, true), $2) from unnest($1::text[]) as name',
      values: [names, ''],
      rowMode: 'array',
    });
    expect(left.rows.flat()).toEqual(['', '0', 'off', '"$user", public', 'auto']);
    await own.close();
  });

  it('writes nothing', async () => {
    const reader = database.session(anna, soon());
    await expect(reader.read(statement('create table public.never (id int)'))).rejects.toThrow();
  });

  it.each([0, 1, 2, 3])('with an error at place %i fails there and answers the others', async (place) => {
    const ours = database.session(anna, soon());
    const theirs = database.session(bert, soon());
    const asked = [0, 1, 2, 3].map((n) => ours.read(n === place ? failing(place) : whoAmI));
    const [answers, other] = await Promise.all([Promise.allSettled(asked), theirs.read(whoAmI)]);
    expect(other).toEqual([[bert.orgIds[0]]]);
    expect(answers.map(({ status }) => status)).toEqual(
      [0, 1, 2, 3].map((n) => (n === place ? 'rejected' : 'fulfilled')),
    );
    for (const answer of answers) {
      if (answer.status === 'fulfilled') expect(answer.value).toEqual([[anna.orgIds[0]]]);
      else expect(answer.reason).toMatchObject({ extensions: { code: 'INTERNAL' } });
    }
  });

  it('gives two callers who take turns on one connection each her own, also through errors', async () => {
    const turns = Array.from({ length: 300 }, async (_, n) => {
      const [scope, own] = n % 2 ? [anna, anna.orgIds[0]] : [bert, bert.orgIds[0]];
      const reader = database.session(scope, soon(20_000));
      const [mine, broken, again] = await Promise.allSettled([
        reader.read(whoAmI),
        reader.read(n % 3 ? whoAmI : failing(n + 10)),
        reader.read(whoAmI),
      ]);
      expect(mine).toMatchObject({ value: [[own]] });
      expect(again).toMatchObject({ value: [[own]] });
      expect(broken.status).toBe(n % 3 ? 'fulfilled' : 'rejected');
    });
    await Promise.all(turns);
  });

  it('asks the same statement again after it has failed', async () => {
    const picky = (value: string) => statement('select 1 / $1::int', [value]);
    const reader = database.session(anna, soon());
    await expect(reader.read(picky('0'))).rejects.toThrow();
    expect(await reader.read(picky('1'))).toEqual([['1']]);
    expect(await reader.read(picky('1'))).toEqual([['1']]);
  });

  it('takes as one trip what is asked within one turn, and as another what is asked later', async () => {
    const flights: number[] = [];
    const reader = database.session(anna, { ...soon(), onFlight: ({ statements }) => flights.push(statements.length) });
    await Promise.all([reader.read(whoAmI), reader.read(whoAmI), Promise.resolve().then(() => reader.read(whoAmI))]);
    await reader.read(whoAmI);
    expect(flights).toEqual([3, 1]);
  });
});

describe('the door', () => {
  it('forgets no statement that is used in the flight in which it is pushed out', async () => {
    const database = open();
    const failed: boolean[] = [];
    const reader = database.session(anna, {
      ...soon(),
      onFlight: ({ statements }) => failed.push(...statements.map((one) => one.failed)),
    });
    const numbered = (n: number) => reader.read(statement(`select ${n}`.padEnd(1_000)));
    // With the scope they are nearly all the characters that a connection remembers.
    await Promise.all(Array.from({ length: 299 }, (_, n) => numbered(n)));
    await Promise.all([numbered(1_000), numbered(1_001), numbered(0)]);
    expect(await numbered(0)).toEqual([['0']]);
    expect(failed).toEqual(Array.from({ length: 299 + 3 + 1 }, () => false));
    await database.close();
  });

  it('prepares once what a new connection is asked twice in one flight', async () => {
    const database = open();
    const reader = database.session(anna, soon());
    const own = [[anna.orgIds[0]]];
    expect(await Promise.all([reader.read(whoAmI), reader.read(whoAmI)])).toEqual([own, own]);
    await database.close();
  });

  it('hands PostgreSQL the texts of a list as they are', async () => {
    const texts = ['a\nb', 'c"d', 'e\\f', '{g,h}', '\t', '\u0001', 'NULL', '', 'é\u2028𝟘'];
    const database = open();
    const asked = statement('select one from unnest($1::text[]) as one', [texts]);
    expect(await database.session(anna, soon()).read(asked)).toEqual(texts.map((text) => [text]));
    await database.close();
  });

  it('lands where the connection ends behind an error that would have left it alive', () => {
    const landed = vi.fn<(broken: Error | undefined) => void>();
    const flight = new Flight([{ name: '', text: 'select 1', values: [] }], new PreparedStatements(), landed);
    const connection = new EventEmitter();
    const error = new pg.DatabaseError('division by zero', 0, 'error');
    flight.handleError(error, connection as never);
    expect(landed).not.toHaveBeenCalled();
    connection.emit('end');
    connection.emit('readyForQuery');
    expect(landed.mock.calls).toEqual([[error]]);
  });

  it('closes a statement once', () => {
    const prepared = new PreparedStatements();
    prepared.doubt('t_1');
    expect([prepared.takeToClose(), prepared.takeToClose()]).toEqual([['t_1'], []]);
  });

  it('lets a connection prepare so many characters, and not so many statements', async () => {
    const database = open({ poolSize: 1 });
    const reader = database.session(anna, soon(20_000));
    for (let n = 0; n < 20; n++) await reader.read(statement(`select ${n}`.padEnd(50_000)));
    for (let n = 0; n < 400; n++) await reader.read(statement(`select ${n}, 'short'`));
    const kept = () => reader.read(statement('select count(*), sum(length(statement)) from pg_prepared_statements'));
    const [[count, characters]] = (await kept()) as [[string, string]];
    expect(Number(count)).toBeGreaterThan(400);
    expect(Number(characters)).toBeLessThanOrEqual(300_000);
    expect(Number(characters)).toBeGreaterThan(200_000);
    await database.close();
  });

  it('reads nothing when the scope cannot be set', async () => {
    const database = open({ setting: { ...setting, name: 'no setting!' } });
    const rows = database.session(anna, soon()).read(whoAmI);
    await expect(rows).rejects.toMatchObject({ extensions: { code: 'INTERNAL' } });
    await database.close();
  });

  it('survives the end of its connections, and asks again on new ones', async () => {
    const database = open({ poolSize: 2 });
    // Those of other tests are left alone.
    const [[own]] = (await database.session(anna, soon()).read(statement('select pg_backend_pid()'))) as [[string]];
    const admin = new pg.Client(inject('databaseUrl'));
    await admin.connect();
    await admin.query('select pg_terminate_backend($1)', [own]);
    expect(await database.session(anna, soon()).read(whoAmI)).toEqual([[anna.orgIds[0]]]);
    await admin.end();
    await database.close();
  });

  it.each(['deadline', 'departure'])(
    'stops a select at the %s of whoever waits, on the server too, and hurts nobody else',
    async (how) => {
      const database = open();
      const patience = new Patience(how === 'deadline' ? 150 : 10_000);
      const reader = database.session(anna, { patience });
      const asleep = reader.read(statement(`select pg_sleep(30), '${how}'`));
      if (how === 'departure') setImmediate(() => setImmediate(() => patience.end()));
      await expect(asleep).rejects.toMatchObject({ extensions: { code: 'TIMEOUT' } });
      expect(await database.session(bert, soon()).read(whoAmI)).toEqual([[bert.orgIds[0]]]);
      const watcher = database.session(bert, soon());
      await expect
        .poll(
          () =>
            watcher.read(
              statement(
                `select count(*) from pg_stat_activity where query like '%pg_sleep(30)%' and state = 'active' and pid <> pg_backend_pid()`,
              ),
            ),
          { timeout: 500, interval: 20 },
        )
        .toEqual([['0']]);
      await database.close();
    },
  );

  /** How many of these PostgreSQL is at work on. */
  async function atWork(text: string): Promise<number> {
    const database = open();
    const [[count]] = (await database.session(bert, soon()).read(
      statement(
        `select count(*) from pg_stat_activity
          where query like $1 and state = 'active' and pid <> pg_backend_pid()`,
        [`%${text}%`],
      ),
    )) as [[string]];
    await database.close();
    return Number(count);
  }

  it('stops a select also where PostgreSQL did not hear it at first', async () => {
    const database = open();
    const admin = new pg.Client(inject('databaseUrl'));
    await admin.connect();
    await admin.query(`create function public.deaf() returns void language plpgsql as $$
      begin
        perform pg_sleep(30);
      exception when query_canceled then
        perform pg_sleep(30);
      end $$`);
    const patience = new Patience(10_000);
    const asked = database.session(anna, { patience }).read(statement('select public.deaf()'));
    setTimeout(() => patience.end(), 50);
    await expect(asked).rejects.toMatchObject({ extensions: { code: 'TIMEOUT' } });
    await expect.poll(() => atWork('public.deaf()'), { timeout: 2_000 }).toBe(0);
    await admin.query('drop function public.deaf');
    await admin.end();
    await database.close();
  });

  it('asks no pooler to stop one', async () => {
    const database = open({ prepared: false });
    const patience = new Patience(10_000);
    const asked = database.session(anna, { patience }).read(statement(`select pg_sleep(1), 'pooled'`));
    setTimeout(() => patience.end(), 50);
    await expect(asked).rejects.toMatchObject({ extensions: { code: 'TIMEOUT' } });
    await pause(400);
    expect(await atWork(`'pooled'`)).toBe(1);
    await database.close();
  });

  it('tells no secret of a connection where TLS is wanted and not to be had', async () => {
    const heard: Buffer[] = [];
    const server = createServer((socket) => {
      socket.on('data', (piece) => {
        heard.push(piece);
        socket.write('N');
      });
      socket.on('error', () => undefined);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const closed = once(server, 'connection').then(([socket]) => once(socket, 'close'));
    cancel({ processID: 1, secretKey: 2, connectionParameters: { host: '127.0.0.1', port, ssl: true } } as never);
    await closed;
    // The length of the question whether there is TLS, and its code.
    expect(Buffer.concat(heard).toString('hex')).toBe('0000000804d2162f');
    server.close();
  });

  it('stops nobody else on the connection of a select that was given up', async () => {
    const database = open();
    const patience = new Patience(10_000);
    const asked = database.session(anna, { patience }).read(statement('select pg_sleep(30)'));
    setTimeout(() => patience.end(), 50);
    await expect(asked).rejects.toMatchObject({ extensions: { code: 'TIMEOUT' } });
    const other = statement(`select pg_sleep(0.5), 'answered'`);
    expect(await database.session(bert, soon()).read(other)).toEqual([['', 'answered']]);
    await database.close();
  });

  it('stops nobody for whom goes away when she has been answered', async () => {
    const database = open();
    const patience = new Patience(10_000);
    const reader = database.session(anna, { patience });
    // Behind one that fails, it is asked in a flight of its own.
    await Promise.allSettled([reader.read(failing(9)), reader.read(whoAmI)]);
    const other = database.session(bert, soon()).read(statement(`select pg_sleep(0.5), 'answered'`));
    await pause(100);
    patience.end();
    expect(await other).toEqual([['', 'answered']]);
    await database.close();
  });

  it('asks again what was prepared for a view that has changed, on whichever connection comes free', async () => {
    const database = open({ poolSize: 2 });
    const admin = new pg.Client(inject('databaseUrl'));
    await admin.connect();
    await admin.query('create view public.changing as select 1 as n');
    const read = (scope: Scope, text: string) => database.session(scope, soon()).read(statement(text));
    const changing = 'select n, pg_sleep(0.05) from public.changing';
    await Promise.all([read(anna, changing), read(bert, changing)]);
    await admin.query(`drop view public.changing; create view public.changing as select 'one'::text as n`);
    // One connection finds out, and is taken by whoever waits in line; the other has been busy, and has not heard of it.
    const busy = read(bert, 'select pg_sleep(0.2)');
    const found = read(anna, changing);
    const inLine = read(bert, 'select pg_sleep(0.4)');
    expect(await found).toEqual([['one', '']]);
    await Promise.all([busy, inLine]);
    await admin.query('drop view public.changing');
    await admin.end();
    await database.close();
  });

  it('asks again all of a flight that was prepared for a view that has changed', async () => {
    const database = open();
    const admin = new pg.Client(inject('databaseUrl'));
    await admin.connect();
    await admin.query('create view public.altering as select 1 as n');
    const readAll = () => {
      const reader = database.session(anna, soon());
      return Promise.all([1, 2, 3].map((one) => reader.read(statement(`select n, ${one} from public.altering`))));
    };
    await readAll();
    await admin.query(`drop view public.altering; create view public.altering as select 'one'::text as n`);
    expect(await readAll()).toEqual([[['one', '1']], [['one', '2']], [['one', '3']]]);
    await admin.query('drop view public.altering');
    await admin.end();
    await database.close();
  });

  it.each([
    ['a conflict of a replica with its primary', '40001', 'OVERLOADED'],
    ['a deadlock with it', '40P01', 'OVERLOADED'],
    ['a server that stops', '57P01', 'INTERNAL'],
    ['a server of which a process fell', '57P02', 'INTERNAL'],
    ['a server that starts', '57P03', 'INTERNAL'],
    ['the end of an idle connection', '57P05', 'INTERNAL'],
    ['a pooler that has lost its server', '08006', 'OVERLOADED'],
  ])('asks once more what has failed for %s, and all that came behind it', async (_, code, told) => {
    const database = open();
    const admin = new pg.Client(inject('databaseUrl'));
    await admin.connect();
    const failing = `failing_${code.toLowerCase()}`;
    // Nothing can be counted in a read-only transaction: whoever asks before that time is refused when it has come.
    await admin.query(`create function public.${failing}(until timestamptz) returns text language plpgsql as $$
      begin
        if clock_timestamp() < until then
          perform pg_sleep(least(0.1, extract(epoch from until - clock_timestamp())));
          raise exception 'no' using errcode = '${code}';
        end if;
        return 'answered';
      end $$`);
    const ask = async (until: Date | string) => {
      const reader = database.session(anna, soon());
      const asked = statement(`select public.${failing}($1::timestamptz)`, [new Date(until).toISOString()]);
      return Promise.allSettled([reader.read(asked), reader.read(whoAmI)]);
    };
    const behind = { status: 'fulfilled', value: [[anna.orgIds[0]]] };
    try {
      expect(await ask(new Date(Date.now() + 80))).toEqual([{ status: 'fulfilled', value: [['answered']] }, behind]);
      expect(await ask('9999-12-31')).toMatchObject([
        { status: 'rejected', reason: { extensions: { code: told } } },
        behind,
      ]);
    } finally {
      await admin.query(`drop function public.${failing}`);
      await admin.end();
      await database.close();
    }
  });

  it('stops what nobody waits for, also where a pooler forgets whoever has gone', async () => {
    const proxy = await startFaultProxy(inject('databaseUrl'));
    proxy.asPooler();
    const database = open({ url: proxy.urlOf(inject('databaseUrl')) });
    const watcher = new pg.Client({ connectionString: inject('databaseUrl') });
    await watcher.connect();
    const isRunning = async () => {
      const { rowCount } = await watcher.query(
        `select from pg_stat_activity where state = 'active' and query like '%given up%' and pid <> pg_backend_pid()`,
      );
      return rowCount === 1;
    };
    const patience = new Patience(20_000);
    try {
      const given = database.session(anna, { patience }).read(statement(`select pg_sleep(20) as "given up"`));
      await until(isRunning, 'it runs');
      patience.end();
      await expect(given).rejects.toThrow('took longer');
      await until(async () => !(await isRunning()), 'it does not');
      expect(await database.session(anna, soon()).read(whoAmI)).toEqual([[anna.orgIds[0]]]);
    } finally {
      await Promise.all([watcher.end(), database.close()]);
      await proxy.stop();
    }
  });

  it('answers the others of a flight in which one takes too long', async () => {
    const database = open();
    const reader = database.session(anna, soon(1_000));
    const [before, slow, behind] = await Promise.allSettled([
      reader.read(whoAmI),
      reader.read(statement('select pg_sleep(30)')),
      reader.read(whoAmI),
    ]);
    expect(slow).toMatchObject({ status: 'rejected', reason: { extensions: { code: 'TIMEOUT' } } });
    for (const other of [before, behind]) expect(other).toEqual({ status: 'fulfilled', value: [[anna.orgIds[0]]] });
    await database.close();
  });

  it.each([
    ['55P03', 'OVERLOADED'],
    ['53200', 'OVERLOADED'],
    ['08006', 'OVERLOADED'],
    ['25P04', 'TIMEOUT'],
    ['XX000', 'INTERNAL'],
  ])('tells what PostgreSQL calls %s as %s', async (code, told) => {
    const database = open();
    const admin = new pg.Client(inject('databaseUrl'));
    await admin.connect();
    const raising = `raising_${code.toLowerCase()}`;
    await admin.query(`create function public.${raising}() returns text language plpgsql as $$
      begin raise exception 'no' using errcode = '${code}'; end $$`);
    try {
      const asked = database.session(anna, soon()).read(statement(`select public.${raising}()`));
      await expect(asked).rejects.toMatchObject({ extensions: { code: told } });
    } finally {
      await admin.query(`drop function public.${raising}`);
      await admin.end();
      await database.close();
    }
  });

  it('says each time anew whether the database answers', async () => {
    const database = open();
    expect(await database.ping(1_000)).toBe(true);
    await database.close();
    expect(await database.ping(1_000)).toBe(false);
  });

  it('says OVERLOADED when no connection comes free in time', async () => {
    const database = open({ poolWaitMs: 50 });
    const slow = database.session(anna, soon()).read(statement('select pg_sleep(0.3)'));
    const late = new Promise((resolve) => setImmediate(resolve)).then(() =>
      database.session(bert, soon()).read(whoAmI),
    );
    await expect(late).rejects.toMatchObject({ extensions: { code: 'OVERLOADED' } });
    await slow;
    // Whoever asks the same later does not join those who were told so.
    expect(await database.session(bert, soon()).read(whoAmI)).toEqual([[bert.orgIds[0]]]);
    await database.close();
  });

  it.each([
    ['csv', anna, anna.orgIds[0]],
    ['array', anna, `{${anna.orgIds[0]}}`],
    ['array', { kind: 'organizations', orgIds: [] }, ''],
    ['csv', { kind: 'unrestricted' }, '*'],
  ] as const)('writes a scope as %s', async (format, scope, written) => {
    const database = open({ setting: { ...setting, format } });
    expect(await database.session(scope, soon()).read(whoAmI)).toEqual([[written]]);
    await database.close();
  });
});
