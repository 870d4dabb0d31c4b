import { connect, createServer, type AddressInfo } from 'node:net';
import { GraphQLFloat, GraphQLInt, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createAdmission } from '../../src/http/admission.ts';
import type { Context } from '../../src/context.ts';
import { Patience } from '../../src/patience.ts';
import { collect } from '../support/collect.ts';
import { sign, startProgram } from './support.ts';

/** A graph of one field, whose statement takes as long as it is told. */
const schema = new GraphQLSchema({
  query: new GraphQLObjectType<unknown, Context>({
    name: 'Query',
    fields: {
      fine: { type: GraphQLString, resolve: () => 'fine' },
      sleep: {
        type: GraphQLInt,
        args: { ms: { type: new GraphQLNonNull(GraphQLFloat) } },
        resolve: async (_, { ms }: { ms: number }, { reader }) => {
          const text = 'select 1 from (select pg_sleep($1::float8)) as slept';
          return (await reader.read({ view: 'sleep', text, values: [String(ms / 1_000)] })).length;
        },
      },
      hang: { type: GraphQLInt, resolve: () => new Promise(() => undefined) },
    },
  }),
});

/** A little longer each time: those who ask alike would share a statement. */
let asked = 0;
const sleep = (ms: number) => ({ query: `{ sleep(ms: ${ms + ++asked / 1_000}) }` });
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function until(what: string, is: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await is())) {
    if (Date.now() > deadline) throw new Error(`It never came to this: ${what}.`);
    await pause(5);
  }
}

let watcher: pg.Client;
beforeAll(async () => {
  watcher = new pg.Client({ connectionString: inject('databaseUrl') });
  await watcher.connect();
});
afterAll(() => watcher.end());

/** Statements of these tests that PostgreSQL is at work on. */
async function sleeping(): Promise<number> {
  const { rows } = await watcher.query<{ count: string }>(
    `select count(*) from pg_stat_activity
     where state = 'active' and query like '%pg_sleep($1::float8)%' and pid <> pg_backend_pid()`,
  );
  return Number(rows[0]!.count);
}

