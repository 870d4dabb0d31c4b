import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { sign, startProgram, type Program } from './support.ts';

let program: Program;
let token: string;
beforeAll(async () => {
  program = await startProgram({
    databaseUrl: inject('demoUrl'),
    environment: { INTROSPECTION: 'on', GRAPHIQL: 'on', CORS_ORIGINS: 'https://app.example,http://localhost:5173' },
  });
  token = await sign();
});
afterAll(() => program.stop());

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** HTTP as it is, without what `fetch` adds, follows and unpacks. */
function send(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body } = options;
    const request = httpRequest(`${program.url}${path}`, { method, headers, agent: false });
    request.on('response', (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () =>
        resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(pieces) }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** What these lines, as they are, are answered until the connection closes. */
async function raw(lines: readonly string[]): Promise<string> {
  const socket = connect(Number(new URL(program.url).port), '127.0.0.1');
  let said = '';
  socket.on('data', (piece) => (said += String(piece)));
  const closed = new Promise((resolve) => socket.on('close', resolve));
  socket.write(lines.join('\r\n'));
  await closed;
  return said;
}

const json = { 'content-type': 'application/json' };
const bearer = () => ({ authorization: `Bearer ${token}` });

function post(body: string | Buffer, headers: Record<string, string> = {}): Promise<Answer> {
  return send('/graphql', { method: 'POST', headers: { ...json, ...bearer(), ...headers }, body });
}

const get = (query: string, headers: Record<string, string> = {}) =>
  send(`/graphql?query=${encodeURIComponent(query)}`, { headers: { ...bearer(), ...headers } });

const typename = '{"query":"{ __typename }"}';
const codes = ({ body }: Answer) =>
  (JSON.parse(body.toString()) as { errors: { extensions: { code: string } }[] }).errors.map(
    ({ extensions }) => extensions.code,
  );

describe('GraphQL over HTTP', () => {
  it('has no error in the audits of graphql-http, and no warning', async () => {
    const audits = serverAudits({
      url: `${program.url}/graphql`,
      fetchFn: (url: string, init: RequestInit = {}) =>
        fetch(url, {
          ...init,
          // Without it a plain GET is refused, which three audits would rather see answered: our choice, and not a fault.
          headers: {
            ...Object.fromEntries(new Headers(init.headers)),
            ...bearer(),
            'apollo-require-preflight': 'true',
          },
        }),
    });
    const results = await Promise.all(audits.map((audit) => audit.fn()));
    const others = results
      .filter(({ status }) => status !== 'ok')
      .map(({ id, name, status }) => ({ id, name, status }));
    expect(others).toEqual([]);
    expect(results.length).toBeGreaterThanOrEqual(60);
  });

  it('says which media type it answers in', async () => {
    const types: [string | undefined, string][] = [
      [undefined, 'application/json; charset=utf-8'],
      ['*/*', 'application/json; charset=utf-8'],
      ['application/graphql-response+json', 'application/graphql-response+json; charset=utf-8'],
      ['application/graphql-response+json, application/json;q=0.9', 'application/graphql-response+json; charset=utf-8'],
    ];
    for (const [accept, type] of types) {
      const answer = await post(typename, accept === undefined ? {} : { accept });
      expect([answer.status, answer.headers['content-type']]).toEqual([200, type]);
    }
    expect((await post(typename, { accept: 'text/html' })).status).toBe(406);
  });

  it('says of a type that it does not have nothing else, whatever is wrong with the document', async () => {
    for (const query of ['{', '{ nothing }', '{ students(first: 1001) { totalCount } }']) {
      const answer = await post(JSON.stringify({ query }), { accept: 'text/html', 'x-request-id': 'no-such-type' });
      expect([answer.status, codes(answer), program.log.at(-1)]).toEqual([
        406,
        ['BAD_USER_INPUT'],
        expect.stringContaining('"status":406'),
      ]);
      expect(program.log.at(-1)).toContain('"codes":["BAD_USER_INPUT"]');
    }
  });

  const accepted = [
    'application/graphql-response+json',
    'application/graphql-response+json,application/json;q=0.9',
    'application/json;q=0.9, Application/GraphQL-Response+JSON ; charset=utf-8',
    'application/graphql-response+json, application/json',
    'application/json, application/graphql-response+json',
    'application/graphql-response+json;q=0.5, application/json',
    'application/json;q=0, application/graphql-response+json;q=0.1',
    'application/graphql-response+json;q=0, */*',
    'application/graphql-response+json;q=0.1, */*',
    '*/*, application/graphql-response+json',
    'application/*;q=0.5, application/graphql-response+json;q=0.5',
    'application/json',
    'application/*',
    '*/*',
    '',
  ];
  it.each(accepted)('refuses in the media type in which it would answer: %s', async (accept) => {
    const { headers } = await post(typename, { accept });
    const refused: [Answer, number, string][] = [
      [await post(typename, { accept, authorization: 'Bearer a.b.c' }), 401, 'UNAUTHENTICATED'],
      [await post(typename, { accept, authorization: `Bearer ${await sign({ org_ids: 'all' })}` }), 403, 'FORBIDDEN'],
      [await post('{', { accept }), 400, 'BAD_USER_INPUT'],
      [await post(`{"query":"{ ${'a '.repeat(2_001)} }"}`, { accept }), 400, 'QUERY_TOO_COMPLEX'],
      [await post(typename, { accept, 'content-type': 'text/plain' }), 415, 'BAD_USER_INPUT'],
    ];
    for (const [answer, status, code] of refused) {
      expect([answer.status, codes(answer)]).toEqual([status, [code]]);
      expect(answer.headers['content-type']).toBe(headers['content-type']);
    }
  });

  it('answers mistakes in a document with 400, or with 200 to clients that know application/json only', async () => {
    for (const body of [
      '{"query":"{"}',
      '{"query":"{ nothing }"}',
      '{"query":"query ($n: Int!) { __typename @skip(if: $n) }"}',
    ]) {
      expect((await post(body, { accept: 'application/graphql-response+json' })).status).toBe(400);
      expect((await post(body, { accept: 'application/json' })).status).toBe(200);
    }
  });

  it('reads a query by GET where no foreign page could have sent it', async () => {
    const preflight = { 'apollo-require-preflight': '1' };
    expect((await get('{ __typename }', preflight)).status).toBe(200);
    expect((await get('{ __typename }', json)).status).toBe(200);
    expect((await get('{ __typename }')).status).toBe(400);
    for (const type of [
      'text/plain',
      'multipart/form-data',
      'application/x-www-form-urlencoded',
      'message/http',
      'x',
    ]) {
      expect((await get('{ __typename }', { 'content-type': type })).status).toBeGreaterThanOrEqual(400);
    }
    expect((await send('/graphql', { headers: { ...bearer(), ...preflight } })).status).toBe(400);
  });

  it('refuses variables by GET that nest as deep as no body may', async () => {
    const filter = (levels: number) => `{"w":${'{"not":'.repeat(levels)}{}${'}'.repeat(levels)}}`;
    const ask = (parameter: string) =>
      send(
        `/graphql?query=${encodeURIComponent('query ($w: StudentFilter) { students(where: $w) { totalCount } }')}&${parameter}`,
        { headers: { ...bearer(), ...json } },
      );
    expect((await ask(`variables=${encodeURIComponent(filter(30))}`)).status).toBe(200);
    for (const parameter of [`variables=${filter(31)}`, `variables=${filter(2_000)}`, `extensions=${filter(2_000)}`]) {
      const answer = await ask(parameter);
      expect([answer.status, codes(answer)]).toEqual([400, ['BAD_USER_INPUT']]);
    }
  });

  it('takes no other method', async () => {
    for (const method of ['PUT', 'PATCH', 'DELETE', 'HEAD', 'PROPFIND']) {
      const answer = await send('/graphql', { method, headers: bearer() });
      expect([method, answer.status, answer.headers.allow]).toEqual([method, 405, 'GET, POST']);
    }
  });
});

describe('a body that cannot be used', () => {
  const small = 'x'.repeat(250_000);
  const cases: [what: string, status: number, body: string | Buffer, headers?: Record<string, string>][] = [
    ['nothing', 400, ''],
    ['no JSON', 400, '{'],
    ['a comma too many', 400, '{"query":"{ __typename }",}'],
    ['a number', 400, '1'],
    ['null', 400, 'null'],
    ['a text', 400, '"{ __typename }"'],
    ['an empty object', 400, '{}'],
    ['a batch', 400, `[${typename},${typename}]`],
    ['an empty batch', 400, '[]'],
    ['no query', 400, '{"variables":{}}'],
    ['a query that is a number', 400, '{"query":1}'],
    ['a query that is a parsed document', 400, '{"query":{"kind":"Document"}}'],
    ['variables that are a list', 400, '{"query":"{ __typename }","variables":[1]}'],
    ['variables that are a text', 400, '{"query":"{ __typename }","variables":"{}"}'],
    ['an operation name that is a number', 400, '{"query":"{ __typename }","operationName":1}'],
    ['an operation that is not there', 400, '{"query":"query A { __typename }","operationName":"B"}'],
    ['two operations and no name', 400, '{"query":"query A { __typename } query B { __typename }"}'],
    ['bytes that are not UTF-8', 400, Buffer.from('{"query":"{ __typename } # \xff"}', 'latin1')],
    [
      'a hundred thousand levels',
      400,
      `{"query":"{ __typename }","variables":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`,
    ],
    ['thirty-three levels', 400, `{"query":"{ __typename }","variables":{"a":${'['.repeat(31)}${']'.repeat(31)}}}`],
    ['more than 256 KB', 413, JSON.stringify({ query: '{ __typename }', variables: { a: small + small } })],
    ['several megabytes', 413, 'x'.repeat(3_000_000)],
    ['form data', 415, 'query={__typename}', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['plain text', 415, typename, { 'content-type': 'text/plain' }],
    ['a document of its own type', 415, '{ __typename }', { 'content-type': 'application/graphql' }],
    ['a type that is nearly JSON', 415, typename, { 'content-type': 'application/jsonp' }],
    ['another character set', 415, typename, { 'content-type': 'application/json; charset=utf-7' }],
    [
      'a character set made up to hurt',
      415,
      typename,
      { 'content-type': `application/json; charset=${'a'.repeat(5_000)}` },
    ],
    ['a compressed body', 415, typename, { 'content-encoding': 'gzip' }],
  ];
  it.each(cases)('%s: %i', async (_, status, body, headers) => {
    const begun = performance.now();
    const answer = await post(body, headers);
    expect(answer.status).toBe(status);
    expect(codes(answer)).toEqual(['BAD_USER_INPUT']);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.body.toString()).not.toMatch(/ at |node_modules|\/src\/|SyntaxError/);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });

  it.each([
    ['{', 'The body is not JSON in UTF-8.'],
    [Buffer.from('"\xff"', 'latin1'), 'The body is not JSON in UTF-8.'],
    ['['.repeat(33), 'The body nests more than 32 levels deep.'],
    // A string of one backslash ends where it ends.
    [`["\\\\",${'['.repeat(32)}`, 'The body nests more than 32 levels deep.'],
  ])('is told why: %s', async (body, message) => {
    const { errors } = JSON.parse((await post(body)).body.toString()) as { errors: unknown };
    expect(errors).toEqual([{ message, extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it('and nearly that much can be', async () => {
    const body = JSON.stringify({ query: '{ __typename }', variables: { a: small } });
    expect((await post(body)).status).toBe(200);
    const deep = `{"query":"{ __typename }","variables":{"a":${'['.repeat(30)}"[[[[{{\\"{{"${']'.repeat(30)}}}`;
    expect((await post(deep)).status).toBe(200);
    // What stands beside one another is not deep.
    const wide = `{"query":"{ __typename }","variables":{"a":[${'{},[],'.repeat(40)}0]}}`;
    expect((await post(wide)).status).toBe(200);
    expect((await post(typename, { 'content-type': 'application/json; charset=UTF-8' })).status).toBe(200);
  });

  it('is refused before it has come in, where its length says enough', async () => {
    const socket = connect(Number(new URL(program.url).port), '127.0.0.1');
    const head = [
      'POST /graphql HTTP/1.1',
      'host: x',
      'content-type: application/json',
      'content-length: 99999999',
      `authorization: Bearer ${token}`,
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    const [line] = String(await new Promise<Buffer>((resolve) => socket.once('data', resolve))).split('\r\n');
    socket.destroy();
    expect(line).toBe('HTTP/1.1 413 Payload Too Large');
  });

  it('leaves no trace in the objects of the program', async () => {
    for (const query of ['{ __typename }', '{ nothing }']) {
      await post(
        `{"query":"${query}","__proto__":{"polluted":1},"variables":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}},"extensions":{"__proto__":{"polluted":1}}}`,
      );
    }
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('headers', () => {
  it('keep answers out of caches, frames and sniffers', async () => {
    for (const answer of [
      await post(typename),
      await post('{'),
      await send('/graphql', { method: 'POST' }),
      await send('/nothing'),
    ]) {
      expect(answer.headers).toMatchObject({
        'cache-control': 'private, no-store',
        vary: 'Authorization, Accept, Accept-Encoding, Origin',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      });
      expect(answer.headers['x-powered-by']).toBeUndefined();
    }
  });

  it('compress what is worth it, as the client wishes', async () => {
    const query = '{"query":"{ __schema { types { name description } } }"}';
    const plain = await post(query);
    expect(plain.headers['content-encoding']).toBeUndefined();
    const wishes: [string, string | undefined][] = [
      ['br', 'br'],
      ['gzip', 'gzip'],
      ['gzip, deflate, br', 'br'],
      ['br;q=0, gzip', 'gzip'],
      ['gzip;q=0', undefined],
      ['identity', undefined],
      ['deflate', undefined],
      ['nonsense;;;q=,', undefined],
    ];
    for (const [wish, encoding] of wishes) {
      const { headers, body } = await post(query, { 'accept-encoding': wish });
      expect([wish, headers['content-encoding']]).toEqual([wish, encoding]);
      expect(Number(headers['content-length'])).toBe(body.length);
      const read = encoding === 'br' ? brotliDecompressSync(body) : encoding === 'gzip' ? gunzipSync(body) : body;
      expect(read.equals(plain.body)).toBe(true);
    }
    expect((await post(typename, { 'accept-encoding': 'br' })).headers['content-encoding']).toBeUndefined();
  });

  it('carry an id of the request: the caller’s own, where it is well formed', async () => {
    const trace = '0af7651916cd43dd8448eb211c80319c';
    const given: [Record<string, string>, string | RegExp][] = [
      [{ 'x-request-id': 'abc-12345.x_Y' }, 'abc-12345.x_Y'],
      [{ traceparent: `00-${trace}-b7ad6b7169203331-01` }, trace],
      [{ 'x-request-id': 'gateway-1', traceparent: `00-${trace}-b7ad6b7169203331-01` }, 'gateway-1'],
      [{}, /^[0-9a-f-]{36}$/],
      [{ 'x-request-id': 'short' }, /^[0-9a-f-]{36}$/],
      [{ 'x-request-id': 'with space and "quotes"' }, /^[0-9a-f-]{36}$/],
      [{ 'x-request-id': 'x'.repeat(200) }, /^[0-9a-f-]{36}$/],
      [{ traceparent: `00-${'0'.repeat(32)}-b7ad6b7169203331-01` }, /^[0-9a-f-]{36}$/],
      [{ traceparent: 'nonsense' }, /^[0-9a-f-]{36}$/],
    ];
    for (const [headers, id] of given) {
      const answer = await post(typename, headers);
      expect(answer.headers['x-request-id']).toEqual(typeof id === 'string' ? id : expect.stringMatching(id));
    }
    expect(program.log.some((line) => line.includes('"requestId":"abc-12345.x_Y"'))).toBe(true);
  });

  it('that are too many or too long end at the door', async () => {
    expect((await send('/graphql', { headers: { 'x-padding': 'x'.repeat(30_000) } })).status).toBe(431);
    const many = Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`x-${index}`, 'y'.repeat(20)]));
    expect((await send('/graphql', { headers: many })).status).toBe(431);
  });
});

describe('an address in full, as it is sent to proxies', () => {
  const path = (address: string) => raw([`GET ${address} HTTP/1.1`, 'host: x', 'connection: close', '', '']);
  it.each(['http://graph.example/healthz', 'https://graph.example:443/healthz?a', 'HTTP://[::1]:80/healthz'])(
    'leads to its path: %s',
    async (address) => expect(await path(address)).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*ok\n$/),
  );

  it.each(['http://graph.example', 'http:///healthz/', 'ftp://graph.example/healthz', 'graph.example/healthz'])(
    'or nowhere: %s',
    async (address) => expect(await path(address)).toMatch(/^HTTP\/1\.1 40[04] /),
  );
});

describe('messages that are no HTTP', () => {
  const shapes: [what: string, lines: string[]][] = [
    ['two lengths', ['POST /graphql HTTP/1.1', 'host: x', 'content-length: 2', 'content-length: 3', '', '{}']],
    [
      'a length and chunks',
      ['POST /graphql HTTP/1.1', 'host: x', 'content-length: 5', 'transfer-encoding: chunked', '', '0', '', ''],
    ],
    [
      'chunks of another spelling',
      ['POST /graphql HTTP/1.1', 'host: x', 'transfer-encoding: xchunked', '', '0', '', ''],
    ],
    ['a negative length', ['POST /graphql HTTP/1.1', 'host: x', 'content-length: -1', '', '']],
    ['no host', ['GET /healthz HTTP/1.1', '', '']],
    ['a space before the colon', ['GET /healthz HTTP/1.1', 'host: x', 'authorization : Bearer x', '', '']],
    ['a folded header', ['GET /healthz HTTP/1.1', 'host: x', 'authorization: Bearer', ' x', '', '']],
    ['a zero byte', ['GET /healthz HTTP/1.1', 'host: x', 'x-name: a\0b', '', '']],
    ['another protocol', ['GET /healthz SIP/2.0', 'host: x', '', '']],
  ];
  it.each(shapes)('%s: refused, and the connection closed', async (_, lines) => {
    const said = await raw(lines);
    expect(said).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(said.match(/HTTP\/1\.1/g)).toHaveLength(1);
  });
});

describe('pages of other origins', () => {
  it('are told yes only by their exact name', async () => {
    for (const origin of ['https://app.example', 'http://localhost:5173']) {
      const answer = await post(typename, { origin });
      expect(answer.headers['access-control-allow-origin']).toBe(origin);
      const asked = await send('/graphql', {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
      expect(asked.status).toBe(204);
      expect(asked.headers).toMatchObject({
        'access-control-allow-origin': origin,
        'access-control-allow-methods': 'GET, POST',
        'access-control-allow-headers': expect.stringContaining('authorization'),
      });
      expect(asked.headers['access-control-allow-credentials']).toBeUndefined();
    }
  });

  it('are told nothing otherwise', async () => {
    for (const origin of [
      'null',
      '*',
      'https://app.example.evil',
      'https://evil.app.example',
      'http://app.example',
      'https://app.example:444',
      'https://APP.example',
      'https://app.example/',
      'http://localhost:51730',
      '__proto__',
      'constructor',
    ]) {
      for (const answer of [
        await post(typename, { origin }),
        await send('/graphql', { method: 'OPTIONS', headers: { origin } }),
      ]) {
        expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
      }
    }
  });
});

describe('the explanation of an answer', () => {
  const query = '{"query":"{ students(first: 1, where: { name: { ne: \\"Ada\\" } }) { nodes { name } } }"}';
  const explained = (answer: Answer) => JSON.parse(answer.body.toString()) as { extensions?: { explain: unknown } };

  it('shows what it could have come to, and each statement with its placeholders, where that is open', async () => {
    const opened = await startProgram({ databaseUrl: inject('demoUrl'), environment: { EXPLAIN: 'on' } });
    const answer = await opened.ask(query, { token, headers: { 'x-explain': '1' } });
    const text = await answer.text();
    expect(explained({ body: Buffer.from(text) } as Answer).extensions!.explain).toEqual({
      nodes: { asked: 1, allowed: 50_000 },
      cost: { asked: 2, allowed: 100_000 },
      values: { asked: 1, allowed: 1_000_000 },
      flights: [
        {
          ms: expect.any(Number),
          statements: [
            {
              path: 'students.nodes',
              view: 'students',
              sql: expect.stringMatching(/^select/),
              rows: expect.any(Number),
            },
          ],
        },
      ],
    });
    expect(text).not.toContain('Ada"');
    const walk = '{ subject(id: $id) { courses(first: 2) { nodes { units(first: 1) { nodes { title } } } } } }';
    const { data } = (await (
      await opened.ask(
        '{"query":"{ subjects(where: { courses: { some: { units: { some: {} } } } }) { nodes { id } } }"}',
        { token },
      )
    ).json()) as { data: { subjects: { nodes: readonly { id: string }[] } } };
    const below = await opened.ask(
      JSON.stringify({ query: `query ($id: ID!) ${walk}`, variables: { id: data.subjects.nodes[0]!.id } }),
      { token, headers: { 'x-explain': '1' } },
    );
    expect(explained({ body: Buffer.from(await below.text()) } as Answer).extensions!.explain).toMatchObject({
      flights: [
        {
          statements: [
            { path: 'subject', view: 'subjects', keys: 1, rows: 1 },
            { path: 'subject.courses.nodes', view: 'courses', keys: 1, rows: 2, below: [{ view: 'units', rows: 2 }] },
          ],
        },
      ],
    });
    expect(JSON.parse(opened.log.findLast((line) => line.includes('"request'))!)).toMatchObject({
      rows: { subjects: 1, courses: 2, units: 2 },
    });
    expect(await (await opened.ask(query, { token })).json()).not.toHaveProperty('extensions');
    await opened.stop();
  });

  it('is not to be had elsewhere', async () => {
    expect(explained(await post(query, { 'x-explain': '1' }))).not.toHaveProperty('extensions');
  });
});

describe('the other paths', () => {
  it('say whether the program is alive, and ready', async () => {
    expect((await send('/healthz')).body.toString()).toBe('ok\n');
    const ready = await send('/readyz');
    expect([ready.status, ready.body.toString()]).toEqual([200, 'ready\n']);
  });

  it('say that a database of another shape is not ready to be served', async () => {
    const empty = await startProgram();
    const answer = await fetch(`${empty.url}/readyz`);
    expect([answer.status, await answer.text()]).toEqual([503, 'views differ from the catalogue\n']);
    await empty.stop();
  });

  it('lead a browser to GraphiQL', async () => {
    const browser = { accept: 'text/html,application/xhtml+xml' };
    expect((await send('/', { headers: browser })).headers.location).toBe('/graphiql');
    expect((await send('/')).status).toBe(404);
    const page = await send('/graphiql', { headers: browser });
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': expect.stringContaining("script-src 'self'"),
    });
    expect(page.body.toString()).not.toMatch(/https?:\/\/(?!localhost)/);
  });

  it('give metrics to this machine, and not through a proxy on it', async () => {
    const metrics = await send('/metrics');
    expect([metrics.status, metrics.body.toString()]).toEqual([
      200,
      expect.stringContaining('timeback_requests_total'),
    ]);
    for (const name of ['x-forwarded-for', 'forwarded'])
      expect((await send('/metrics', { headers: { [name]: '10.0.0.1' } })).status).toBe(404);
    // A proxy writes its headers behind those of the client.
    const many = Object.fromEntries(Array.from({ length: 120 }, (_, index) => [`x-${index}`, '']));
    expect(
      (await send('/metrics', { headers: { host: 'graph', ...many, 'x-forwarded-for': '10.0.0.1' } })).status,
    ).toBe(404);
  });

  it('are not there otherwise', async () => {
    for (const path of [
      '/graphql/',
      '/Graphql',
      '/graphql/x',
      '/.env',
      '/package.json',
      '/../package.json',
      '/%2e%2e/package.json',
      '/graphiql/../../package.json',
      '/graphiql/..%2f..%2fpackage.json',
      '//',
      '/healthz/',
      'http://elsewhere/graphql',
    ]) {
      const answer = await send(path.startsWith('/') ? path : `/${path}`);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(codes(answer)).toEqual(['BAD_USER_INPUT']);
    }
  });

  it('without GraphiQL there is no page', async () => {
    const plain = await startProgram();
    for (const path of ['/', '/graphiql'])
      expect((await fetch(`${plain.url}${path}`, { headers: { accept: 'text/html' } })).status).toBe(404);
    await plain.stop();
  });
});
