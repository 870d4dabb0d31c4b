import { hash } from 'node:crypto';
import { jwtVerify } from 'jose';
import { callerOf, type ClaimNames } from './callers/claims.ts';
import { remoteKeys, singleKey, type Keys } from './callers/keys.ts';
import { failedCheckOf, Refused } from './callers/refused.ts';
import type { Issuer } from './config.ts';
import { Failure } from './failures.ts';
import type { Log } from './log.ts';
import { organizationsIn, type Caller } from './scope.ts';

export interface CallersOptions extends ClaimNames {
  readonly issuer: Issuer;
  readonly maxAgeSeconds: number;
  readonly clockToleranceSeconds: number;
  /** Hears why the keys of an issuer could not be fetched. */
  readonly log?: Log;
}

export interface Callers {
  /** Who sent these `Authorization` headers. Throws `UNAUTHENTICATED` or `FORBIDDEN`, with the check that failed and nothing of the token. */
  identify(authorization: readonly string[]): Promise<Caller>;
  /** Fetches the keys of the issuer ahead of the first caller. The log says if they cannot be had. */
  prepare(): void;
}

/**
 * What is longer is not even decoded. An organisation takes 52 characters of a token; there is room for a few too many, who are
 * told so.
 */
export const longestToken = (maxOrgs: number): number => 3_072 + 52 * Math.max(256, maxOrgs);
const mostRemembered = 10_000;
/** Of all who are remembered: each takes a tenth of a kilobyte, in the list and in what is sent to PostgreSQL. */
const mostOrganizations = 250_000;
/** A key that its issuer has withdrawn must not live on in what was verified with it. */
const rememberedMs = 300_000;

export function createCallers(options: CallersOptions): Callers {
  const keys =
    'jwksUrl' in options.issuer.keys
      ? remoteKeys(options.issuer.keys.jwksUrl, options.log)
      : singleKey(options.issuer.keys.publicKey);
  const longest = longestToken(options.maxOrgs);
  const remembered = new RememberedCallers();
  return {
    async identify(authorization) {
      const header = onlyHeader(authorization, longest);
      const digest = hash('sha256', header, 'base64');
      const known = remembered.get(digest);
      if (known) return known;
      const payload = await verify(tokenOf(header), keys, options);
      const caller = callerOf(payload, options);
      remembered.set(digest, caller, expiryOf(payload, options.maxAgeSeconds));
      return caller;
    },
    prepare: () => keys.prepare(),
  };
}

/** One header, one scheme, one token: two of them could be read as one caller here and as another one at the gateway. */
function onlyHeader([header, second]: readonly string[], longest: number): string {
  if (header === undefined) throw new Refused('no token');
  if (second !== undefined) throw new Refused('two headers');
  if (header.length > longest) throw new Refused('too long');
  return header;
}

function tokenOf(header: string): string {
  const [, token] = /^bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(header) ?? [];
  if (token === undefined) throw new Refused('malformed');
  return token;
}

interface Payload extends Readonly<Record<string, unknown>> {
  readonly exp?: number;
  readonly iat?: number;
}

async function verify(token: string, keys: Keys, options: CallersOptions): Promise<Payload> {
  try {
    const { payload, protectedHeader } = await jwtVerify(token, keys.find, {
      algorithms: [...keys.algorithms],
      issuer: options.issuer.issuer,
      audience: options.issuer.audience,
      // jose asks for none of these by itself: a token without `exp` would be good for ever.
      requiredClaims: ['exp', 'iat', 'sub'],
      maxTokenAge: options.maxAgeSeconds,
      clockTolerance: options.clockToleranceSeconds,
    });
    // Issuers sign other things with the same key: logout tokens, proofs of possession.
    if (!isAccessToken(protectedHeader.typ)) throw new Refused('type');
    return payload;
  } catch (error) {
    // The keys could not be had: not the caller's fault, and said as such.
    if (error instanceof Failure) throw error;
    throw new Refused(failedCheckOf(error));
  }
}

function isAccessToken(typ: unknown): boolean {
  if (typ === undefined) return true;
  return typeof typ === 'string' && ['jwt', 'at+jwt', 'application/at+jwt'].includes(typ.toLowerCase());
}

function expiryOf({ exp = 0, iat = 0 }: Payload, maxAgeSeconds: number): number {
  return Math.min(exp * 1_000, (iat + maxAgeSeconds) * 1_000, Date.now() + rememberedMs);
}

interface Remembered {
  readonly caller: Caller;
  readonly until: number;
}

/** Callers by the hash of the header with their token: checking a signature costs more than a small query does. */
class RememberedCallers {
  readonly #callers = new Map<string, Remembered>();
  #organizations = 0;

  get(hash: string): Caller | undefined {
    const found = this.#callers.get(hash);
    if (!found) return undefined;
    if (found.until > Date.now()) return found.caller;
    this.#forget(hash, found);
    return undefined;
  }

  set(hash: string, caller: Caller, until: number): void {
    // Two requests at once may have checked the same token.
    const before = this.#callers.get(hash);
    if (before) this.#forget(hash, before);
    this.#callers.set(hash, { caller, until });
    this.#organizations += organizationsIn(caller.scope);
    for (const [oldest, remembered] of this.#callers) {
      if (this.#callers.size <= mostRemembered && this.#organizations <= mostOrganizations) return;
      this.#forget(oldest, remembered);
    }
  }

  #forget(hash: string, { caller }: Remembered): void {
    this.#callers.delete(hash);
    this.#organizations -= organizationsIn(caller.scope);
  }
}