describe('admission', () => {
  const limits = { concurrency: 4, perCaller: 2, queue: 4, queueMs: 50 };
  const never = new Patience(60_000);
  afterAll(() => never.settle());

  it('lets as many run as may, and as many of one caller as may', async () => {
    const admission = createAdmission(limits);
    await admission.enter('a', never);
    await admission.enter('a', never);
    // Nor is there a place for her when she has waited for nothing.
    expect(await admission.enter('a', never)).toBeUndefined();
    expect(await admission.enter('a', never)).toBeUndefined();
    await admission.enter('b', never);
    await admission.enter('c', never);
    expect(admission.stats()).toEqual({ running: 4, waiting: 0 });
    expect(await admission.enter('d', never)).toBeUndefined();
    expect(admission.stats()).toEqual({ running: 4, waiting: 0 });
  });

  it('hands a free place to whoever has the fewest', async () => {
    const admission = createAdmission({ ...limits, concurrency: 2, queueMs: 5_000 });
    const first = await admission.enter('noisy', never);
    await admission.enter('noisy', never);
    const order: string[] = [];
    const wait = async (caller: string) => {
      const leave = await admission.enter(caller, never);
      order.push(caller);
      return leave;
    };
    const noisy = wait('noisy');
    const quiet = wait('quiet');
    first!();
    (await quiet)!();
    await noisy;
    expect(order).toEqual(['quiet', 'noisy']);
  });

  it('counts what is running, not who has waited longest', async () => {
    const admission = createAdmission({ ...limits, concurrency: 3, perCaller: 3, queueMs: 5_000 });
    await admission.enter('noisy', never);
    await admission.enter('noisy', never);
    const other = await admission.enter('other', never);
    const order: string[] = [];
    const wait = async (caller: string) => {
      const leave = await admission.enter(caller, never);
      order.push(caller);
      return leave;
    };
    const [noisy, quiet] = [wait('noisy'), wait('quiet')];
    other!();
    (await quiet)!();
    await noisy;
    expect(order).toEqual(['quiet', 'noisy']);
  });

  it('keeps half of the line free of one caller', async () => {
    const admission = createAdmission({ ...limits, concurrency: 1, queueMs: 200 });
    const leave = await admission.enter('noisy', never);
    const waiting = [admission.enter('noisy', never), admission.enter('noisy', never)];
    const begun = performance.now();
    expect(await admission.enter('noisy', never)).toBeUndefined();
    expect(performance.now() - begun).toBeLessThan(50);
    const quiet = admission.enter('quiet', never);
    expect(admission.stats()).toEqual({ running: 1, waiting: 3 });
    leave!();
    expect(await quiet).toBeDefined();
    expect(await Promise.all(waiting)).toEqual([undefined, undefined]);
  });

  it('forgets who has gone away while waiting', async () => {
    const admission = createAdmission({ ...limits, concurrency: 1, queueMs: 5_000 });
    const leave = await admission.enter('a', never);
    const patience = new Patience(5_000);
    const waiting = admission.enter('b', patience);
    patience.end();
    expect(admission.stats()).toEqual({ running: 1, waiting: 0 });
    expect(await waiting).toBeUndefined();
    // There is nobody left to be put into the line.
    const late = admission.enter('b', patience);
    expect(admission.stats()).toEqual({ running: 1, waiting: 0 });
    expect(await late).toBeUndefined();
    leave!();
    leave!();
    expect(admission.stats()).toEqual({ running: 0, waiting: 0 });
  });

  it('gives nobody a free place beyond her own number', async () => {
    const admission = createAdmission({ ...limits, queueMs: 5_000 });
    const [first] = [await admission.enter('a', never), await admission.enter('a', never)];
    const other = await admission.enter('b', never);
    const waiting = admission.enter('a', never);
    other!();
    expect(admission.stats()).toEqual({ running: 2, waiting: 1 });
    first!();
    expect(await waiting).toBeDefined();
    expect(admission.stats()).toEqual({ running: 2, waiting: 0 });
  });

  it('loses nobody who waits while others of hers have left', async () => {
    const admission = createAdmission({ ...limits, concurrency: 1, queueMs: 1_000 });
    const first = await admission.enter('a', never);
    const waiting = [admission.enter('b', never), admission.enter('a', never)] as const;
    first!();
    (await waiting[0])!();
    expect(await waiting[1]).toBeDefined();
  });

  it('counts nobody twice whose time in the line is over, or who goes away, when she has a place', async () => {
    const admission = createAdmission({ ...limits, concurrency: 1 });
    const first = await admission.enter('a', never);
    const patience = new Patience(5_000);
    const waiting = admission.enter('b', patience);
    first!();
    expect(await waiting).toBeDefined();
    patience.end();
    await pause(2 * limits.queueMs);
    expect(admission.stats()).toEqual({ running: 1, waiting: 0 });
  });

  it.each([1, 4])('lets %i wait and no more, whoever they are', async (queue) => {
    const admission = createAdmission({ ...limits, concurrency: 1, queue, queueMs: 5_000 });
    const leave = await admission.enter('a', never);
    const patience = new Patience(5_000);
    const waiting = Array.from({ length: queue + 1 }, (_, n) => admission.enter(`b${n}`, patience));
    expect(admission.stats()).toEqual({ running: 1, waiting: queue });
    expect(await waiting.at(-1)).toBeUndefined();
    patience.end();
    leave!();
  });

  it('remembers nobody who has left, or has waited for nothing', async () => {
    const admission = createAdmission({ ...limits, concurrency: 1, queueMs: 5_000 });
    const comeAndGo = async (count: number) => {
      for (let n = 0; n < count; n++) {
        const leave = await admission.enter(`${n} `.padEnd(1_000, 'a'), never);
        const patience = new Patience(5_000);
        const waiting = admission.enter(`${n} `.padEnd(1_000, 'b'), patience);
        patience.end();
        await waiting;
        leave!();
      }
      collect();
      return process.memoryUsage().heapUsed;
    };
    const before = await comeAndGo(100);
    expect((await comeAndGo(5_000)) - before).toBeLessThan(3_000_000);
  });
});

