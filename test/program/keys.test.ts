import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { createCallers } from '../../src/callers.ts';
import { createLog } from '../../src/log.ts';
import { until } from '../support/processes.ts';
import { audience, claims, issuer, startProgram } from './support.ts';

const first = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const second = generateKeyPairSync('rsa', { modulusLength: 2048 });
const third = generateKeyPairSync('ed25519');
const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** An issuer that publishes its keys, and can be told to be away. */
let published: object[];
let fetches: number;
let answer: 'keys' | 'error' | 'nonsense' | 'silence' | 'flood';
let server: Server;
let url: string;
beforeEach(async () => {
  published = [jwk(first.publicKey, 'first')];
  fetches = 0;
  answer = 'keys';
  lines.length = 0;
  server = createServer((_, response) => {
    fetches++;
    if (answer === 'silence') return;
    if (answer === 'flood')
      Readable.from(flood())
        .on('error', () => undefined)
        .pipe(response);
    else if (answer === 'error') response.writeHead(500).end();
    else response.end(answer === 'nonsense' ? '<html>' : JSON.stringify({ keys: published }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
});
afterEach(() => {
  vi.useRealTimers();
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

/** Keys without end, until nobody listens any more. */
let flooded: number;
async function* flood(): AsyncGenerator<Buffer> {
  const piece = Buffer.alloc(65_536, ' ');
  for (flooded = 0; server.listening; flooded += piece.length) {
    yield piece;
    await new Promise(setImmediate);
  }
}

function jwk(key: KeyObject, kid: string): object {
  return { ...key.export({ format: 'jwk' }), kid, use: 'sig' };
}

function signed(key: KeyObject, kid: string | undefined, alg = 'ES256'): Promise<string> {
  return new SignJWT(claims()).setProtectedHeader({ alg, ...(kid !== undefined && { kid }) }).sign(key);
}

const lines: string[] = [];
const log = createLog('info', { write: (line) => lines.push(line) });

const options = () => ({
  log,
  issuer: { keys: { jwksUrl: url }, issuer, audience },
  orgsClaim: 'org_ids',
  unrestrictedClaim: undefined,
  maxOrgs: 256,
  maxAgeSeconds: 86_400,
  clockToleranceSeconds: 60,
});

function callers() {
  const known = createCallers(options());
  const codeOf = (error: { extensions: { code: string } }) => error.extensions.code;
  return async (token: string) => known.identify([`Bearer ${token}`]).then(({ subject }) => subject, codeOf);
}

/** Only the clock is moved: the network goes on in real time. */
function later(ms: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });
}

it.each([
  ['ES256', first],
  ['ES384', generateKeyPairSync('ec', { namedCurve: 'P-384' })],
  ['ES512', generateKeyPairSync('ec', { namedCurve: 'P-521' })],
  ['RS256', second],
  ['PS512', second],
  ['EdDSA', third],
  ['Ed25519', third],
])('a key that was given by itself takes what it can sign: %s', async (alg, { privateKey, publicKey }) => {
  const text = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const known = createCallers({ ...options(), issuer: { keys: { publicKey: text }, issuer, audience } });
  const token = await signed(privateKey, undefined, alg);
  expect((await known.identify([`Bearer ${token}`])).subject).toBe('guide-1');
});

describe('the published keys of an issuer', () => {
  it('are fetched once', async () => {
    const identify = callers();
    expect(await identify(await signed(first.privateKey, 'first'))).toBe('guide-1');
    for (let round = 0; round < 20; round++)
      expect(await identify(await signed(first.privateKey, 'first'))).toBe('guide-1');
    expect(fetches).toBe(1);
  });

  it('decide by themselves which algorithm is theirs', async () => {
    published.push(jwk(second.publicKey, 'second'), jwk(third.publicKey, 'third'));
    const identify = callers();
    expect(await identify(await signed(second.privateKey, 'second', 'RS256'))).toBe('guide-1');
    expect(await identify(await signed(second.privateKey, 'second', 'PS384'))).toBe('guide-1');
    expect(await identify(await signed(third.privateKey, 'third', 'EdDSA'))).toBe('guide-1');
    expect(await identify(await signed(second.privateKey, 'first', 'RS256'))).toBe('UNAUTHENTICATED');
    expect(await identify(await signed(stranger.privateKey, 'first'))).toBe('UNAUTHENTICATED');
  });

  it('tell a key that is not among them from a signature that is wrong, and a token that names none of several', async () => {
    published.push(jwk(third.publicKey, 'third'), jwk(stranger.publicKey, 'stranger'));
    const checkOf = async (token: Promise<string>) =>
      createCallers(options())
        .identify([`Bearer ${await token}`])
        .catch(({ check }: { check: string }) => check);
    expect(await checkOf(signed(first.privateKey, 'fourth'))).toBe('unknown key');
    expect(await checkOf(signed(stranger.privateKey, 'first'))).toBe('signature');
    expect(await checkOf(signed(first.privateKey, undefined))).toBe('several keys');
    published = [{ ...jwk(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey, 'weak') }];
    expect(await checkOf(signed(second.privateKey, 'weak', 'RS256'))).toBe('unusable key');
  });

  it('are never secrets: a shared key among them signs nothing', async () => {
    const secret = Buffer.from('a secret that somebody has published');
    published.push({ kty: 'oct', k: secret.toString('base64url'), kid: 'shared', alg: 'HS256' });
    const token = await new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', kid: 'shared' }).sign(secret);
    expect(await callers()(token)).toBe('UNAUTHENTICATED');
  });

  it('are not fetched for a thousand ids that somebody invents', async () => {
    const identify = callers();
    await identify(await signed(first.privateKey, 'first'));
    const flood = await Promise.all(
      Array.from({ length: 1_000 }, (_, index) => signed(stranger.privateKey, `k${index}`)),
    );
    for (const token of flood) expect(await identify(token)).toBe('UNAUTHENTICATED');
    for (const kid of ['../../../etc/passwd', "' or 1=1", url, '__proto__', '']) {
      expect(await identify(await signed(stranger.privateKey, kid))).toBe('UNAUTHENTICATED');
    }
    expect(fetches).toBe(1);
    later(31_000);
    for (const token of flood.slice(0, 100)) await identify(token);
    expect(fetches).toBe(2);
  });

  it('may change: a new one is found after the cool-down, an old one is forgotten', async () => {
    const identify = callers();
    const old = await signed(first.privateKey, 'first');
    expect(await identify(old)).toBe('guide-1');
    published = [jwk(second.publicKey, 'second')];
    later(31_000);
    expect(await identify(await signed(second.privateKey, 'second', 'RS256'))).toBe('guide-1');
    expect(await identify(await signed(first.privateKey, 'first'))).toBe('UNAUTHENTICATED');
    // What was verified with the old key is trusted for minutes, not until it expires.
    later(301_000);
    expect(await identify(old)).toBe('UNAUTHENTICATED');
  });

  it('are forgotten ten minutes after they were withdrawn, also where nobody brings a new one', async () => {
    const identify = callers();
    expect(await identify(await signed(first.privateKey, 'first'))).toBe('guide-1');
    published = [jwk(second.publicKey, 'second')];
    later(590_000);
    expect(await identify(await signed(first.privateKey, 'first'))).toBe('guide-1');
    later(11_000);
    expect(await identify(await signed(first.privateKey, 'first'))).toBe('UNAUTHENTICATED');
    expect(fetches).toBe(2);
  });

  it('are asked for as ever when the clock was set back', async () => {
    const identify = callers();
    const hour = 3_600_000;
    expect(await identify(await signed(first.privateKey, 'first'))).toBe('guide-1');
    published = [jwk(second.publicKey, 'second')];
    later(-hour);
    expect(await identify(await signed(second.privateKey, 'second', 'RS256'))).toBe('guide-1');
    answer = 'error';
    later(31_000);
    expect(await identify(await signed(first.privateKey, 'first'))).toBe('UNAUTHENTICATED');
    answer = 'keys';
    published = [jwk(first.publicKey, 'first')];
    later(-hour);
    expect(await identify(await signed(first.privateKey, 'first'))).toBe('guide-1');
    expect(fetches).toBe(4);
  });

  it.each(['error', 'nonsense'] as const)('outlive an issuer that answers with %s', async (trouble) => {
    const identify = callers();
    expect(await identify(await signed(first.privateKey, 'first'))).toBe('guide-1');
    answer = trouble;
    later(601_000);
    for (let round = 0; round < 5; round++) {
      expect(await identify(await signed(first.privateKey, 'first'))).toBe('guide-1');
      expect(await identify(await signed(stranger.privateKey, 'other'))).toBe('UNAUTHENTICATED');
    }
    expect(fetches).toBeLessThanOrEqual(3);
  });

  it('that were never to be had are our failure, not the caller’s', async () => {
    for (const trouble of ['error', 'silence'] as const) {
      answer = trouble;
      fetches = 0;
      const identify = callers();
      const token = await signed(first.privateKey, 'first');
      expect(await identify(token)).toBe('OVERLOADED');
      for (let round = 0; round < 20; round++) expect(await identify(token)).toBe('OVERLOADED');
      expect(fetches).toBe(1);
    }
    answer = 'keys';
    later(31_000);
    expect(await callers()(await signed(first.privateKey, 'first'))).toBe('guide-1');
  });

  it('say in the log why they could not be had, once for each time, whether others go on or not', async () => {
    const identify = callers();
    const token = await signed(first.privateKey, 'first');
    const told = async () => {
      lines.length = 0;
      for (let round = 0; round < 5; round++) await identify(await signed(stranger.privateKey, `k${round}`));
      expect(lines.join('')).not.toContain('127.0.0.1');
      return lines.map((line) => JSON.parse(line) as object);
    };
    const warning = { level: 'warn', msg: 'keys not fetched' };
    answer = 'error';
    expect(await told()).toMatchObject([{ ...warning, status: 500 }]);
    later(31_000);
    answer = 'keys';
    expect(await identify(token)).toBe('guide-1');
    later(31_000);
    answer = 'nonsense';
    expect(await told()).toMatchObject([{ ...warning, status: 200 }]);
    later(31_000);
    answer = 'silence';
    expect(await told()).toMatchObject([{ ...warning, fault: { name: 'TimeoutError' } }]);
    later(31_000);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(await told()).toMatchObject([{ ...warning, fault: { code: expect.any(String) } }]);
    expect(await identify(token)).toBe('guide-1');
  });

  it('are not read any further where they do not end', async () => {
    answer = 'flood';
    const callers = createCallers(options());
    const token = await signed(first.privateKey, 'first');
    await expect(callers.identify([`Bearer ${token}`])).rejects.toMatchObject({ extensions: { code: 'OVERLOADED' } });
    expect(flooded).toBeLessThan(16 * 1_024 * 1_024);
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ msg: 'keys not fetched', status: 200 }),
    ]);
  });

  it('that are private are not to be used, and not the token’s fault', async () => {
    published = [{ ...first.privateKey.export({ format: 'jwk' }), kid: 'first' }];
    const callers = createCallers(options());
    const token = await signed(first.privateKey, 'first');
    await expect(callers.identify([`Bearer ${token}`])).rejects.toMatchObject({ check: 'unusable key' });
  });

  it('of any other shape are no keys, and not asked for by every token', async () => {
    published = ['first'] as never;
    const identify = callers();
    for (let round = 0; round < 5; round++)
      expect(await identify(await signed(first.privateKey, 'first'))).toBe('OVERLOADED');
    expect(fetches).toBe(1);
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([{ msg: 'keys not fetched', status: 200 }]);
  });
});

describe('at the start of the program', () => {
  const start = () =>
    startProgram({ databaseUrl: inject('demoUrl'), environment: { AUTH_PUBLIC_KEY: '', AUTH_JWKS_URL: url } });

  it('the keys are fetched before anybody asks', async () => {
    const program = await start();
    await until(() => fetches === 1, 'they are fetched');
    const answer = await program.ask({ query: '{ __typename }' }, { token: await signed(first.privateKey, 'first') });
    expect([answer.status, fetches]).toEqual([200, 1]);
    expect(program.log.join('')).not.toContain('keys not fetched');
    await program.stop();
  });

  it('the log says that they cannot be had, the program is ready, and the first token asks again', async () => {
    answer = 'error';
    const program = await start();
    await until(() => program.log.some((line) => line.includes('keys not fetched')), 'the log has it');
    await until(async () => (await fetch(`${program.url}/readyz`)).status === 200, 'it is ready');
    answer = 'keys';
    const { status } = await program.ask(
      { query: '{ __typename }' },
      { token: await signed(first.privateKey, 'first') },
    );
    expect([status, fetches]).toEqual([200, 2]);
    await program.stop();
  });
});
