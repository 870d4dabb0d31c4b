import {
  GraphQLError,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { badCursor, badInput, internal, overloaded, timeout, viewUnavailable } from '../../src/failures.ts';
import { startProgram, type Program } from './support.ts';

const secret = 'Ada Lovelace, SSN 123-45-6789';

/** What PostgreSQL and its driver say when something goes wrong: values, columns, hosts and passwords. */
function databaseError(): Error {
  const message = `invalid input syntax for type uuid: "${secret}" (select name from students where password = 's3cret')`;
  return Object.assign(new Error(message), {
    code: '22P02',
    detail: secret,
    hint: secret,
    table: 'students',
    where: secret,
  });
}

const failing: Record<string, () => unknown> = {
  database: databaseError,
  wrapped: () => internal(databaseError()),
  foreign: () => new GraphQLError(secret, { extensions: { code: 'SOMETHING', detail: secret } }),
  borrowed: () => new GraphQLError(secret, { extensions: { code: 'FORBIDDEN', detail: secret } }),
  uncoded: () => new GraphQLError(secret),
  text: () => secret,
  object: () => ({ message: secret }),
  nothing: () => undefined,
  range: () => new RangeError(secret),
  input: () => badInput('where.name.eq must not be null.'),
  cursor: badCursor,
  timeout: () => timeout(databaseError()),
  view: () => viewUnavailable(databaseError()),
  busy: () => overloaded(databaseError()),
  refused: () => viewUnavailable(),
};

const row = new GraphQLObjectType({
  name: 'Row',
  fields: {
    name: { type: new GraphQLNonNull(GraphQLString), resolve: () => null },
    number: { type: GraphQLInt, resolve: () => secret },
  },
});
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      fail: {
        type: GraphQLString,
        args: { how: { type: new GraphQLNonNull(GraphQLString) } },
        resolve: (_, { how }: { how: string }) => {
          throw failing[how]!();
        },
      },
      fine: { type: GraphQLString, resolve: () => 'fine' },
      rows: { type: new GraphQLList(row), resolve: () => [{}, {}] },
      number: {
        type: GraphQLInt,
        args: { value: { type: GraphQLInt } },
        resolve: (_, { value }: { value: number }) => value,
      },
    },
  }),
});

let open: Program;
let closed: Program;
beforeAll(async () => {
  open = await startProgram({ schema, environment: { INTROSPECTION: 'on' } });
  closed = await startProgram({ schema, environment: { INTROSPECTION: 'off' } });
});
afterAll(() => Promise.all([open.stop(), closed.stop()]));

interface Body {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: { message: string; path?: unknown[]; locations?: unknown; extensions: Record<string, unknown> }[];
}

async function ask(program: Program, query: string, variables?: unknown, accept = 'application/graphql-response+json') {
  const answer = await program.ask(
    { query, ...(variables === undefined ? {} : { variables }) },
    { headers: { accept } },
  );
  const text = await answer.text();
  expect(text).not.toMatch(/Ada Lovelace|123-45|s3cret|select |stacktrace|node_modules/);
  return { status: answer.status, retry: answer.headers.get('retry-after'), body: JSON.parse(text) as Body };
}

