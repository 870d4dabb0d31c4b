import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GraphQLInt, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorCodes, statusOf } from '../../src/errors.ts';
import {
  badCursor,
  badInput,
  Failure,
  internal,
  overloaded,
  timeout,
  viewUnavailable,
  type FailureCode,
} from '../../src/failures.ts';
import { root } from '../../src/root.ts';
import { sign, startProgram, type Program } from './support.ts';

const page = readFileSync(join(root, 'docs', 'errors.md'), 'utf8');

/** The cells of a table's body. */
function table(heading: string): readonly (readonly string[])[] {
  const section = page.split(`## ${heading}\n`)[1]!.split('\n## ')[0]!;
  const lines = section.split('\n').filter((line) => line.startsWith('| '));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  );
}

const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      fail: {
        type: GraphQLString,
        args: { code: { type: new GraphQLNonNull(GraphQLString) }, number: { type: GraphQLInt } },
        resolve: (_, { code }: { code: FailureCode }) => {
          throw new Failure(code, 'As asked.');
        },
      },
      fine: { type: GraphQLString, resolve: () => 'fine' },
      hang: { type: GraphQLString, resolve: () => new Promise(() => undefined) },
    },
  }),
});

const folder = mkdtempSync(join(tmpdir(), 'timeback-errors-'));
const manifest = join(folder, 'manifest.json');
writeFileSync(manifest, '{"one":"{ fine }"}');

let program: Program;
let trusting: Program;
let graph: Program;
beforeAll(async () => {
  program = await startProgram({ schema, environment: { LIMIT_REQUEST_MS: '100' } });
  trusting = await startProgram({
    schema,
    environment: { TRUSTED_DOCUMENTS: manifest, TRUSTED_DOCUMENTS_ONLY: 'on' },
  });
  graph = await startProgram();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await Promise.all([program.stop(), trusting.stop(), graph.stop()]);
});

interface Asked {
  readonly body: object;
  readonly token?: () => Promise<string>;
  readonly of?: () => Program;
  /** Nothing but a variable is wrong, which some statuses tell apart. */
  readonly isOfVariables?: true;
}

/** Requests that are refused with the code; what has none is never refused as a whole. */
const refusals: Readonly<Record<string, Asked | readonly Asked[]>> = {
  UNAUTHENTICATED: { body: { query: '{ fine }' }, token: async () => 'a.b.c' },
  FORBIDDEN: { body: { query: '{ fine }' }, token: () => sign({ org_ids: 'all' }) },
  BAD_USER_INPUT: [
    {
      body: { query: 'query ($n: Int) { fail(code: "", number: $n) }', variables: { n: 'many' } },
      isOfVariables: true,
    },
    { body: { query: 'query ($c: String!) { fail(code: $c) }' }, isOfVariables: true },
    { body: { query: 'mutation { fine }' } },
    { body: { query: 'query One { fine } query Two { fine }' } },
    { body: { query: 'query One { fine }', operationName: 'Two' } },
    { body: { query: '{ schools(first: 5000) { totalCount } }' }, of: () => graph },
    {
      body: { query: 'query ($n: Int) { schools(first: $n) { totalCount } }', variables: { n: 5000 } },
      of: () => graph,
    },
  ],
  QUERY_TOO_COMPLEX: {
    body: { query: `{ ${Array.from({ length: 31 }, (_, index) => `a${index}: fine`).join(' ')} }` },
  },
  TIMEOUT: { body: { query: '{ hang }' } },
  OVERLOADED: { body: { query: '{ fail(code: "OVERLOADED") }' } },
  GRAPHQL_PARSE_FAILED: { body: { query: '{' } },
  GRAPHQL_VALIDATION_FAILED: { body: { query: '{ nothing }' } },
  PERSISTED_QUERY_NOT_FOUND: { body: { extensions: { persistedQuery: { version: 1, sha256Hash: 'two' } } } },
  DOCUMENT_NOT_TRUSTED: { body: { query: '{ fine __typename }' }, of: () => trusting },
};

