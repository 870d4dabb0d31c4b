import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { openDatabase, type Database } from '../../src/door.ts';
import type { FlightReport } from '../../src/door/reader.ts';
import { encode, type RawRows, type Statement, type Value } from '../../src/door/flight.ts';
import { Patience } from '../../src/patience.ts';
import type { Scope } from '../../src/scope.ts';

const anna: Scope = { kind: 'organizations', orgIds: ['aaaaaaaa-0000-4000-8000-000000000000'] };
const bert: Scope = { kind: 'organizations', orgIds: ['bbbbbbbb-0000-4000-8000-000000000000'] };
const both: Scope = { kind: 'organizations', orgIds: [...anna.orgIds, ...bert.orgIds] };
const nobody: Scope = { kind: 'organizations', orgIds: [] };
const everybody: Scope = { kind: 'unrestricted' };

let database: Database;
let watcher: pg.Client;
beforeAll(async () => {
  database = open('app.allowed_org_ids');
  watcher = new pg.Client(inject('databaseUrl'));
  await watcher.connect();
});
afterAll(async () => {
  await watcher.end();
  await database.close();
});

function open(setting: string, poolWaitMs = 5_000): Database {
  return openDatabase({
    url: inject('databaseUrl'),
    schema: 'public',
    // One: of several that lie idle, another test on the same server may end more than are tried again.
    poolSize: 1,
    poolWaitMs,
    prepared: true,
    setting: { name: setting, format: 'csv', unrestrictedValue: '*' },
  });
}

/** Who it was, in which transaction, and for which key. */
const who = `select current_setting('app.allowed_org_ids'), pg_backend_pid() || ' ' || now(), $1`;

function list(value: Value, text = who): Statement {
  return { view: 'test', text, values: [value] };
}

function lookUp(key: string, text = who, keyAt = 2): Statement {
  const ofEach = text.replaceAll('$1', 'each.key');
  const textOfMany = `select of_each.* from unnest($1::text[]) as each (key) cross join lateral (${ofEach}) of_each`;
  return { view: 'test', isKeyed: true, keys: 1, text, values: [key], lookUp: { key, textOfMany, keyAt } };
}

interface Asked {
  readonly scope?: Scope;
  readonly statements: readonly Statement[];
  readonly patience?: Patience;
  readonly onFlight?: (report: FlightReport) => void;
}

/** By a name of its own: other tests sleep on the same server. */
const asleep = 'select $1 from (select pg_sleep(0.2)) as departed';

/** As one request asks: all at once, of one reader. */
function reported(statement: Statement): FlightReport['statements'][number] {
  return { statement, rows: 1, rowsOf: [[statement.view, 1]], failed: false };
}

function ask({ scope = anna, statements, patience = new Patience(10_000), onFlight }: Asked) {
  const reader = database.session(scope, { patience, ...(onFlight && { onFlight }) });
  return Promise.all(statements.map((one) => reader.read(one))).finally(() => patience.settle());
}

/** In how many transactions these were answered. */
async function transactions(asked: readonly Asked[]): Promise<number> {
  return countOf(await Promise.all(asked.map(ask)));
}

function countOf(answers: readonly (readonly RawRows[])[]): number {
  return new Set(answers.flat(2).map(([, transaction]) => transaction)).size;
}

const each = (count: number, make: (n: number) => Asked) => Array.from({ length: count }, (_, n) => make(n));

it('asks once for all who look up the same thing in one scope, sixteen at a time', async () => {
  expect(await transactions(each(1, () => ({ statements: [lookUp('k')] })))).toBe(1);
  expect(await transactions(each(16, (n) => ({ statements: [lookUp(`k${n}`)] })))).toBe(1);
  expect(await transactions(each(40, (n) => ({ statements: [lookUp(`k${n}`)] })))).toBe(3);
});

it('gives each her own row', async () => {
  const answers = await Promise.all(each(10, (n) => ({ statements: [lookUp(`k${n}`)] })).map(ask));
  expect(answers.map(([rows]) => rows!.map(([, , key]) => key))).toEqual(each(10, (n) => [`k${n}`] as never));
});