describe('more requests than can run', () => {
  it('are told so at once, while health and other callers go on', async () => {
    const program = await startProgram({
      schema,
      environment: { LIMIT_CONCURRENCY: '8', LIMIT_CALLER_CONCURRENCY: '4', LIMIT_QUEUE: '4', LIMIT_QUEUE_MS: '200' },
    });
    const [noisy, quiet] = [await sign({ sub: 'noisy' }), await sign({ sub: 'quiet' })];
    const crowd = Array.from({ length: 30 }, () => program.ask(sleep(1_500), { token: noisy }));
    await until('four statements run', async () => (await sleeping()) === 4);
    expect((await program.ask({ query: '{ fine }' }, { token: quiet })).status).toBe(200);
    const begun = performance.now();
    expect((await fetch(`${program.url}/healthz`)).status).toBe(200);
    expect(performance.now() - begun).toBeLessThan(300);

    const answers = await Promise.all(crowd);
    const shed = answers.filter(({ status }) => status === 503);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(answers.length - shed.length);
    // Four run, two may wait, but not that long.
    expect(shed).toHaveLength(26);
    for (const answer of shed) {
      expect(answer.headers.get('retry-after')).toBe('1');
      expect(await answer.json()).toEqual({
        errors: [{ message: 'The server is busy. Try again in a moment.', extensions: { code: 'OVERLOADED' } }],
      });
    }
    // Who had to wait too long had nothing to do with the database.
    expect(program.log.join('')).not.toContain('could not be read');
    await program.stop();
  });

  it('take no more memory in line than their bodies are long', async () => {
    const program = await startProgram({
      schema,
      environment: {
        LIMIT_CONCURRENCY: '1',
        LIMIT_QUEUE: '40',
        LIMIT_QUEUE_MS: '60000',
        LIMIT_REQUEST_MS: '60000',
        SHUTDOWN_GRACE_MS: '0',
      },
    });
    const heap = () => (collect(), process.memoryUsage().heapUsed);
    const comesTo = (gauge: string) =>
      until(gauge, async () => (await (await fetch(`${program.url}/metrics`)).text()).includes(gauge));
    const first = program.ask({ query: '{ hang }' });
    // Another one would run to its end, and not wait.
    await comesTo('timeback_admission_running 1');
    // Read as JSON, each of these comes to twenty times as much.
    const body = `{"query":"{ fine }","nothing":[${'{},'.repeat(80_000)}{}]}`;
    const before = heap();
    const others = Array.from({ length: 20 }, () => program.ask(body));
    await comesTo('timeback_admission_waiting 20');
    expect((heap() - before) / 20).toBeLessThan(1_000_000);
    await program.stop();
    for (const { status } of await Promise.all([first, ...others])) expect(status).toBe(503);
  });

  it('wait for no connection longer than they should', async () => {
    const program = await startProgram({
      schema,
      environment: { DATABASE_POOL_SIZE: '1', DATABASE_POOL_WAIT_MS: '100' },
    });
    const first = program.ask(sleep(1_000));
    await until('a statement runs', async () => (await sleeping()) === 1);
    const begun = performance.now();
    const second = await program.ask(sleep(1));
    expect([second.status, second.headers.get('retry-after')]).toEqual([503, '1']);
    expect(performance.now() - begun).toBeLessThan(800);
    expect((await first).status).toBe(200);
    await program.stop();
  });
});

