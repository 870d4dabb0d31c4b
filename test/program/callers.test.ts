import { createHmac, generateKeyPairSync, sign as signRaw, type KeyObject } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createCallers } from '../../src/callers.ts';
import {
  audience,
  claims,
  issuer,
  keys,
  now,
  orgA,
  orgB,
  publicKey,
  sign,
  startProgram,
  type Program,
} from './support.ts';

let program: Program;
beforeAll(async () => {
  program = await startProgram({ environment: { AUTH_UNRESTRICTED_CLAIM: 'ext.internal', INTROSPECTION: 'on' } });
});
afterAll(() => program.stop());

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const others = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** A token put together by hand, for headers that no library would write. */
function forge(header: object, payload: object, signature: string | ((input: string) => string)): string {
  const input = `${encode(header)}.${encode(payload)}`;
  return `${input}.${typeof signature === 'string' ? signature : signature(input)}`;
}

const es256 = (key: KeyObject) => (input: string) =>
  signRaw('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
const hs256 = (secret: string) => (input: string) => createHmac('sha256', secret).update(input).digest('base64url');

async function tamper(change: (parts: [string, string, string]) => string[]): Promise<string> {
  return change((await sign()).split('.') as [string, string, string]).join('.');
}

const hostile: Record<string, () => string | Promise<string>> = {
  'nothing after the scheme': () => '',
  'a word': () => 'token',
  'two parts': () => tamper(([header, payload]) => [header, payload]),
  'four parts': () => tamper((parts) => [...parts, 'AAAA']),
  'five parts, as of an encrypted token': () => tamper((parts) => [...parts, 'AAAA', 'AAAA']),
  'parts of nothing': () => '..',
  'no signature': () => tamper(([header, payload]) => [header, payload, '']),
  'a signature cut short': () => tamper(([header, payload, signature]) => [header, payload, signature.slice(0, -8)]),
  'a signature of zeros': () => tamper(([header, payload]) => [header, payload, 'A'.repeat(86)]),
  'two signatures': () => tamper(([header, payload, signature]) => [header, payload, signature + signature]),
  'the claims of somebody else': () =>
    tamper(([header, , signature]) => [header, encode(claims({ sub: 'x' })), signature]),
  'more organisations than were signed': () =>
    tamper(([header, , signature]) => [header, encode(claims({ org_ids: [orgA, orgB] })), signature]),
  'padding in base64': () => tamper(([header, payload, signature]) => [`${header}=`, payload, signature]),
  'plus and slash in base64': () => tamper(([header, payload]) => [header, payload, '+/'.repeat(43)]),
  'a header that is no JSON': () => tamper(([, payload, signature]) => ['AAAA', payload, signature]),
  'a payload that is a list': () => forge({ alg: 'ES256' }, [1], es256(keys.privateKey)),
  'a payload that is no JSON': () => forge({ alg: 'ES256' }, [], es256(keys.privateKey)).replace(/\.[^.]+\./, '.AAAA.'),
  'no algorithm named': () => forge({ typ: 'JWT' }, claims(), es256(keys.privateKey)),
  'alg none': () => forge({ alg: 'none' }, claims(), ''),
  'alg None': () => forge({ alg: 'None' }, claims(), ''),
  'alg NONE with a signature': () => forge({ alg: 'NONE' }, claims(), es256(keys.privateKey)),
  'HS256 with the public key as the secret': () => forge({ alg: 'HS256' }, claims(), hs256(publicKey)),
  'HS256 with the trimmed public key': () => forge({ alg: 'HS256' }, claims(), hs256(publicKey.trim())),
  'HS256 with nothing as the secret': () => forge({ alg: 'HS256' }, claims(), hs256('')),
  HS512: () => forge({ alg: 'HS512' }, claims(), hs256(publicKey)),
  'ES256 of another key': () => forge({ alg: 'ES256' }, claims(), es256(others.privateKey)),
  'ES256 in DER': () =>
    forge({ alg: 'ES256' }, claims(), (input) =>
      signRaw('sha256', Buffer.from(input), keys.privateKey).toString('base64url'),
    ),
  'RS256 of an own key': () => new SignJWT(claims()).setProtectedHeader({ alg: 'RS256' }).sign(rsa.privateKey),
  'ES384 named over an ES256 signature': () => forge({ alg: 'ES384' }, claims(), es256(keys.privateKey)),
  'a jwk of its own in the header': () =>
    forge({ alg: 'ES256', jwk: others.publicKey.export({ format: 'jwk' }) }, claims(), es256(others.privateKey)),
  'a jku of its own in the header': () =>
    forge({ alg: 'ES256', jku: 'http://127.0.0.1:9/keys' }, claims(), es256(others.privateKey)),
  'an x5u of its own in the header': () =>
    forge({ alg: 'ES256', x5u: 'http://127.0.0.1:9/certificate' }, claims(), es256(others.privateKey)),
  'a kid that is a path, over another key': () =>
    forge({ alg: 'ES256', kid: '../../dev/null' }, claims(), es256(others.privateKey)),
  'a kid that is SQL, over another key': () =>
    forge({ alg: 'ES256', kid: "' or 1=1 --" }, claims(), es256(others.privateKey)),
  'a critical header that nobody knows': () =>
    forge({ alg: 'ES256', crit: ['x'], x: 1 }, claims(), es256(keys.privateKey)),
  'a payload that is not encoded (b64)': () =>
    forge({ alg: 'ES256', crit: ['b64'], b64: false }, claims(), es256(keys.privateKey)),
  'a logout token': () => sign({}, { typ: 'logout+jwt' }),
  'a proof of possession': () => sign({}, { typ: 'dpop+jwt' }),
  'a type that is a number': () => forge({ alg: 'ES256', typ: 7 }, claims(), es256(keys.privateKey)),
  expired: () => sign({ exp: now() - 61 }),
  'no exp': () => sign({ exp: undefined }),
  'an exp that is text': () => forge({ alg: 'ES256' }, claims({ exp: '2999' }), es256(keys.privateKey)),
  'a good exp, but made two days ago': () => sign({ iat: now() - 172_800, exp: 253_402_300_799 }),
  'no iat': () => sign({ iat: undefined }),
  'an iat in the future': () => sign({ iat: now() + 3_600, exp: now() + 7_200 }),
  'not good before tomorrow': () => sign({ nbf: now() + 86_400 }),
  'no issuer': () => sign({ iss: undefined }),
  'another issuer': () => sign({ iss: 'https://issuer.example.evil' }),
  'two issuers': () => forge({ alg: 'ES256' }, claims({ iss: [issuer, 'x'] }), es256(keys.privateKey)),
  'no audience': () => sign({ aud: undefined }),
  'another audience': () => sign({ aud: 'somebody-else' }),
  'no subject': () => sign({ sub: undefined }),
  'longer than any token': () => sign({ padding: 'x'.repeat(16_000) }),
};

const questions = [
  '{ __typename }',
  '{ __schema { types { name } } }',
  '{ students { nodes { id } } }',
  'not GraphQL {{{',
];

describe('a token that is not one of ours', () => {
  it('comes in more than forty kinds', () => {
    expect(Object.keys(hostile).length).toBeGreaterThanOrEqual(40);
  });

  it.each(Object.entries(hostile))('%s', async (_, make) => {
    const token = await make();
    for (const query of questions) {
      const answer = await program.ask({ query }, { token });
      expect(answer.status).toBe(401);
      expect(await answer.text()).toBe(
        '{"errors":[{"message":"A valid bearer token is needed.","extensions":{"code":"UNAUTHENTICATED"}}]}',
      );
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
    expect(program.readers.stats().total).toBe(0);
    for (const part of token.split('.').filter(({ length }) => length > 20))
      expect(program.log.join()).not.toContain(part);
  });

  it('one megabyte of token ends at the door', async () => {
    await expect(status({ authorization: `Bearer ${'a'.repeat(1_000_000)}` })).resolves.toBe(431);
  });
});

/** The last line of a request. */
const told = () =>
  JSON.parse(program.log.findLast((line) => line.includes('"msg":"request"'))!) as Record<string, unknown>;

describe('the log', () => {
  const failed: [kind: string, check: string][] = [
    ['a word', 'malformed'],
    ['two parts', 'malformed'],
    ['a header that is no JSON', 'malformed'],
    ['a critical header that nobody knows', 'malformed'],
    ['an exp that is text', 'malformed'],
    ['alg none', 'malformed'],
    ['alg NONE with a signature', 'algorithm'],
    ['HS256 with the public key as the secret', 'algorithm'],
    ['RS256 of an own key', 'algorithm'],
    ['ES256 of another key', 'signature'],
    ['the claims of somebody else', 'signature'],
    ['a logout token', 'type'],
    ['a type that is a number', 'type'],
    ['expired', 'expired'],
    ['no exp', 'no expiry'],
    ['a good exp, but made two days ago', 'too old'],
    ['no iat', 'no time of issue'],
    ['an iat in the future', 'not yet valid'],
    ['not good before tomorrow', 'not yet valid'],
    ['no issuer', 'issuer'],
    ['another issuer', 'issuer'],
    ['no audience', 'audience'],
    ['another audience', 'audience'],
    ['no subject', 'no subject'],
    ['longer than any token', 'too long'],
  ];
  it.each(failed)('says of a token, %s, which check it failed: %s', async (kind, check) => {
    await program.ask({ query: '{ __typename }' }, { token: await hostile[kind]!() });
    expect(told()).toMatchObject({ status: 401, codes: ['UNAUTHENTICATED'], refused: check });
  });

  it('says that there was no token, or more than one header', async () => {
    expect(await status({})).toBe(401);
    expect(told()).toMatchObject({ refused: 'no token' });
    expect(await status({ authorization: ['Bearer x', 'Bearer y'] })).toBe(401);
    expect(told()).toMatchObject({ refused: 'two headers' });
  });

  it.each([
    [{ org_ids: orgA }, 'organisations: no list'],
    [{ org_ids: Array.from({ length: 257 }, () => orgA) }, 'organisations: too many'],
    [{ org_ids: [orgA, 'school-1'] }, 'organisations: no UUID'],
    [{ sub: '' }, 'subject'],
  ])('says why nothing may be seen', async (changes, check) => {
    await program.ask({ query: '{ __typename }' }, { token: await sign(changes) });
    expect(told()).toMatchObject({ status: 403, codes: ['FORBIDDEN'], refused: check });
    expect(JSON.stringify(told())).not.toMatch(/school-1|0a000000/);
  });

  it('says nothing of the kind where the token was good', async () => {
    await program.ask({ query: '{ __typename }' });
    expect(told()).not.toHaveProperty('refused');
  });
});

describe('a token in the wrong place', () => {
  it('is not looked for in the query string, a cookie or another header', async () => {
    const token = await sign();
    const places = [
      { path: `/graphql?query={__typename}&access_token=${token}` },
      { path: `/graphql?query={__typename}&authorization=Bearer%20${token}` },
      { headers: { cookie: `authorization=Bearer ${token}` } },
      { headers: { 'x-authorization': `Bearer ${token}` } },
      { headers: { 'x-org-ids': orgA, 'x-user': 'admin' } },
      { headers: { 'proxy-authorization': `Bearer ${token}` } },
    ];
    for (const { path, headers } of places) await expect(status(headers ?? {}, path)).resolves.toBe(401);
  });

  it('is not taken with another scheme, or beside a second one', async () => {
    const token = await sign();
    for (const authorization of [
      token,
      `Basic ${token}`,
      `Bearer`,
      `Bearer${token}`,
      `Bearer ${token} ${token}`,
      `Bearer ${token}, Bearer ${token}`,
      [`Bearer ${token}`, `Bearer ${await sign({ sub: 'other' })}`],
      [`Bearer ${token}`, `Bearer ${token}`],
      ['Bearer x', `Bearer ${token}`],
    ]) {
      await expect(status({ authorization })).resolves.toBe(401);
    }
    await expect(status({ authorization: `bearer ${token}` })).resolves.toBe(200);
    const bearer = ['authorization', `Bearer ${token}`];
    const many = Array.from({ length: 300 }, (_, index) => [`x-${index}`, '']);
    const second = ['host', 'graph', 'content-type', 'application/json', ...bearer, ...many.flat(), ...bearer];
    await expect(status(second)).resolves.toBe(401);
  });
});

describe('a good token', () => {
  // Made when it is asked with: until then it may have come to be too old.
  it.each([
    ['expired for less than the tolerance', () => ({ exp: now() - 50 })],
    ['good from less than the tolerance on', () => ({ nbf: now() + 50 })],
    ['made by a clock that is a little fast', () => ({ iat: now() + 50 })],
    ['for several audiences', () => ({ aud: ['other', audience] })],
    ['of no organisation', () => ({ org_ids: [] })],
    ['without the claim', () => ({ org_ids: undefined })],
    ['with the claim null', () => ({ org_ids: null })],
    ['of 256 organisations', () => ({ org_ids: orgsOf(256) })],
  ])('%s', async (_, changes) => {
    const answer = await program.ask({ query: '{ __typename }' }, { token: await sign(changes()) });
    expect(answer.status).toBe(200);
  });

  it('of an access token type', async () => {
    for (const typ of ['JWT', 'at+jwt', 'application/at+jwt']) {
      const answer = await program.ask({ query: '{ __typename }' }, { token: await sign({}, { typ }) });
      expect(answer.status).toBe(200);
    }
  });

  it('gives no scope that it does not carry', async () => {
    const scopes: [Record<string, unknown>, object][] = [
      [{ org_ids: [orgA.toUpperCase(), orgA, orgB] }, { kind: 'organizations', orgIds: [orgA, orgB] }],
      [{ org_ids: [] }, { kind: 'organizations', orgIds: [] }],
      [{ org_ids: undefined }, { kind: 'organizations', orgIds: [] }],
      [
        { org_ids: [], ext: { internal: 'true' } },
        { kind: 'organizations', orgIds: [] },
      ],
      [
        { org_ids: [], ext: { internal: 1 } },
        { kind: 'organizations', orgIds: [] },
      ],
      [
        { org_ids: [], ext: { internal: [true] } },
        { kind: 'organizations', orgIds: [] },
      ],
      [
        { org_ids: [], internal: true },
        { kind: 'organizations', orgIds: [] },
      ],
      [
        { org_ids: [], unrestricted: true },
        { kind: 'organizations', orgIds: [] },
      ],
      [{ org_ids: [orgA], ext: { internal: true } }, { kind: 'unrestricted' }],
      [{ org_ids: [], 'ext.internal': true }, { kind: 'unrestricted' }],
    ];
    for (const [changes, scope] of scopes) {
      const caller = await identify(await sign(changes));
      expect(caller.scope).toEqual(scope);
    }
  });
});

describe('organisations that are none', () => {
  it('2,000 of them are refused, alone and beside a good one', async () => {
    const before = program.readers.stats().total;
    const malformed = [...malformedOrgs(2_000)];
    expect(malformed).toHaveLength(2_000);
    for (const [index, org] of malformed.entries()) {
      const org_ids = index % 2 === 0 ? [org] : [orgA, org, orgB];
      const answer = await program.ask({ query: '{ students { nodes { id } } }' }, { token: await sign({ org_ids }) });
      expect([answer.status, JSON.stringify(org)]).toEqual([403, JSON.stringify(org)]);
      expect(await answer.text()).toBe(
        '{"errors":[{"message":"The token does not say which organisations may be seen.","extensions":{"code":"FORBIDDEN"}}]}',
      );
    }
    expect(program.readers.stats().total).toBe(before);
  });

  it.each([
    ['text', orgA],
    ['text of a list', `["${orgA}"]`],
    ['a star', '*'],
    ['an object', { 0: orgA }],
    ['a number', 1],
    ['true', true],
    ['a list in a list', [[orgA]]],
    ['257 of them', Array.from({ length: 257 }, () => orgA)],
  ])('%s in place of the list', async (_, org_ids) => {
    const answer = await program.ask({ query: '{ __typename }' }, { token: await sign({ org_ids }) });
    expect(answer.status).toBe(403);
  });

  it.each([
    ['one that is no UUID', [orgA, '*']],
    ['a text', '*'],
    ['257 of them', orgsOf(257)],
  ])('%s: refused to an internal service, too', async (_, org_ids) => {
    const refused = expect.objectContaining({ extensions: { code: 'FORBIDDEN' } }) as unknown;
    await expect(identify(await sign({ org_ids, 'ext.internal': true }))).rejects.toEqual(refused);
  });
});

it('a list may be as long as the variable says, and one that is longer is told so', async () => {
  const many = await startProgram({ environment: { AUTH_MAX_ORGS: '5000' } });
  const statusOf = async (length: number) => {
    const token = await sign({ org_ids: orgsOf(length) });
    return (await many.ask({ query: '{ __typename }' }, { token })).status;
  };
  expect([await statusOf(306), await statusOf(5_000), await statusOf(5_001)]).toEqual([200, 200, 403]);
  await many.stop();
});

it('callers are remembered as long as they do not have too many organisations together', async () => {
  const callers = callersOf();
  const tokens = await Promise.all(
    Array.from({ length: 980 }, (_, index) => sign({ sub: `${index}`, org_ids: orgsOf(256) })),
  );
  const identified = (token: string) => callers.identify([`Bearer ${token}`]);
  const first = await identified(tokens[0]!);
  expect(await identified(tokens[0]!)).toBe(first);
  for (const token of tokens) await identified(token);
  const last = await identified(tokens.at(-1)!);
  expect(await identified(tokens.at(-1)!)).toBe(last);
  expect(await identified(tokens[0]!)).not.toBe(first);
});

it('whoever is checked twice at once is counted once', async () => {
  const callers = callersOf();
  const tokens = await Promise.all(
    Array.from({ length: 500 }, (_, index) => sign({ sub: `${index}`, org_ids: orgsOf(256) })),
  );
  const identified = (token: string) => callers.identify([`Bearer ${token}`]);
  for (const token of tokens) await Promise.all([identified(token), identified(token)]);
  const first = await identified(tokens[0]!);
  expect(await identified(tokens[0]!)).toBe(first);
  for (const token of tokens) await identified(token);
  expect(await identified(tokens[0]!)).toBe(first);
});

it.each([
  ['her token is good', () => ({ exp: now() + 100 }), 100],
  ['a token may be old', () => ({ iat: now() - 86_300 }), 100],
  ['a key may be withdrawn', () => ({}), 300],
] as const)('nobody is remembered for longer than %s', async (_, claims, seconds) => {
  const callers = callersOf();
  const authorization = [`Bearer ${await sign(claims())}`];
  const begun = Date.now();
  vi.useFakeTimers({ toFake: ['Date'], now: begun });
  try {
    const caller = await callers.identify(authorization);
    vi.setSystemTime(begun + (seconds - 5) * 1_000);
    expect(await callers.identify(authorization)).toBe(caller);
    // Within the tolerance, so that it is good, but it has been checked again.
    vi.setSystemTime(begun + (seconds + 5) * 1_000);
    expect(await callers.identify(authorization)).not.toBe(caller);
  } finally {
    vi.useRealTimers();
  }
});

function orgsOf(length: number): string[] {
  return Array.from({ length }, (_, index) => orgA.slice(0, -4) + (index + 0x1000).toString(16));
}

function* malformedOrgs(count: number): Generator {
  const fixed: unknown[] = [
    '',
    ' ',
    '*',
    '%',
    '_',
    'null',
    'undefined',
    'true',
    '{}',
    '[]',
    "x'; drop table students; --",
    `{${orgA}}`,
    ` ${orgA}`,
    `${orgA} `,
    `${orgA}\n`,
    `\t${orgA}`,
    `${orgA}\0`,
    orgA.replaceAll('-', ''),
    orgA.replace('-', ''),
    `urn:uuid:${orgA}`,
    `"${orgA}"`,
    `'${orgA}'`,
    `${orgA},${orgB}`,
    `${orgA};`,
    `(${orgA})`,
    orgA.slice(1),
    `0${orgA}`,
    orgA.replace('0', 'O'),
    orgA.replace('0', '٠'),
    orgA.replaceAll('0', '０'),
    orgA.replace('a', 'а'),
    orgA.replaceAll('-', '–'),
    orgA.replaceAll('-', '_'),
    `${orgA}%`,
    `%${orgA}`,
    '-'.repeat(36),
    'g'.repeat(36),
    '0'.repeat(32),
    'x'.repeat(5_000),
    null,
    true,
    false,
    0,
    1,
    -1,
    1.5,
    [],
    {},
    [orgA],
    { id: orgA },
    { toString: orgA },
    { __proto__: null, length: 36 },
  ];
  yield* fixed;
  // The rest: a good id with one character, at each place in turn, replaced by something that is not allowed there.
  const wrong = Array.from('ghzGZ*%{}()[]"\'`;,.:/\\ _+=|<>?!@#$^&~\n\r\té０ａ‐𝟘');
  for (let made = fixed.length, at = 0; made < count; made++, at++) {
    const place = at % orgA.length;
    yield orgA.slice(0, place) + wrong[Math.floor(at / orgA.length) % wrong.length]! + orgA.slice(place + 1);
  }
}

const identify = (token: string) => callersOf().identify([`Bearer ${token}`]);

function callersOf() {
  return createCallers({
    issuer: { keys: { publicKey }, issuer, audience },
    orgsClaim: 'org_ids',
    unrestrictedClaim: 'ext.internal',
    maxOrgs: 256,
    maxAgeSeconds: 86_400,
    clockToleranceSeconds: 60,
  });
}

/** A request with headers that `fetch` would tidy up. */
function status(headers: Record<string, string | string[]> | string[], path = '/graphql'): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const method = path === '/graphql' ? 'POST' : 'GET';
    const request = httpRequest(`${program.url}${path}`, {
      method,
      headers: Array.isArray(headers) ? headers : { 'content-type': 'application/json', ...headers },
    });
    request.on('response', (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('error', reject);
    request.end(method === 'POST' ? '{"query":"{ __typename }"}' : undefined);
  });
}