it('gives nobody the row of a key that is written in another way', async () => {
  const asked = ['k', 'l'].map((key) => ({ statements: [lookUp(key, 'select upper($1)', 0)] }));
  expect(await Promise.all(asked.map(ask))).toEqual([[[]], [[]]]);
});

it('takes callers together whose organisations are the same, whoever they are', async () => {
  const twin: Scope = { kind: 'organizations', orgIds: both.orgIds.toReversed() };
  expect(await transactions([both, twin].map((scope) => ({ scope, statements: [lookUp('k')] })))).toBe(1);
});

it.each<[string, (n: number) => Statement]>([
  ['look-ups of different things', (n) => lookUp(String(n))],
  ['look-ups of one thing', () => lookUp('k')],
  ['one list', () => list('k')],
])('never takes two scopes together, whatever they ask in one turn: %s', async (_, statement) => {
  const scopes = [anna, bert, both, nobody, everybody];
  const settings = [anna.orgIds[0], bert.orgIds[0], both.orgIds.join(), '', '*'];
  const seen = new Map<string, Set<string>>();
  for (let round = 0; round < 40; round++) {
    const asked = each(25, (n) => ({
      scope: scopes[(n * 7 + round) % scopes.length]!,
      statements: [statement(n)],
    }));
    const answers = await Promise.all(asked.map(ask));
    for (const [n, [rows]] of answers.entries()) {
      const [setting, transaction, key] = rows![0]!;
      expect([setting, key]).toEqual([settings[(n * 7 + round) % scopes.length], statement(n).values[0]]);
      const inIt = seen.get(transaction!) ?? new Set();
      seen.set(transaction!, inIt.add(setting!));
    }
  }
  expect(seen.size).toBeLessThan(40 * 25);
  expect([...seen.values()].every((settingsInIt) => settingsInIt.size === 1)).toBe(true);
});

const ofKeys = { ...list('k'), keys: 2, isKeyed: true, values: [['k', 'l']] };

it.each<[string, readonly Statement[]]>([
  ['a list', [list('k')]],
  ['a list for nothing', [list(null)]],
  ['the list of one parent', [{ ...list('k'), keys: 1 }]],
  ['several keys', [ofKeys]],
  ['several things', [lookUp('k'), list('k'), ofKeys]],
  ['a look-up', [lookUp('k')]],
])('asks once what ten ask alike: %s', async (_, statements) => {
  const reports: FlightReport['statements'][] = [];
  const onFlight = (report: FlightReport) => void reports.push(report.statements);
  const answers = await Promise.all(each(10, () => ({ statements, onFlight })).map(ask));
  expect(countOf(answers)).toBe(1);
  expect(answers).toEqual(answers.map(() => answers[0]));
  expect(answers[0]!.map(([row]) => row![2])).toEqual(statements.map(({ values: [value] }) => encode(value!)));
  expect(reports).toEqual(answers.map(() => statements.map(reported)));
});

it.each<[string, readonly Statement[], readonly Statement[]]>([
  ['another value', [list('k')], [list('l')]],
  ['another text', [list('k')], [{ ...list('k'), text: `${who} where true` }]],
  ['a value more', [list('k')], [{ ...list('k'), text: `${who}, $2`, values: ['k', 'l'] }]],
  ['other keys', [ofKeys], [{ ...ofKeys, values: [['k', 'm']] }]],
  ['a key more', [ofKeys], [{ ...ofKeys, values: [['k', 'l', 'm']] }]],
  ['a key that is no list', [ofKeys], [{ ...ofKeys, values: ['{k,l}'] }]],
  ['nothing, where somebody else asks for a key', [list('k')], [list(null)]],
  ['less', [list('k'), lookUp('k')], [list('k')]],
  ['something else beside what is looked up', [lookUp('k')], [lookUp('k'), list('k')]],
  ['the same in another order', [list('k'), list('l')], [list('l'), list('k')]],
  ['two keys, each by itself', [lookUp('k'), lookUp('l')], [lookUp('k'), lookUp('m')]],
])('leaves alone who asks for %s', async (_, some, others) => {
  for (const asked of [
    [some, others, some],
    [others, some, others],
  ]) {
    const answers = await Promise.all(asked.map((statements) => ask({ statements })));
    expect(countOf(answers)).toBe(2);
    expect(answers[0]).toEqual(answers[2]);
    const values = asked.map((statements) => statements.map(({ values: [value = null] }) => encode(value)));
    expect(answers.map((rows) => rows.map(([row]) => row![2]))).toEqual(values);
  }
});