describe('the same question', () => {
  it('of sixteen people from two schools, who wait for a connection, is asked twice', async () => {
    const environment = { LIMIT_CONCURRENCY: '20', DATABASE_POOL_SIZE: '4', DATABASE_POOL_WAIT_MS: '10000' };
    const program = await startProgram({ schema, environment });
    const schools = ['10000000-0000-4000-8000-000000000001', '10000000-0000-4000-8000-000000000002'];
    const tokens = await Promise.all(
      Array.from({ length: 16 }, (_, n) => sign({ sub: `guide ${n}`, org_ids: [schools[n % 2]!] })),
    );
    const busy = [1, 2, 3, 4].map(() => program.ask(sleep(3_000)));
    await until('no connection is left', async () => (await sleeping()) === 4);
    const question = sleep(1_000);
    const answers = tokens.map((token) => program.ask(question, { token }));
    await until('all of them are let in', async () =>
      (await (await fetch(`${program.url}/metrics`)).text()).includes('timeback_admission_running 20'),
    );
    await Promise.all(busy);
    const answered = Promise.all(answers);
    const done = answered.then(() => 'done');
    const seen: number[] = [];
    while ((await Promise.race([done, pause(20)])) !== 'done') seen.push(await sleeping());
    expect(Math.max(...seen)).toBe(2);
    for (const answer of await answered) expect(await answer.json()).toEqual({ data: { sleep: 1 } });
    await program.stop();
  });
});

describe('the deadline', () => {
  it('ends the statement, and the connection lives on', async () => {
    const program = await startProgram({ schema, environment: { LIMIT_REQUEST_MS: '300' } });
    const begun = performance.now();
    const answer = await program.ask(sleep(20_000));
    expect(performance.now() - begun).toBeLessThan(2_000);
    expect(await answer.json()).toMatchObject({ data: { sleep: null }, errors: [{ extensions: { code: 'TIMEOUT' } }] });
    await until('nothing runs', async () => (await sleeping()) === 0);
    expect(await (await program.ask(sleep(1))).json()).toEqual({ data: { sleep: 1 } });
    await program.stop();
  });

  it('answers even for what never ends', async () => {
    const program = await startProgram({ schema, environment: { LIMIT_REQUEST_MS: '200', SHUTDOWN_GRACE_MS: '100' } });
    const answer = await program.ask({ query: '{ hang }' });
    expect([answer.status, await answer.json()]).toMatchObject([
      504,
      { errors: [{ extensions: { code: 'TIMEOUT' } }] },
    ]);
    await program.stop();
  });
});

