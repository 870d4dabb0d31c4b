import { createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { chmodSync, linkSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import type { Issuer } from '../config.ts';
import { UsageError } from '../config/variables.ts';
import { makeFolder } from '../makeFolder.ts';
import type { Scope } from '../scope.ts';

const issuer = 'timeback-graph-development';
const audience = 'timeback-graph';

/** In tokens of the development key, the claim that an operator would name with `AUTH_UNRESTRICTED_CLAIM`. */
export const developmentUnrestrictedClaim = 'unrestricted';

export interface DevelopmentKey {
  readonly issuer: Issuer;
  sign(caller: { subject: string; scope: Scope; seconds: number }): Promise<string>;
}

/** The key that signs tokens for the embedded database, made on the first use and kept beside the data. */
export function openDevelopmentKey(folder: string): DevelopmentKey {
  const privateKey = createPrivateKey(keyOf(folder));
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();
  return {
    issuer: { keys: { publicKey }, issuer, audience },
    sign({ subject, scope, seconds }) {
      const claims =
        scope.kind === 'unrestricted' ? { [developmentUnrestrictedClaim]: true } : { org_ids: scope.orgIds };
      const now = Math.floor(Date.now() / 1_000);
      return new SignJWT(claims)
        .setProtectedHeader({ alg: 'ES256', typ: 'JWT' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(subject)
        .setIssuedAt(now)
        .setExpirationTime(now + seconds)
        .sign(privateKey);
    },
  };
}

/** Whoever starts anything with the embedded database comes by here first, so here it is said if its folder is of no use. */
function keyOf(folder: string): string {
  const path = join(folder, 'development-key.pem');
  try {
    return read(path) ?? create(folder, path);
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    throw new UsageError(
      `EMBEDDED_DATA_DIR must be a folder that may be read and written; ${folder} is none (${code}).`,
    );
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Two starts at once: both write a key aside, one of them becomes the key, both use that one. */
function create(folder: string, path: string): string {
  makeFolder(folder);
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const aside = `${path}.${randomUUID()}`;
  writeFileSync(aside, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  // The mode of a new file is cut by the umask, never widened; said again for file systems that ignore it.
  chmodSync(aside, 0o600);
  try {
    linkSync(aside, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(aside);
  }
  return readFileSync(path, 'utf8');
}
