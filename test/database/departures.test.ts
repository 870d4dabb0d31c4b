import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { openDatabase, type Database, type FlightReport } from '../../src/database.ts';
import type { RawRows, Statement } from '../../src/flight.ts';
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

function open(setting: string): Database {
  return openDatabase({
    url: inject('databaseUrl'),
    schema: 'public',
    // One: of several that lie idle, another test on the same server may end more than are tried again.
    poolSize: 1,
    poolWaitMs: 5_000,
    prepared: true,
    setting: { name: setting, format: 'csv', unrestrictedValue: '*' },
  });
}

/** Who it was, in which transaction, and for which key. */
const who = `select current_setting('app.allowed_org_ids'), pg_backend_pid() || ' ' || now(), $1`;

function lookUp(key: string, text = who): Statement {
  return { view: 'test', isKeyed: true, keys: 1, text, values: [key] };
}

interface Asked {
  readonly scope?: Scope;
  readonly statements: readonly Statement[];
  readonly patience?: Patience;
  readonly onFlight?: (report: FlightReport) => void;
}

/** As one request asks: all at once, of one reader. */
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

it('takes look-ups of one scope together, four at a time', async () => {
  expect(await transactions(each(1, () => ({ statements: [lookUp('k')] })))).toBe(1);
  expect(await transactions(each(4, (n) => ({ statements: [lookUp(`k${n}`)] })))).toBe(1);
  expect(await transactions(each(10, (n) => ({ statements: [lookUp(`k${n}`)] })))).toBe(3);
});

it('gives each her own row', async () => {
  const answers = await Promise.all(each(10, (n) => ({ statements: [lookUp(`k${n}`)] })).map(ask));
  expect(answers.map(([rows]) => rows!.map(([, , key]) => key))).toEqual(each(10, (n) => [`k${n}`] as never));
});

it('takes callers together whose organisations are the same, whoever they are', async () => {
  const twin: Scope = { kind: 'organizations', orgIds: both.orgIds.toReversed() };
  expect(await transactions([both, twin].map((scope) => ({ scope, statements: [lookUp('k')] })))).toBe(1);
});

it('never takes two scopes together, whatever they ask in one turn', async () => {
  const scopes = [anna, bert, both, nobody, everybody];
  const settings = [anna.orgIds[0], bert.orgIds[0], both.orgIds.join(), '', '*'];
  const seen = new Map<string, Set<string>>();
  for (let round = 0; round < 40; round++) {
    const asked = each(25, (n) => ({
      scope: scopes[(n * 7 + round) % scopes.length]!,
      statements: [lookUp(`${round} ${n}`)],
    }));
    const answers = await Promise.all(asked.map(ask));
    for (const [n, [rows]] of answers.entries()) {
      const [setting, transaction, key] = rows![0]!;
      expect([setting, key]).toEqual([settings[(n * 7 + round) % scopes.length], `${round} ${n}`]);
      const inIt = seen.get(transaction!) ?? new Set();
      seen.set(transaction!, inIt.add(setting!));
    }
  }
  expect(seen.size).toBeLessThan(40 * 25);
  expect([...seen.values()].every((settingsInIt) => settingsInIt.size === 1)).toBe(true);
});

it.each<[string, readonly Statement[]]>([
  ['a list', [{ view: 'test', text: who, values: ['k'] }]],
  ['the list of one parent', [{ view: 'test', keys: 1, text: who, values: ['k'] }]],
  ['several keys', [{ ...lookUp('k'), keys: 2 }]],
  ['several look-ups', [lookUp('k'), lookUp('l')]],
])('leaves %s alone', async (_, statements) => {
  expect(await transactions(each(3, () => ({ statements })))).toBe(3);
});

it('leaves look-ups of different things alone, and those of another turn', async () => {
  const other = `select current_setting('app.allowed_org_ids'), pg_backend_pid() || ' ' || now() as other, $1`;
  expect(await transactions([who, other].map((text) => ({ statements: [lookUp('k', text)] })))).toBe(2);
  const asked = [other, who, who, who, who, who].map((text, n) => ({ statements: [lookUp(`k${n}`, text)] }));
  expect(await transactions(asked)).toBe(3);
  const first = ask({ statements: [lookUp('k')] });
  await pause(1);
  expect(countOf([await first, await ask({ statements: [lookUp('k')] })])).toBe(2);
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
    each(3, (n) => [[{ statement: lookUp(`k${n}`), rows: 1, failed: false }]] as never),
  );
});

it.each([0, 1, 2, 3])('fails for the one at place %i whose look-up fails, and for nobody else', async (place) => {
  const text = `select 6 / $1::int, ${place}`;
  const answers = await Promise.allSettled(
    each(4, (n) => ({ statements: [lookUp(n === place ? '0' : String(n + 1), text)] })).map(ask),
  );
  for (const [n, answer] of answers.entries()) {
    if (n === place) expect(answer).toMatchObject({ reason: { extensions: { code: 'INTERNAL' } } });
    else expect(answer).toMatchObject({ value: [[[String(Math.trunc(6 / (n + 1))), String(place)]]] });
  }
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

/** By a name of its own: other tests sleep on the same server. */
const asleep = 'select $1 from (select pg_sleep(0.2)) as departed';
const isOurs = `state = 'active' and query like '%as departed' and pid <> pg_backend_pid()`;

/** Sleepers that PostgreSQL is at work on. */
async function sleepers(): Promise<number> {
  const { rows } = await watcher.query<{ count: string }>(`select count(*) from pg_stat_activity where ${isOurs}`);
  return Number(rows[0]!.count);
}

it('lets go who waits no longer, at once, and answers the others', async () => {
  const impatient = new Patience(100);
  const stayed = ask({ statements: [lookUp('stayed', asleep)] });
  const gone = ask({ statements: [lookUp('gone', asleep)], patience: impatient });
  await expect(Promise.race([gone, stayed])).rejects.toMatchObject({ extensions: { code: 'TIMEOUT' } });
  expect(await stayed).toEqual([[['stayed']]]);
});

it('stops PostgreSQL when nobody waits any longer', async () => {
  const endless = asleep.replace('0.2', '30');
  const all = [new Patience(10_000), new Patience(10_000)];
  const asked = Promise.allSettled(all.map((patience) => ask({ statements: [lookUp('k', endless)], patience })));
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
  const ending = each(4, (n) => ({ statements: [lookUp(`k${n}`, asleep)] }));
  const asked = Promise.all(ending.map(ask));
  await expect.poll(sleepers).toBe(1);
  await watcher.query(`select pg_terminate_backend(pid) from pg_stat_activity where ${isOurs}`);
  expect(await asked).toEqual(each(4, (n) => [[[`k${n}`]]] as never));
});