describe('a client that goes away', () => {
  it('leaves no statement behind, a hundred times', async () => {
    const program = await startProgram({ schema });
    const token = await sign();
    const took: number[] = [];
    for (let round = 0; round < 10; round++) {
      const controllers = Array.from({ length: 10 }, () => new AbortController());
      const answers = controllers.map(({ signal }) =>
        fetch(`${program.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
          body: JSON.stringify(sleep(20_000)),
          signal,
        }),
      );
      await until('a statement runs', async () => (await sleeping()) > 0);
      const left = performance.now();
      for (const controller of controllers) controller.abort();
      const settled = await Promise.allSettled(answers);
      expect(settled.every(({ status }) => status === 'rejected')).toBe(true);
      await until('nothing runs', async () => (await sleeping()) === 0);
      took.push(performance.now() - left);
    }
    // Not each of them: a machine that is busy with something else holds up a round.
    expect(took.toSorted((a, b) => a - b)[2]).toBeLessThan(500);
    expect(await (await program.ask(sleep(1), { token })).json()).toEqual({ data: { sleep: 1 } });
    await until(
      'every line is written',
      () => program.log.filter((line) => line.includes('"status":499')).length === 100,
    );
    await program.stop();
  });

  it('takes all that it has asked for on its connection with it', async () => {
    const program = await startProgram({ schema });
    const token = await sign();
    const requests = [1, 2, 3].map(() => {
      const body = JSON.stringify(sleep(20_000));
      const head = [
        'POST /graphql HTTP/1.1',
        'host: x',
        'content-type: application/json',
        `authorization: Bearer ${token}`,
        `content-length: ${body.length}`,
      ];
      return [...head, '', body].join('\r\n');
    });
    const socket = connect(Number(new URL(program.url).port), '127.0.0.1');
    // One behind the other: only the first of them has the connection to answer on.
    socket.write(requests.join(''));
    await until('all of them run', async () => (await sleeping()) === 3);
    socket.destroy();
    await until('nothing runs', async () => (await sleeping()) === 0);
    const gone = () => program.log.filter((line) => line.includes('"status":499'));
    await until('every line is written', () => gone().length === 3);
    // And once, whatever is answered to nobody afterwards.
    await pause(600);
    expect(gone()).toHaveLength(3);
    expect(await (await fetch(`${program.url}/metrics`)).text()).toContain('code="GONE",status="499"} 3');
    await program.stop();
  });
});

describe('a client that goes away before it has said what it wants', () => {
  it('is a line in the log and no error, and takes nobody’s place', async () => {
    const program = await startProgram({ schema });
    const socket = connect(Number(new URL(program.url).port), '127.0.0.1');
    const head = [
      'POST /graphql HTTP/1.1',
      'host: x',
      'content-type: application/json',
      `authorization: Bearer ${await sign()}`,
      'content-length: 1000',
    ];
    socket.write([...head, '', '{"query":'].join('\r\n'));
    await pause(50);
    socket.destroy();
    await until('the line is written', () => program.log.some((line) => line.includes('"status":499')));
    expect(program.log.filter((line) => line.includes('"level":"error"'))).toEqual([]);
    expect(await (await fetch(`${program.url}/metrics`)).text()).toContain('timeback_admission_running 0');
    await program.stop();
  });
});

describe('bodies that do not come to an end', () => {
  it('are given up, the oldest first, when what has come in of all of them is too much', async () => {
    const program = await startProgram({ schema });
    const head = [
      'POST /graphql HTTP/1.1',
      'host: x',
      'content-type: application/json',
      `authorization: Bearer ${await sign()}`,
      'content-length: 250000',
    ];
    const body = '{"query":"{ fine }"}'.padEnd(250_000);
    const said: string[] = [];
    const clients = Array.from({ length: 300 }, (_, index) => {
      const socket = connect(Number(new URL(program.url).port), '127.0.0.1');
      socket.on('error', () => undefined);
      socket.on('data', (piece) => (said[index] = `${said[index] ?? ''}${String(piece)}`));
      return socket;
    });
    for (const client of clients) {
      client.write([...head, '', body.slice(0, 240_000)].join('\r\n'));
      // One after the other, so that it is known which is the oldest.
      await pause(1);
    }
    await until('some are given up', () => said.filter(Boolean).length >= 15);
    expect((await program.ask({ query: '{ fine }' })).status).toBe(200);
    for (const client of [clients[0]!, clients[299]!]) client.write(body.slice(240_000));
    await until('the last is answered', () => said[299] !== undefined);
    expect([said[0], said[299]]).toEqual([
      expect.stringMatching(/^HTTP\/1\.1 503 [^]*retry-after: 1[^]*OVERLOADED/),
      expect.stringMatching(/^HTTP\/1\.1 200 [^]*fine/),
    ]);
    // There is room for 279 of them.
    expect(said.filter((text) => text?.includes('OVERLOADED')).length).toBeLessThan(30);
    for (const client of clients) client.destroy();
    await program.stop();
  });
});

describe('the end of the program', () => {
  it('answers all that has come in, and takes nothing new', async () => {
    const environment = {
      LIMIT_CONCURRENCY: '64',
      LIMIT_CALLER_CONCURRENCY: '64',
      DATABASE_POOL_SIZE: '10',
      DATABASE_POOL_WAIT_MS: '20000',
    };
    const program = await startProgram({ schema, environment });
    const token = await sign();
    const running = Array.from({ length: 30 }, () => program.ask(sleep(1_000), { token }));
    await until('all of them run', async () =>
      (await (await fetch(`${program.url}/metrics`)).text()).includes('timeback_admission_running 30'),
    );
    const stopped = program.stop();
    await until('nobody is let in', () =>
      fetch(`${program.url}/healthz`).then(
        () => false,
        () => true,
      ),
    );
    const answers = await Promise.all(running);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    await stopped;
  });

  it('does not wait longer than the grace, and tells those who were waiting', async () => {
    const program = await startProgram({ schema, environment: { SHUTDOWN_GRACE_MS: '200' } });
    const running = program.ask(sleep(30_000));
    await until('a statement runs', async () => (await sleeping()) === 1);
    const begun = performance.now();
    await program.stop();
    expect(performance.now() - begun).toBeLessThan(1_200);
    const { status, headers } = await running;
    expect([status, headers.get('retry-after'), headers.get('connection')]).toEqual([503, '1', 'close']);
    expect(await (await running).json()).toMatchObject({ errors: [{ extensions: { code: 'OVERLOADED' } }] });
    await until('nothing runs', async () => (await sleeping()) === 0);
    const lines = program.log.map((line) => JSON.parse(line) as { msg: string });
    expect(lines.filter(({ msg }) => msg === 'grace exceeded')).toMatchObject([{ level: 'warn', requests: 1 }]);
    expect(lines.filter(({ msg }) => msg === 'request')).toMatchObject([{ status: 503, codes: ['OVERLOADED'] }]);
  });

  it('does not wait for connections that have asked for nothing', async () => {
    const program = await startProgram({ schema });
    const running = program.ask(sleep(1_000));
    const { port } = new URL(program.url);
    const [silent, slow] = [connect(Number(port), '127.0.0.1'), connect(Number(port), '127.0.0.1')];
    slow.write('GET /healthz HTTP/1.1\r\n');
    await until('a statement runs', async () => (await sleeping()) === 1);
    const begun = performance.now();
    const ends = [silent, slow].map((socket) => new Promise((resolve) => socket.on('close', resolve)));
    await program.stop();
    expect(performance.now() - begun).toBeLessThan(3_000);
    expect((await running).status).toBe(200);
    await Promise.all(ends);
  });

  it('is no longer ready while it comes', async () => {
    const program = await startProgram({ schema, databaseUrl: inject('demoUrl') });
    await until('it is ready', async () => (await fetch(`${program.url}/readyz`)).status === 200);
    const stopped = program.stop();
    const answer = await fetch(`${program.url}/readyz`);
    expect([answer.status, await answer.text(), answer.headers.get('connection')]).toEqual([
      503,
      'draining\n',
      'close',
    ]);
    await stopped;
  });
});

describe('a database that is not there', () => {
  it('leaves the program alive, not ready, and its answers without secrets', async () => {
    const program = await startProgram({ schema, databaseUrl: 'postgres://reader:s3cret@127.0.0.1:1/nowhere' });
    expect((await fetch(`${program.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${program.url}/readyz`)).status).toBe(503);
    const answer = await program.ask(sleep(1));
    const text = await answer.text();
    expect(answer.status).toBe(503);
    expect(text + program.log.join('')).not.toMatch(/s3cret|127\.0\.0\.1:1\b|nowhere/);
    await program.stop();
  });

  it('and has no TLS is said to have none', async () => {
    // What PostgreSQL answers where it was built or set up without.
    const server = createServer((socket) => void socket.once('data', () => socket.end('N')));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const databaseUrl = `postgres://reader:s3cret@127.0.0.1:${port}/nowhere?sslmode=verify-full`;
    const program = await startProgram({ schema, databaseUrl });
    const told = () => program.log.find((line) => line.includes('database not reachable'));
    await until('the log has it', () => told() !== undefined);
    expect(JSON.parse(told()!)).toMatchObject({
      level: 'warn',
      fault: { name: 'Error', reason: 'server without TLS' },
    });
    expect(told()).not.toContain('SSL');
    await program.stop();
    server.close();
  });
});