it('gives ten who look up three things three rows, in one transaction', async () => {
  const answers = await Promise.all(each(10, (n) => ({ statements: [lookUp(`k${n % 3}`)] })).map(ask));
  expect(countOf(answers)).toBe(1);
  expect(answers.map(([rows]) => rows!.map(([, , key]) => key))).toEqual(each(10, (n) => [`k${n % 3}`] as never));
});

it('leaves look-ups of different things alone, and those of another turn', async () => {
  const other = `select current_setting('app.allowed_org_ids'), pg_backend_pid() || ' ' || now() as other, $1`;
  expect(await transactions([who, other].map((text) => ({ statements: [lookUp('k', text)] })))).toBe(2);
  const asked = [other, who, who, who, who, who].map((text, n) => ({ statements: [lookUp(`k${n}`, text)] }));
  expect(await transactions(asked)).toBe(2);
  const first = ask({ statements: [lookUp('k')] });
  await pause(1);
  expect(countOf([await first, await ask({ statements: [lookUp('k')] })])).toBe(2);
});

it('asks by itself for whoever wants to see how it is asked', async () => {
  const seen = (key: string): Statement => ({ ...lookUp(key), askedBy: 'student' });
  expect(await transactions(['k', 'l'].map((key) => ({ statements: [seen(key)] })))).toBe(2);
  // Nor is she told of her own look-up where she has been asked for with another.
  expect(await transactions([lookUp('k'), seen('k'), lookUp('l')].map((one) => ({ statements: [one] })))).toBe(2);
});

it('gives much to one after the other, each when the one before her has made her answer of it', async () => {
  const happened: string[] = [];
  const much = list('200', `${who} from generate_series(1, $1::int)`);
  const asked = each(3, (n) => ({ statements: [much], onFlight: () => void happened.push(`given to ${n}`) }));
  await Promise.all(
    asked.map(async (one, n) => {
      await ask(one);
      await new Promise((resolve) => process.nextTick(resolve));
      happened.push(`made by ${n}`);
    }),
  );
  expect(happened).toEqual(asked.flatMap((_, n) => [`given to ${n}`, `made by ${n}`]));
});

it('keeps to herself what goes wrong when it is given to one of several', async () => {
  for (const rows of ['1', '200']) {
    const some = list(rows, `select $1 from generate_series(1, $1::int)`);
    const onFlight = () => {
      throw new Error('out of order');
    };
    const [one, other] = await Promise.allSettled([{ statements: [some], onFlight }, { statements: [some] }].map(ask));
    expect(one).toMatchObject({ reason: { extensions: { code: 'INTERNAL' } } });
    expect(other).toMatchObject({ value: [{ length: Number(rows) }] });
  }
});

it('tells each of her own statement only', async () => {
  const reports: FlightReport[][] = [];
  const asked = each(3, (n) => {
    const mine: FlightReport[] = [];
    reports.push(mine);
    return { statements: [lookUp(`k${n}`)], onFlight: (report) => void mine.push(report) };
  });
  expect(await transactions(asked)).toBe(1);
  expect(reports.map((mine) => mine.map(({ statements }) => statements))).toEqual(
    each(3, (n) => [[reported(lookUp(`k${n}`))]] as never),
  );
});

it.each([0, 1, 2, 3])('fails for the one at place %i whose look-up fails, and for nobody else', async (place) => {
  const text = `select 6 / $1::int, ${place}, $1`;
  const answers = await Promise.allSettled(
    each(4, (n) => ({ statements: [lookUp(n === place ? '0' : String(n + 1), text)] })).map(ask),
  );
  for (const [n, answer] of answers.entries()) {
    if (n === place) expect(answer).toMatchObject({ reason: { extensions: { code: 'INTERNAL' } } });
    else expect(answer).toMatchObject({ value: [[[String(Math.trunc(6 / (n + 1))), String(place), String(n + 1)]]] });
  }
});

