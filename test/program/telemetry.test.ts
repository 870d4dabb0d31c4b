import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { leader } from '../../src/database/data/callers.ts';
import { students } from '../../src/database/data/landmarks.ts';
import { root } from '../../src/root.ts';
import { mistakesIn } from '../../src/telemetry/mistakes.ts';
import { loader, program, serve } from './served.ts';
import { audience, issuer, publicKey, sign } from './support.ts';

interface Attribute {
  readonly key: string;
  readonly value: {
    readonly stringValue?: string;
    readonly intValue?: number;
    readonly arrayValue?: { readonly values: readonly { readonly stringValue: string }[] };
  };
}

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly Attribute[];
  readonly status: { readonly code?: number };
}

interface Export {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly Span[] }[];
  }[];
}

const telemetry = join(root, 'src', 'telemetry.ts');
const { orgIds } = leader;
const traceId = '0af7651916cd43dd8448eb211c80319c';
const callersSpan = 'b7ad6b7169203331';

/** A clock that was set back by forty seconds when the program had started. */
const setClock = 'data:text/javascript,const now = Date.now; Date.now = () => now() - 40000';

describe('traces', () => {
  const received: Export[] = [];
  let token: string;
  let names: string[];
  let output: string;
  let exitCode: number | null;
  let collector: Server;

  beforeAll(async () => {
    const receive = async (request: IncomingMessage, response: ServerResponse) => {
      received.push((await json(request)) as Export);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    };
    collector = createServer((request, response) => void receive(request, response)).listen(0, '127.0.0.1');
    await once(collector, 'listening');
    token = await sign({ sub: 'pauline.pupil', org_ids: orgIds });
    const served = await serve(
      {
        DATABASE_URL: inject('demoUrl'),
        AUTH_PUBLIC_KEY: publicKey,
        AUTH_ISSUER: issuer,
        AUTH_AUDIENCE: audience,
        OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
        OTEL_SERVICE_NAME: 'graph-of-a-test',
      },
      { args: ['--import', setClock, '--import', loader, '--import', telemetry, program] },
    );
    const ask = (query: string, headers: Record<string, string>) =>
      fetch(`${served.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
        body: JSON.stringify({ query, variables: { id: students.maya } }),
      });
    const answer = await ask(
      'query Card($id: ID!) { student(id: $id) { name email sessions(first: 2) { nodes { learningApp { name } } } } }',
      { traceparent: `00-${traceId}-${callersSpan}-01`, 'x-request-id': 'request-of-a-test' },
    );
    const { data } = (await answer.json()) as { data: { student: { name: string; email: string } } };
    names = [data.student.name, data.student.email];
    const refused = await ask('{ students { nothing } }', { 'x-request-id': 'refused-in-a-test' });
    await refused.text();
    exitCode = await served.stop();
    output = served.output();
  });
  afterAll(() => collector.close());

  it('loses no line of the log that has not been written yet when it is asked to end', () => {
    for (const line of ['"requestId":"request-of-a-test"', '"requestId":"refused-in-a-test"', '"msg":"stopping"'])
      expect(output).toContain(line);
  });

  const spans = () =>
    received.flatMap(({ resourceSpans }) =>
      resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)),
    );
  const named = (name: string) => {
    const found = spans().filter((span) => span.name === name && span.traceId === traceId);
    if (found.length === 0)
      throw new Error(
        `No span ${name} among ${spans()
          .map((span) => span.name)
          .join(', ')}`,
      );
    return found;
  };
  it('have the times of the clock as it is', () => {
    for (const { startTimeUnixNano, endTimeUnixNano } of spans()) {
      const [begun, ended] = [startTimeUnixNano, endTimeUnixNano].map((nano) => Number(nano) / 1_000_000);
      expect(ended! - begun!).toBeGreaterThanOrEqual(0);
      expect(Math.abs(Date.now() - 40_000 - ended!)).toBeLessThan(20_000);
    }
  });

  const attributesOf = ({ attributes }: Pick<Span, 'attributes'>) =>
    Object.fromEntries(
      attributes.map(({ key, value }) => [
        key,
        value.stringValue ?? value.intValue ?? value.arrayValue?.values.map(({ stringValue }) => stringValue),
      ]),
    );

  it('arrive at a collector, each below the span that it belongs to', () => {
    expect(exitCode).toBe(0);
    const [request] = named('POST /graphql');
    expect(request).toMatchObject({ parentSpanId: callersSpan, kind: 2, status: {} });
    const [execution] = named('query Card');
    expect(execution!.parentSpanId).toBe(request!.spanId);
    const flights = named('flight');
    expect(flights.map(({ parentSpanId }) => parentSpanId)).toEqual(flights.map(() => execution!.spanId));
    // A student, her sessions, and their apps: one after the other.
    for (const view of ['students', 'sessions', 'learning_apps']) {
      const [statement] = named(`select ${view}`);
      expect(flights.map(({ spanId }) => spanId)).toContain(statement!.parentSpanId);
    }
    expect(received[0]!.resourceSpans[0]!.resource.attributes).toContainEqual({
      key: 'service.name',
      value: { stringValue: 'graph-of-a-test' },
    });
  });

  it('lie within the times of their parents', () => {
    const all = new Map(spans().map((span) => [span.spanId, span]));
    for (const span of all.values()) {
      const [begun, ended] = [BigInt(span.startTimeUnixNano), BigInt(span.endTimeUnixNano)];
      expect(ended).toBeGreaterThanOrEqual(begun);
      const parent = all.get(span.parentSpanId ?? '');
      if (!parent) continue;
      expect(begun).toBeGreaterThanOrEqual(BigInt(parent.startTimeUnixNano));
      expect(ended).toBeLessThanOrEqual(BigInt(parent.endTimeUnixNano));
    }
  });

  it('say what was asked, read and refused', () => {
    expect(attributesOf(named('POST /graphql')[0]!)).toMatchObject({
      'http.request.method': 'POST',
      'http.route': '/graphql',
      'http.response.status_code': 200,
      'timeback.request_id': 'request-of-a-test',
      'graphql.document.hash': expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(attributesOf(named('select sessions')[0]!)).toMatchObject({
      'db.collection.name': 'sessions',
      'db.response.returned_rows': expect.any(Number),
    });
    const refused = spans().find((span) => attributesOf(span)['timeback.request_id'] === 'refused-in-a-test');
    expect(attributesOf(refused!)['timeback.codes']).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  });

  it('hold nothing of the caller and nothing of a row', () => {
    const text = JSON.stringify(received);
    for (const secret of [token, 'pauline.pupil', students.maya, ...orgIds, ...names])
      expect(text).not.toContain(secret);
    expect(text).not.toMatch(/authorization|bearer|postgres:|select \$|set_config/i);
    expect(output).not.toContain('traces not sent');
  });
});

it('a collector that is not there costs a line in the log, and nothing else', async () => {
  const served = await serve(
    {
      DATABASE_URL: inject('demoUrl'),
      AUTH_PUBLIC_KEY: publicKey,
      AUTH_ISSUER: issuer,
      AUTH_AUDIENCE: audience,
      OTEL_TRACES_SAMPLER: 'bogus',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1',
      OTEL_EXPORTER_OTLP_TIMEOUT: '500',
    },
    { args: ['--import', loader, '--import', telemetry, program] },
  );
  const answer = await fetch(`${served.url}/graphql`, { method: 'POST' });
  expect(answer.status).toBe(401);
  expect(await served.stop()).toBe(0);
  expect(served.output()).toContain('"msg":"traces not sent"');
  expect(served.output()).not.toContain('127.0.0.1:1/');
  expect(served.output()).toMatch(/^OTEL_TRACES_SAMPLER is none of always_on, /m);
});

describe('a variable of OpenTelemetry', () => {
  it.each([
    ['OTEL_TRACES_SAMPLER', 'bogus'],
    ['OTEL_TRACES_SAMPLER', 'ALWAYS_ON'],
    ['OTEL_TRACES_SAMPLER_ARG', '10%'],
    ['OTEL_TRACES_SAMPLER_ARG', '1.5'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 's3cret'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
    ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'grpc://s3cret@collector:4317'],
  ])('that is passed over is told, without its value: %s=%s', (name, value) => {
    const lines = mistakesIn({ [name]: value });
    expect(lines).toEqual([expect.stringMatching(new RegExp(`^${name} is no`))]);
    expect(lines[0]).not.toContain('s3cret');
  });

  it('that can be used is not told', () => {
    for (const share of ['0', '1', '0.25', '.5', '1.0'])
      expect(mistakesIn({ OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: share })).toEqual([]);
    expect(mistakesIn({ OTEL_TRACES_SAMPLER: ' ', OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector:4318' })).toEqual([]);
  });
});

describe('without the packages', () => {
  const folder = mkdtempSync(join(tmpdir(), 'timeback-traces-'));
  // A tree to which nothing was installed.
  for (const part of ['package.json', 'src']) cpSync(join(root, part), join(folder, part), { recursive: true });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('asking for traces ends in one line that says what to install', async () => {
    const { code, err } = await ask({});
    expect(code).toBe(2);
    expect(err).toMatch(/^Traces need packages that are not installed: @opentelemetry\/api@\^1\S* @\S.*\n$/);
  });

  it.each([
    ['OTEL_SDK_DISABLED', 'true'],
    ['OTEL_SDK_DISABLED', 'True'],
    ['OTEL_TRACES_EXPORTER', 'none'],
  ])('nothing of them is loaded with %s=%s', async (name, value) => {
    expect(await ask({ [name]: value })).toEqual({ code: 0, err: '' });
  });

  function ask(environment: Record<string, string>): Promise<{ code: number | null; err: string }> {
    return new Promise((resolve) => {
      const args = ['--import', loader, '--import', join(folder, 'src', 'telemetry.ts'), '--eval', ''];
      const options = { cwd: folder, env: { PATH: process.env['PATH'], ...environment } };
      const child = execFile(process.execPath, args, options, (_, __, text) =>
        resolve({ code: child.exitCode, err: text }),
      );
    });
  }

  it('the program runs: no other file knows of them', () => {
    const files = ['src', 'schema', 'loaders', 'resolvers'].flatMap((room) =>
      readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => join(room, file)),
    );
    const knowing = files.filter((file) => /@opentelemetry|\/telemetry\b/.test(readFileSync(join(root, file), 'utf8')));
    expect(knowing.toSorted()).toEqual(['src/telemetry.ts', 'src/telemetry/spans.ts']);
  });
});
