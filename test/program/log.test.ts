import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { root } from '../../src/root.ts';
import { createLog, faultOf, scopeHash } from '../../src/log.ts';
import { until } from '../support/processes.ts';
import { loader } from './served.ts';
import { orgA, orgB, sign, startProgram, type Program } from './support.ts';

let program: Program;
beforeAll(async () => {
  program = await startProgram({
    databaseUrl: inject('demoUrl'),
    environment: { AUTH_UNRESTRICTED_CLAIM: 'internal', LOG_LEVEL: 'trace', INTROSPECTION: 'on' },
  });
});
afterAll(() => program.stop());

const lines = () =>
  program.log.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ msg }) => msg === 'request');

describe('the line of a request', () => {
  it('says who asked for what, how much was read and how it ended', async () => {
    program.log.length = 0;
    const token = await sign({ sub: 'analyst-7', internal: true });
    const query =
      'query Roster($name: String) { students(first: 3, where: { name: { ne: $name } }) { nodes { name email } } }';
    const answer = await program.ask(
      { query, variables: { name: 'Grace Hopper' } },
      { token, headers: { 'x-request-id': 'request-1' } },
    );
    expect(answer.status).toBe(200);
    expect(lines()).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        msg: 'request',
        requestId: 'request-1',
        method: 'POST',
        status: 200,
        ms: expect.any(Number),
        subject: 'analyst-7',
        scope: 'unrestricted',
        operation: 'Roster',
        operationType: 'query',
        document: expect.stringMatching(/^[0-9a-f]{64}$/),
        // Three, and one more to know whether there is a next page.
        rows: { students: 3 },
      },
    ]);
  });

  it('is written once, whatever happens to the request', async () => {
    const bodies = [
      '{',
      '{"query":"{"}',
      '{"query":"{ x }"}',
      '{"query":"{ students { totalCount } }"}',
      '[]',
      'x'.repeat(300_000),
    ];
    for (const body of bodies) {
      program.log.length = 0;
      await (await program.ask(body)).text();
      expect(lines()).toHaveLength(1);
    }
    program.log.length = 0;
    await program.ask({ query: '{ __typename }' }, { token: 'nobody' });
    expect(lines()).toMatchObject([{ status: 401, codes: ['UNAUTHENTICATED'] }]);
    expect(lines()[0]).not.toHaveProperty('subject');
  });

  it('holds no token, variable, value of the document or answer', async () => {
    program.log.length = 0;
    const token = await sign({ internal: true, email: 'claims@example.com' });
    const secret = 'Rosalind Franklin';
    await program.ask({ query: `{ students(where: { name: { eq: "${secret}" } }) { nodes { name } } }` }, { token });
    await program.ask(
      {
        query: 'query ($n: String) { students(where: { name: { eq: $n } }) { nodes { id } } }',
        variables: { n: secret },
      },
      { token },
    );
    await program.ask(
      { query: 'query ($n: Int) { students(first: $n) { nodes { id } } }', variables: { n: secret } },
      { token },
    );
    await program.ask({ query: `{ students(after: "${secret}") { nodes { id } } }` }, { token });
    await program.ask(
      { query: `{ "${secret}" }`, operationName: secret, extensions: { a: secret } },
      { token, headers: { cookie: secret, 'x-name': secret } },
    );
    const { data } = (await (
      await program.ask({ query: '{ students(first: 50) { nodes { name email } } }' }, { token })
    ).json()) as {
      data: { students: { nodes: { name: string; email: string | null }[] } };
    };
    const names = data.students.nodes.flatMap(({ name, email }) => [name, email]).filter((text) => text !== null);
    expect(names.length).toBeGreaterThan(50);
    const written = program.log.join('');
    for (const text of [secret, 'Rosalind', 'claims@example.com', orgA, ...token.split('.').slice(1), ...names]) {
      expect(written).not.toContain(text);
    }
  });
});

describe('the log', () => {
  it('drops what is not on its list', () => {
    const written: string[] = [];
    const log = createLog('info', { write: (line) => written.push(line) });
    log.info('event', { requestId: 'r', name: 'Ada', token: 't', variables: { a: 1 } } as never);
    expect(JSON.parse(written[0]!)).toEqual({ level: 'info', time: expect.any(String), msg: 'event', requestId: 'r' });
  });

  it('describes an error without its message', () => {
    const error = Object.assign(new TypeError('Ada\nLovelace\n at home'), { code: '22P02', detail: 'Ada' });
    const fault = faultOf(error);
    expect(fault).toMatchObject({ name: 'TypeError', code: '22P02' });
    expect(fault.at!.length).toBeGreaterThan(0);
    expect(JSON.stringify(fault)).not.toMatch(/Ada|Lovelace/);
    expect(faultOf('Ada')).toEqual({ name: 'string' });
    expect(faultOf(new Error('Connection terminated unexpectedly'))).toMatchObject({ reason: 'connection ended' });
    expect(faultOf(new Error('Connection terminated unexpectedly: Ada'))).not.toHaveProperty('reason');
    const inLines = faultOf(new Error('invalid input: "Ada\n    at Lovelace\n    at home"'));
    expect(inLines.at!.length).toBeGreaterThan(0);
    expect(JSON.stringify(inLines)).not.toMatch(/Ada|Lovelace|home/);
  });

  it('tells scopes apart without naming organisations', () => {
    const scope = (...orgIds: string[]) => scopeHash({ kind: 'organizations', orgIds });
    expect(scope(orgA, orgB)).toBe(scope(orgB, orgA));
    expect(
      new Set([scope(orgA), scope(orgB), scope(orgA, orgB), scope(), scopeHash({ kind: 'unrestricted' })]).size,
    ).toBe(5);
    expect(scope(orgA)).toMatch(/^[0-9a-f]{16}$/);
  });
});