describe('what goes wrong in a field', () => {
  const texts: [how: string, code: string, message: string][] = [
    ['database', 'INTERNAL', 'Something went wrong on our side.'],
    ['wrapped', 'INTERNAL', 'Something went wrong on our side.'],
    ['foreign', 'INTERNAL', 'Something went wrong on our side.'],
    ['borrowed', 'FORBIDDEN', 'The token does not allow this.'],
    ['uncoded', 'INTERNAL', 'Something went wrong on our side.'],
    ['text', 'INTERNAL', 'Something went wrong on our side.'],
    ['object', 'INTERNAL', 'Something went wrong on our side.'],
    ['nothing', 'INTERNAL', 'Something went wrong on our side.'],
    ['range', 'INTERNAL', 'Something went wrong on our side.'],
    ['input', 'BAD_USER_INPUT', 'where.name.eq must not be null.'],
    ['cursor', 'BAD_CURSOR', 'This cursor does not belong to this list and order.'],
    ['timeout', 'TIMEOUT', 'The answer took longer than the limit allows.'],
    ['view', 'VIEW_UNAVAILABLE', 'The data behind this field is not available at the moment.'],
    ['busy', 'OVERLOADED', 'The server is busy. Try again in a moment.'],
  ];
  it.each(texts)('%s is %s, a null at its path, and nothing for its siblings', async (how, code, message) => {
    const { status, body } = await ask(open, `{ fine fail(how: "${how}") }`);
    expect(status).toBe(200);
    expect(body.data).toEqual({ fine: 'fine', fail: null });
    expect(body.errors).toEqual([
      { message, locations: [{ line: 1, column: 8 }], path: ['fail'], extensions: { code } },
    ]);
  });

  it('a row that breaks a promise costs that row', async () => {
    const { body } = await ask(open, '{ rows { name } fine }');
    expect(body.data).toEqual({ rows: [null, null], fine: 'fine' });
    expect(body.errors!.map(({ path, extensions }) => [path, extensions])).toEqual([
      [['rows', 0, 'name'], { code: 'INTERNAL' }],
      [['rows', 1, 'name'], { code: 'INTERNAL' }],
    ]);
  });

  it('a value that does not serialise is not shown', async () => {
    const { body } = await ask(open, '{ rows { number } }');
    expect(body.errors!.every(({ message }) => message === 'Something went wrong on our side.')).toBe(true);
  });

  it('an answer without any data, because too much is going on, is worth another try', async () => {
    expect(await ask(open, '{ fail(how: "busy") }')).toMatchObject({ status: 503, retry: '1' });
    expect(await ask(open, '{ fail(how: "busy") fine }')).toMatchObject({ status: 200, retry: null });
    expect(await ask(open, '{ fail(how: "view") }')).toMatchObject({ status: 200, retry: null });
  });

  it('is logged as what it is and where it was, without its text', async () => {
    open.log.length = 0;
    await ask(open, '{ fail(how: "database") }');
    const line = open.log.find((one) => one.includes('unexpected error'))!;
    expect(JSON.parse(line)).toMatchObject({ level: 'error', fault: { name: 'Error', code: '22P02' } });
    expect((JSON.parse(line) as { fault: { at: string[] } }).fault.at[0]).toMatch(/errors\.test\.ts/);
    expect(open.log.join('')).not.toMatch(/Ada Lovelace|123-45|s3cret|select /);
  });

  it.each([
    ['view', 'VIEW_UNAVAILABLE'],
    ['timeout', 'TIMEOUT'],
    ['busy', 'OVERLOADED'],
  ])('has its cause in the log, once for each request, without its text: %s', async (how, code) => {
    open.log.length = 0;
    await ask(open, `{ one: fail(how: "${how}") two: fail(how: "${how}") other: fail(how: "cursor") }`);
    const lines = open.log.map((line) => JSON.parse(line) as Record<string, unknown>);
    const { requestId } = lines.find(({ msg }) => msg === 'request')!;
    const told = lines.filter(({ msg }) => msg !== 'request');
    expect(told).toMatchObject([
      { level: 'warn', msg: 'could not be read', requestId, codes: [code], fault: { name: 'Error', code: '22P02' } },
    ]);
    expect(open.log.join('')).not.toMatch(/Ada Lovelace|123-45|s3cret|select /);
  });

  it('is a line for each thing that went wrong, and not for each place that it left empty', async () => {
    open.log.length = 0;
    await ask(open, '{ rows { name } one: fail(how: "range") two: fail(how: "range") fail(how: "database") }');
    const lines = open.log.map((line) => JSON.parse(line) as { msg: string; fault?: { name: string; code?: string } });
    const told = lines.flatMap(({ msg, fault }) => (msg === 'unexpected error' ? [fault!.code ?? fault!.name] : []));
    expect(told.toSorted()).toEqual(['22P02', 'Error', 'RangeError']);
  });

  it('is not logged where nothing was behind it', async () => {
    open.log.length = 0;
    await ask(open, '{ fail(how: "refused") other: fail(how: "input") }');
    expect(open.log.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(['request']);
  });
});

describe('what is wrong with variables', () => {
  const wrong: [query: string, variables: unknown, opened: string, closed?: string][] = [
    [
      'query ($n: Int) { number(value: $n) }',
      { n: secret },
      'The variable "$n" needs a value of type "Int".',
      'The variable "$n" is of another type.',
    ],
    ['query ($n: Int!) { number(value: $n) }', {}, 'The variable "$n" is missing.'],
    ['query ($n: Int!) { number(value: $n) }', { n: null }, 'The variable "$n" must not be null.'],
  ];
  it.each(wrong)('%s with %j', async (query, variables, opened, located = opened) => {
    for (const [program, message] of [
      [open, opened],
      [closed, located],
    ] as const) {
      const { status, body } = await ask(program, query, variables);
      expect(status).toBe(400);
      expect(body.data).toBeUndefined();
      expect(body.errors!.map(({ message, extensions }) => [message, extensions])).toEqual([
        [message, { code: 'BAD_USER_INPUT' }],
      ]);
    }
  });

  it('names the place in an input', async () => {
    const program = await startProgram();
    const { body } = await ask(program, 'query ($where: StudentFilter) { students(where: $where) { totalCount } }', {
      where: { and: [{}, { name: { eq: [secret] } }] },
    });
    expect(body.errors![0]!.message).toBe('The variable "$where.and[1].name.eq" is of another type.');
    await program.stop();
  });

  it('says that several operations need the name of one, and repeats no name', async () => {
    for (const program of [open, closed]) {
      for (const [operationName, message] of [
        [undefined, 'The document has several operations: operationName has to say which of them.'],
        [secret, 'The document has no operation of this operationName.'],
      ]) {
        const answer = await program.ask({ query: 'query One { fine } query Two { fine }', operationName });
        expect([answer.status, await answer.json()]).toEqual([
          400,
          { errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] },
        ]);
      }
    }
  });

  it('stays the caller’s mistake where there are more than are counted', async () => {
    const program = await startProgram();
    const { status, body } = await ask(
      program,
      'query ($where: StudentFilter) { students(where: $where) { totalCount } }',
      { where: { id: { in: Array.from({ length: 60 }, () => ({})) } } },
    );
    expect(status).toBe(400);
    expect(new Set(body.errors!.map(({ extensions }) => extensions['code']))).toEqual(new Set(['BAD_USER_INPUT']));
    await program.stop();
  });
});

