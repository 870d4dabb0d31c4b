/** Who asks in a benchmark: callers of one school, of twenty and of all, and the key that signs their tokens. */
import { generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { volumeId } from '../src/database/data/ids.ts';

export type Width = 'one' | 'twenty' | 'all' | 'apart';

const schools = { small: 7, medium: 18, large: 180 } as const;
const districts = { small: 1, medium: 2, large: 20 } as const;

const issuer = 'https://issuer.example';
const audience = 'timeback-graph';
const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** The configuration by which every server checks the same tokens. */
export const authentication = {
  AUTH_PUBLIC_KEY: keys.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  AUTH_ISSUER: issuer,
  AUTH_AUDIENCE: audience,
};

export function orgIdsOf(size: keyof typeof schools, width: Width): readonly string[] {
  const twenty = Math.min(20, schools[size]);
  const count = { one: 1, twenty, apart: twenty, all: schools[size] }[width];
  return Array.from({ length: count }, (_, n) => volumeId('organization', districts[size] + 1 + n));
}

/**
 * Those who send a workload: people with the same organisations, four because nobody may take all places of a server alone,
 * or people of whom everyone has, besides twenty schools, an organisation of her own.
 */
export function peopleOf(
  size: keyof typeof schools,
  width: Width,
  people = width === 'apart' ? 16 : 4,
): Promise<readonly string[]> {
  if (width !== 'apart') return tokensOf(orgIdsOf(size, width), people);
  // Far beyond those that there are: nobody else has them, and no row.
  const own = Array.from({ length: people }, (_, n) => volumeId('organization', 1_000_000 + n));
  return Promise.all(own.map((id, n) => sign([...orgIdsOf(size, width), id], n)));
}

export function tokensOf(orgIds: readonly string[], people: number): Promise<readonly string[]> {
  return Promise.all(Array.from({ length: people }, (_, n) => sign(orgIds, n)));
}

function sign(orgIds: readonly string[], person: number): Promise<string> {
  return new SignJWT({ org_ids: orgIds })
    .setProtectedHeader({ alg: 'ES256' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(`caller ${person}`)
    .setIssuedAt()
    .setExpirationTime('6h')
    .sign(keys.privateKey);
}