describe('standard output that nobody reads', () => {
  /** A process that writes so many lines of a kilobyte, says how many megabytes it takes, and has nothing else to do. */
  const writer = (lines: number, end = '') =>
    spawn(process.execPath, [
      '--import',
      loader,
      '--input-type=module',
      '--eval',
      `import { setImmediate as turn } from 'node:timers/promises';
      import { createLog } from '${join(root, 'src', 'log.ts')}';
      // As with the address that the program prints: from then on, writing to a pipe does not wait for its reader.
      process.stdout.write('begun\\n');
      const log = createLog('info');
      for (let line = 0; line < ${lines}; line++) {
        log.info('event', { requestId: line + 'x'.repeat(1_000) });
        if (line % 100 === 0) await turn();
      }
      process.stderr.write(String(Math.round(process.memoryUsage.rss() / 1_048_576)));
      ${end}`,
    ]);

  it.each([
    ['when there is nothing left to do', '', 0],
    ['when it is not to wait', 'process.exit(1)', 1],
  ])('fills no memory, and the process ends %s', async (_, end, code) => {
    const [idle, child] = [writer(1), writer(150_000, end)];
    idle.stdout.resume();
    const said = await Promise.all([idle, child].map(({ stderr }) => once(stderr, 'data')));
    const [least, most] = said.map((megabytes) => Number(String(megabytes))) as [number, number];
    expect(most - least).toBeLessThan(100);
    const begun = performance.now();
    expect(await once(child, 'exit')).toEqual([code, null]);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  it('and is then read again has all lines, if they were not too many', async () => {
    const child = writer(5_000, 'process.stdin.resume();');
    await once(child.stderr, 'data');
    let read = '';
    child.stdout.setEncoding('utf8').on('data', (piece: string) => (read += piece));
    await until(() => read.split('\n').length > 5_001, 'all lines have been read');
    child.stdin.end();
    const lines = read.trimEnd().split('\n').slice(1);
    expect(lines.map((line) => Number.parseInt((JSON.parse(line) as { requestId: string }).requestId, 10))).toEqual(
      Array.from({ length: 5_000 }, (__, line) => line),
    );
  });
});

describe('the metrics', () => {
  const read = async () => (await fetch(`${program.url}/metrics`)).text();

  it('count requests, statements and rows', async () => {
    const token = await sign({ internal: true });
    await program.ask({ query: 'query Counted { students(first: 2) { nodes { id } } }' }, { token });
    await program.ask({ query: 'query Counted { students(first: 2) { nodes { id } } }' }, { token });
    await program.ask({ query: 'query TooMuch { students(first: 1001) { nodes { id } } }' }, { token });
    const metrics = await read();
    expect(metrics).toMatch(/timeback_requests_total\{operation="Counted",code="OK",status="200"\} 2/);
    expect(metrics).toMatch(/timeback_requests_total\{operation="TooMuch",code="BAD_USER_INPUT",status="400"\} 1/);
    expect(metrics).toMatch(/timeback_limits_total\{limit="page",result="refused"\} 1/);
    for (const name of [
      'timeback_rows_total{view="students"}',
      'timeback_statements_total{view="students",result="ok"}',
      'timeback_pool_total',
      'timeback_pool_idle',
      'timeback_admission_running 0',
      'timeback_nodejs_eventloop_lag_seconds',
      'timeback_nodejs_heap_size_used_bytes',
      'timeback_flight_seconds_count',
    ]) {
      expect(metrics).toContain(name);
    }
  });

  it('stay few, however many names clients invent', async () => {
    const token = await sign();
    for (let at = 0; at < 300; at++) await program.ask({ query: `query Ada${at} { __typename }` }, { token });
    await program.ask({ query: `query ${'A'.repeat(200)} { __typename }` }, { token });
    const metrics = await read();
    expect(metrics.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length).toBeLessThan(2_000);
    expect(metrics).toContain('operation="other"');
    expect(metrics).not.toMatch(/Ada299|AAAA/);
    expect(metrics).not.toContain(orgA);
  });
});

describe('limits that are only measured', () => {
  it('refuse nothing, and say so', async () => {
    const measuring = await startProgram({
      environment: { LIMITS_MODE: 'measure', LIMIT_DEPTH: '1', LIMIT_TOKENS: '5', LIMIT_NODES: '1' },
    });
    const answer = await measuring.ask({ query: '{ caller { scope { state } } }' });
    expect(await answer.json()).toEqual({ data: { caller: { scope: { state: 'ORGANIZATIONS' } } } });
    await measuring.ask({ query: '{caller{subject}}' });
    const told = measuring.log
      .filter((line) => line.includes('limit exceeded'))
      .map((line) => JSON.parse(line) as object);
    expect(told).toMatchObject([
      { limit: 'tokens', measured: 6, allowed: 5 },
      { limit: 'nodes', measured: 2, allowed: 1 },
      { limit: 'tokens', measured: 6, allowed: 5 },
    ]);
    expect(await (await fetch(`${measuring.url}/metrics`)).text()).toContain(
      'timeback_limits_total{limit="tokens",result="measured"} 2',
    );
    await measuring.stop();
  });
});