describe('what is wrong with the input of a list', () => {
  let open: Program;
  let closed: Program;
  beforeAll(async () => {
    open = await startProgram({ environment: { INTROSPECTION: 'on' } });
    closed = await startProgram({ environment: { INTROSPECTION: 'off' } });
  });
  afterAll(() => Promise.all([open.stop(), closed.stop()]));

  const noMoment = /^This is no valid DateTime\. A moment in UTC, such as /;

  it.each([
    ['"2026-11-01"', noMoment],
    ['5', /^DateTime is a string\.$/],
  ])('a literal that is no moment has its place in the document: %s', async (literal, message) => {
    const query = `{ sessions(where: { startTime: { gte: ${literal} } }) { totalCount } }`;
    for (const program of [open, closed]) {
      const { body } = await ask(program, query);
      expect(body.errors).toEqual([
        {
          message: expect.stringMatching(message) as string,
          locations: [{ line: 1, column: query.indexOf(literal) + 1 }],
          extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
        },
      ]);
    }
  });

  const bySchema: [query: string, variables: unknown, opened: string, closed: string][] = [
    [
      '{ metrics(during: { from: "2026-11-01" }) { __typename } }',
      undefined,
      'The field "TimebackDateRange.to" of type "Date!" is missing here.',
      'The document does not fit the schema at the place named by the location.',
    ],
    [
      '{ students(orderBy: [{ name: ASCENDING }]) { totalCount } }',
      undefined,
      'A value of type "TimebackOrder" is expected here: ASC, ASC_NULLS_FIRST, ASC_NULLS_LAST, DESC, DESC_NULLS_FIRST or DESC_NULLS_LAST.',
      'The document does not fit the schema at the place named by the location.',
    ],
    [
      `{ students(orderBy: [{ name: "${secret}" }]) { totalCount } }`,
      undefined,
      'A value of type "TimebackOrder" is expected here: ASC, ASC_NULLS_FIRST, ASC_NULLS_LAST, DESC, DESC_NULLS_FIRST or DESC_NULLS_LAST.',
      'The document does not fit the schema at the place named by the location.',
    ],
    [
      'query ($w: StudentFilter) { students(where: $w) { totalCount } }',
      { w: { and: [{ [secret]: { eq: 'a' } }] } },
      'The variable "$w.and[0]" has a field that the type "StudentFilter" does not have.',
      'The variable "$w.and[0]" has a field that its type does not have.',
    ],
    [
      'query ($w: StudentFilter) { students(where: $w) { totalCount } }',
      { w: { [`" is not defined by type "${secret}`]: null } },
      'The variable "$w" has a field that the type "StudentFilter" does not have.',
      'The variable "$w" has a field that its type does not have.',
    ],
    [
      'query ($o: [StudentOrder!]) { students(orderBy: $o) { totalCount } }',
      { o: [{ name: 'UP' }] },
      'The variable "$o[0].name" needs a value of type "TimebackOrder": ASC, ASC_NULLS_FIRST, ASC_NULLS_LAST, DESC, DESC_NULLS_FIRST or DESC_NULLS_LAST.',
      'The variable "$o[0].name" is of another type.',
    ],
    [
      'query ($o: [StudentOrder!]) { students(orderBy: $o) { totalCount } }',
      { o: [{ name: `" does not exist in "${secret}` }] },
      'The variable "$o[0].name" is of another type.',
      'The variable "$o[0].name" is of another type.',
    ],
    [
      'query ($o: [StudentOrder!]) { students(orderBy: $o) { totalCount } }',
      { o: [null] },
      'The variable "$o[0]" needs a value of type "StudentOrder!": an object.',
      'The variable "$o[0]" is of another type.',
    ],
    [
      'query ($w: StudentFilter) { students(where: $w) { totalCount } }',
      { w: `Variable "$w" of required type ${secret}` },
      'The variable "$w" needs a value of type "StudentFilter": an object.',
      'The variable "$w" is of another type.',
    ],
    [
      `{ sessions(where: { startTime: "${secret}" }) { totalCount } }`,
      undefined,
      'A value of type "TimebackDateTimeFilter" is expected here: an object with eq, gt, gte, in, isNull, lt, lte, ne or notIn.',
      'The document does not fit the schema at the place named by the location.',
    ],
    [
      '{ students(where: { sessions: { durationSec: { gt: 60 } } }) { totalCount } }',
      undefined,
      'Field "durationSec" is not defined by type "SessionListFilter". It has aggregate, every, none and some.',
      'The document does not fit the schema at the place named by the location.',
    ],
    [
      'query ($w: StudentFilter) { students(where: $w) { totalCount } }',
      { w: { sessions: { [secret]: {} } } },
      'The variable "$w.sessions" has a field that the type "SessionListFilter" does not have. It has aggregate, every, none and some.',
      'The variable "$w.sessions" has a field that its type does not have.',
    ],
    [
      '{ students { name } }',
      undefined,
      'Cannot query field "name" on type "StudentConnection". It has edges, nodes, pageInfo and totalCount.',
      'The document does not fit the schema at the place named by the location.',
    ],
    [
      '{ students(where: { name: { isNull: "true" } }) { totalCount } }',
      undefined,
      'A value of type "Boolean" is expected here.',
      'The document does not fit the schema at the place named by the location.',
    ],
    [
      'query ($d: TimebackDateRange!) { metrics(during: $d) { __typename } }',
      { d: { from: '2026-11-01' } },
      'The variable "$d" lacks the field "to" of type "Date!".',
      'The variable "$d" lacks a field that its type needs.',
    ],
  ];
  it.each(bySchema)('%s with %j', async (query, variables, opened, located) => {
    for (const [program, message] of [
      [open, opened],
      [closed, located],
    ] as const) {
      const { body } = await ask(program, query, variables);
      expect(body.errors!.map((error) => error.message)).toEqual([message]);
      expect(body.errors![0]!.locations).toBeDefined();
    }
  });

  it.each([
    ['query ($d: DateTime!) { sessions(where: { startTime: { gte: $d } }) { totalCount } }', { d: secret }, '$d'],
    [
      'query ($w: SessionFilter) { sessions(where: $w) { totalCount } }',
      { w: { startTime: { gte: secret } } },
      '$w.startTime.gte',
    ],
  ])('a variable that holds no moment is named: %s', async (query, variables, place) => {
    for (const program of [open, closed]) {
      const [error] = (await ask(program, query, variables)).body.errors!;
      const [, named, why] = /^The variable "(.+?)" cannot be used\. (.*)$/.exec(error!.message) ?? [];
      expect([named, why]).toEqual([place, expect.stringMatching(noMoment)]);
      expect(error!.extensions).toEqual({ code: 'BAD_USER_INPUT' });
    }
  });
});