it('asks for nobody by herself when their time was over together', async () => {
  const connection = async () => (await ask({ statements: [list('k', 'select pg_backend_pid(), $1')] }))[0]![0]![0];
  const before = await connection();
  const reports: FlightReport[] = [];
  const asked = each(4, (n) => ({
    statements: [lookUp(`k${n}`, asleep.replace('0.2', '30'), 0)],
    patience: new Patience(800),
    onFlight: (report) => void reports.push(report),
  }));
  for (const one of await Promise.allSettled(asked.map(ask)))
    expect(one).toMatchObject({ reason: { extensions: { code: 'TIMEOUT' } } });
  expect(reports.map(({ statements }) => statements.map(({ failed }) => failed))).toEqual(
    each(4, () => [true] as never),
  );
  expect(await connection()).toBe(before);
});

it('answers none of them when their scope cannot be set', async () => {
  const broken = open('no setting!');
  const patience = new Patience(10_000);
  const asked = [1, 2, 3].map(() => broken.session(anna, { patience }).read(lookUp('k')));
  for (const one of await Promise.allSettled(asked)) {
    expect(one).toMatchObject({ reason: { extensions: { code: 'INTERNAL' } } });
  }
  patience.settle();
  await broken.close();
});

const isOurs = `wait_event = 'PgSleep' and query like '%as departed%'`;

/** Who sleeps already, and so sees no row that comes from now on: PostgreSQL is at work on a statement before it looks at a table. */
async function sleepers(): Promise<number> {
  const { rows } = await watcher.query<{ count: string }>(`select count(*) from pg_stat_activity where ${isOurs}`);
  return Number(rows[0]!.count);
}

/** Has the only connection at work for a while. */
async function keepBusy(): Promise<{ readonly ended: Promise<unknown> }> {
  const ended = ask({ scope: everybody, statements: [lookUp('busy', asleep.replace('0.2', '1.5'), 0)] });
  await expect.poll(sleepers).toBe(1);
  return { ended };
}

it('lets join who comes while they wait for a connection', async () => {
  const busy = await keepBusy();
  const asked: Promise<readonly RawRows[]>[] = [];
  for (let turn = 0; turn < 5; turn++) {
    asked.push(ask({ statements: [list('k')] }), ask({ scope: bert, statements: [list('k')] }));
    asked.push(ask({ statements: [lookUp(`k${turn}`)] }));
    await pause(5);
  }
  expect(await sleepers()).toBe(1);
  const answers = await Promise.all(asked);
  await busy.ended;
  const [annas, berts, lookUps] = [0, 1, 2].map((at) => answers.filter((_, n) => n % 3 === at));
  expect([annas, berts, lookUps].map((some) => countOf(some!))).toEqual([1, 1, 1]);
  expect(countOf(answers)).toBe(3);
  expect(annas!.map(([rows]) => rows![0]![0])).toEqual(Array.from({ length: 5 }, () => anna.orgIds[0]));
  expect(berts!.map(([rows]) => rows![0]![0])).toEqual(Array.from({ length: 5 }, () => bert.orgIds[0]));
});

it('lets who joins wait for a connection as long as the first', async () => {
  const narrow = open('app.allowed_org_ids', 1_000);
  const busy = new Patience(10_000);
  const patience = new Patience(10_000);
  const read = (statement: Statement, as = patience) => narrow.session(anna, { patience: as }).read(statement);
  const kept = read(lookUp('busy', asleep.replace('0.2', '20'), 0), busy).catch(() => undefined);
  await expect.poll(sleepers).toBe(1);
  const first = Promise.allSettled([read(list('k')), read(lookUp('k'))]);
  await pause(500);
  const joined = Promise.all([list('k'), lookUp('k'), lookUp('l')].map((one) => read(one)));
  const refused = { status: 'rejected', reason: { extensions: { code: 'OVERLOADED' } } };
  expect(await first).toMatchObject([refused, refused]);
  busy.end();
  await kept;
  expect((await joined).map(([row]) => row![2])).toEqual(['k', 'k', 'l']);
  patience.settle();
  await narrow.close();
});