/** What the loaders and the door to the database throw. */
const atFields = [badCursor(), badInput(''), internal(), overloaded(), timeout(), viewUnavailable()].map(
  ({ extensions }) => extensions['code'],
);

/** What the program cannot be made to do from outside: its status is what it would have. */
const unforeseen = 'INTERNAL';

interface Body {
  readonly data?: Readonly<Record<string, unknown>>;
  readonly errors: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

describe('the table of error codes', () => {
  const rows = table('Codes');

  it('has every code that there is, and no other', () => {
    expect(new Set(rows.map(([code]) => code))).toEqual(new Set(errorCodes));
  });

  it.each(rows)('%s: %s, or %s; at a field: %s; again: %s', async (code, plain, exact, atField, again) => {
    const asked = refusals[code];
    if (code === unforeseen) expect([plain, exact]).toEqual([String(statusOf(code)), String(statusOf(code))]);
    else expect([plain, exact].includes('–')).toBe(asked === undefined);
    for (const { body: sent, of, token = sign, isOfVariables } of [asked ?? []].flat()) {
      for (const [accept, cell] of [
        ['application/json', plain],
        ['application/graphql-response+json', exact],
      ] as const) {
        const [most, ofVariables = most] = cell.split(', of variables ');
        const status = isOfVariables ? ofVariables : most;
        const answer = await (of?.() ?? program).ask(sent, { headers: { accept }, token: await token() });
        const body = (await answer.json()) as Body;
        expect([sent, accept, String(answer.status), body.errors[0]!.extensions.code]).toEqual([
          sent,
          accept,
          status,
          code,
        ]);
        expect(Object.values(body.data ?? {}).filter((value) => value !== null)).toEqual([]);
        expect(answer.headers.has('retry-after')).toBe(again.includes('Retry-After'));
      }
    }
    const answer = await program.ask({ query: `{ fine fail(code: "${code}") }` });
    const { data, errors } = (await answer.json()) as Body;
    expect([answer.status, data, errors[0]!.extensions.code]).toEqual([200, { fine: 'fine', fail: null }, code]);
    expect(atField).toBe(atFields.includes(code) ? 'yes' : 'no');
  });
});

describe('the table of requests that cannot be read', () => {
  const rows = table('Requests that cannot be read');
  const requests: Readonly<Record<string, { path?: string; headers?: Record<string, string>; init: RequestInit }>> = {
    400: { init: { method: 'POST', body: '[]' } },
    404: { path: '/nothing', init: { method: 'POST', body: '{}' } },
    405: { init: { method: 'PUT', body: '{}' } },
    406: { headers: { accept: 'text/csv' }, init: { method: 'POST', body: '{"query":"{ fine }"}' } },
    413: { init: { method: 'POST', body: ' '.repeat(300_000) } },
    415: { headers: { 'content-type': 'text/plain' }, init: { method: 'POST', body: '{}' } },
  };

  const said: Readonly<Record<string, RegExp>> = {
    400: /batch/,
    404: /The graph is at \/graphql\.$/,
    405: /^Ask with POST/,
    406: /accept/i,
    413: /larger than the limit/,
    415: /"content-type: application\/json"/,
  };

  it('has each of them', () => {
    expect(rows.map(([status]) => status)).toEqual(Object.keys(requests));
  });

  it.each(rows)('%s %s', async (status) => {
    const { path = '/graphql', headers, init } = requests[status]!;
    const usual = { 'content-type': 'application/json', authorization: `Bearer ${await sign()}` };
    const answer = await fetch(`${program.url}${path}`, { ...init, headers: { ...usual, ...headers } });
    const body = (await answer.json()) as Body;
    expect([String(answer.status), body.errors[0]!.extensions.code]).toEqual([status, 'BAD_USER_INPUT']);
    expect(body.errors[0]!.message).toMatch(said[status]!);
  });
});