describe('what is wrong with a document', () => {
  it('is explained where the schema may be read', async () => {
    const said: [query: string, message: string][] = [
      ['{ fines }', 'Cannot query field "fines" on type "Query". It has fail, fine, rows and number.'],
      ['{ fine(x: 1) }', 'Unknown argument "x" on field "Query.fine".'],
      [`{ number(value: "${secret}") }`, 'A value of type "Int" is expected here.'],
      [`{ number(value: ["${secret}"]) }`, 'A value of type "Int" is expected here.'],
      ['{', 'The document ends before it is complete: a brace or a bracket is not closed.'],
      [`{ fail(how: '${secret}') }`, 'Text stands between double quotes in GraphQL.'],
      ['{ fine ? }', 'The document is not GraphQL at the place named by the location.'],
      [`{ fine "${secret}" }`, 'The document is not GraphQL at the place named by the location.'],
    ];
    for (const [query, message] of said)
      expect((await ask(open, query)).body.errors!.map((error) => error.message)).toEqual([message]);
  });

  it('is only located where the schema is closed', async () => {
    for (const query of [
      '{ fines }',
      '{ fine(x: 1) }',
      '{ __schema { types { name } } }',
      `{ number(value: "${secret}") }`,
    ]) {
      const { body } = await ask(closed, query);
      for (const { message, locations, extensions } of body.errors!) {
        expect(message).toBe('The document does not fit the schema at the place named by the location.');
        expect(locations).toBeDefined();
        expect(extensions).toEqual({ code: 'GRAPHQL_VALIDATION_FAILED' });
      }
    }
  });

  it('never brings a suggestion, except in development', async () => {
    for (const program of [open, closed])
      expect(JSON.stringify((await ask(program, '{ fin }')).body)).not.toContain('Did you mean');
  });
});
