import { createPublicKey, type KeyObject } from 'node:crypto';
import { createLocalJWKSet, createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';
import { overloaded } from '../failures.ts';
import { faultOf, type Log } from '../log.ts';

/** What a token may be signed with, and the key that decides it. */
export interface Keys {
  readonly algorithms: readonly string[];
  readonly find: JWTVerifyGetKey;
  /** Has the key at hand, if it can be had, before the first token comes. */
  prepare(): void;
}

const rsa = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'];
const curves: Readonly<Record<string, string>> = { prime256v1: 'ES256', secp384r1: 'ES384', secp521r1: 'ES512' };
const edwards = ['EdDSA', 'Ed25519'];

/** One key decides its algorithms, so that nobody can present an RSA key's text as the secret of an HMAC. */
export function singleKey(pem: string): Keys {
  const key = createPublicKey(pem);
  return { algorithms: algorithmsOf(key), find: async () => key, prepare: () => undefined };
}

function algorithmsOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): readonly string[] {
  if (asymmetricKeyType === 'rsa') return rsa;
  if (asymmetricKeyType === 'ed25519') return edwards;
  return [curves[asymmetricKeyDetails?.namedCurve ?? ''] ?? 'ES256'];
}

const coolDownMs = 30_000;

/**
 * The keys behind a URL. A `kid` that the set does not know may fetch it again, but once in a cool-down, be the fetches
 * good or bad: else a flood of invented ids would be a flood of requests to the issuer. While the issuer is away, the keys
 * of the last good fetch go on being trusted, and the log says why.
 */
export function remoteKeys(url: string, log?: Log): Keys {
  let failedAt = -Infinity;
  let askedAt = -Infinity;
  const remote = createRemoteJWKSet(new URL(url), {
    timeoutDuration: 3_000,
    cooldownDuration: coolDownMs,
    cacheMaxAge: 600_000,
    [customFetch]: async (address, options) => {
      if (Date.now() - failedAt < coolDownMs) throw new TypeError('The key set could not be fetched a moment ago.');
      // Failed, until it has come to a good end.
      failedAt = askedAt = Date.now();
      const { status, body } = await textAt(address, options).catch((error: unknown) => {
        log?.warn('keys not fetched', { fault: faultOf(behind(error)) });
        throw error;
      });
      if (status === 200 && isKeySet(body)) failedAt = -Infinity;
      else log?.warn('keys not fetched', { status });
      return new Response(body, { status });
    },
  });
  return {
    algorithms: [...rsa, ...Object.values(curves), ...edwards],
    async find(header, token) {
      try {
        // The clock was set back: until it is as late again, what was fetched would be called fresh, and a failure recent.
        if (Date.now() < askedAt) {
          failedAt = -Infinity;
          await remote.reload();
        }
        return await remote(header, token);
      } catch (error) {
        if (isAboutToken(error)) throw error;
        const known = remote.jwks();
        // Nothing was ever fetched: nobody can be told apart, which is our failure and not the caller's.
        if (!known) throw overloaded(error);
        return createLocalJWKSet(known)(header, token);
      }
    },
    prepare() {
      // An issuer that starts a moment later than this program is asked again by the first token, and not after the cool-down.
      remote.reload().catch(() => (failedAt = -Infinity));
    },
  };
}

/** A thousand keys. What is longer is none, and in the time that there is, could come to more memory than a process has. */
const longestKeySet = 1_048_576;

async function textAt(address: string, options: RequestInit): Promise<{ status: number; body: string }> {
  const { status, body } = await fetch(address, options);
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body ?? []) {
    length += piece.length;
    if (length > longestKeySet) return { status, body: '' };
    pieces.push(piece);
  }
  return { status, body: new TextDecoder().decode(Buffer.concat(pieces)) };
}

/** Of what the network or TLS had against it, fetch itself says no more than that it failed. */
function behind(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? error.cause : error;
}

/** An error page with status 200 would else be asked for again by every request. */
function isKeySet(body: string): boolean {
  try {
    const keys = (JSON.parse(body) as { keys?: unknown } | null)?.keys;
    return Array.isArray(keys) && keys.every((key) => typeof key === 'object' && key !== null);
  } catch {
    return false;
  }
}

function isAboutToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}