it('lets nobody join who comes when they are under way: what she sees is not older than her question', async () => {
  await watcher.query('create table if not exists departures (n int)');
  const counting = `select count(*), $1 from public.departures, (select pg_sleep(1)) as departed`;
  const count = () => ask({ statements: [list('k', counting)] });
  const first = count();
  await expect.poll(sleepers).toBe(1);
  await watcher.query('insert into departures values (1)');
  const [second, third] = [count(), count()];
  expect(await first).toEqual([[['0', 'k']]]);
  expect(await second).toEqual([[['1', 'k']]]);
  expect(await third).toEqual([[['1', 'k']]]);
  await watcher.query('drop table departures');
});

it('tells who waits no longer for a connection, at once, and answers the others', async () => {
  const busy = await keepBusy();
  const impatient = new Patience(30);
  const gone = ask({ statements: [list('k')], patience: impatient });
  const stayed = ask({ statements: [list('k')] });
  await expect(Promise.race([gone, stayed, busy.ended])).rejects.toMatchObject({ extensions: { code: 'TIMEOUT' } });
  expect(await sleepers()).toBe(1);
  expect((await stayed)[0]![0]![2]).toBe('k');
  await busy.ended;
});

it('fails for all who ask the same when it fails, and for nobody else', async () => {
  const asked = [list('0', 'select 6 / $1::int'), lookUp('k')];
  const both = await Promise.allSettled(
    [asked, asked].flatMap((statements) => {
      const reader = database.session(anna, { patience: new Patience(1_000) });
      return statements.map((one) => reader.read(one));
    }),
  );
  const failed = { reason: { extensions: { code: 'INTERNAL' } } };
  const found = { value: [[anna.orgIds[0], expect.any(String), 'k']] };
  expect(both).toMatchObject([failed, found, failed, found]);
});

it('lets go who waits no longer, at once, and answers the others', async () => {
  const impatient = new Patience(100);
  const stayed = ask({ statements: [lookUp('stayed', asleep, 0)] });
  const gone = ask({ statements: [lookUp('gone', asleep, 0)], patience: impatient });
  await expect(Promise.race([gone, stayed])).rejects.toMatchObject({ extensions: { code: 'TIMEOUT' } });
  expect(await stayed).toEqual([[['stayed']]]);
});

it('stops PostgreSQL when nobody waits any longer', async () => {
  const endless = asleep.replace('0.2', '30');
  const all = [new Patience(10_000), new Patience(10_000)];
  const asked = Promise.allSettled(all.map((patience) => ask({ statements: [lookUp('k', endless, 0)], patience })));
  await expect.poll(sleepers).toBe(1);
  all[0]!.end();
  await pause(100);
  expect(await sleepers()).toBe(1);
  all[1]!.end();
  expect(await asked).toMatchObject(
    all.map(() => ({ status: 'rejected', reason: { extensions: { code: 'TIMEOUT' } } })),
  );
  await expect.poll(sleepers).toBe(0);
});

it('takes nobody along who waits no longer when the turn is over', async () => {
  const over = new Patience(10_000);
  over.end();
  const [gone, stayed] = await Promise.allSettled([
    ask({ statements: [lookUp('gone')], patience: over }),
    ask({ statements: [lookUp('stayed')] }),
  ]);
  expect(gone).toMatchObject({ reason: { extensions: { code: 'TIMEOUT' } } });
  expect(stayed).toMatchObject({ value: [[[anna.orgIds[0], expect.any(String), 'stayed']]] });
});

it('asks again for all of them when the server ends their connection', async () => {
  const ending = each(4, (n) => ({ statements: [lookUp(`k${n}`, asleep, 0)] }));
  const asked = Promise.all(ending.map(ask));
  await expect.poll(sleepers).toBe(1);
  await watcher.query(`select pg_terminate_backend(pid) from pg_stat_activity where ${isOurs}`);
  expect(await asked).toEqual(each(4, (n) => [[[`k${n}`]]] as never));
});
