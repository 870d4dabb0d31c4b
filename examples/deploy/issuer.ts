/**
 * `npx tsx examples/deploy/issuer.ts`: an issuer for trying out `compose.yaml`. It writes the .env that is read there, prints a token of
 * the district leader for a day, and forgets the key that it signed with. A real graph gets the URL of its issuer's keys in AUTH_JWKS_URL.
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SignJWT } from 'jose';
import { demoCallers } from '../../src/database/data/callers.ts';

const issuer = 'https://issuer.example';
const audience = 'timeback-graph';
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString().trim();

const variables = {
  POSTGRES_PASSWORD: randomBytes(16).toString('hex'),
  READER_PASSWORD: randomBytes(16).toString('hex'),
  AUTH_PUBLIC_KEY: pem.replaceAll('\n', String.raw`\n`),
  AUTH_ISSUER: issuer,
  AUTH_AUDIENCE: audience,
};
const folder = resolve(process.argv[2] ?? import.meta.dirname);
const lines = Object.entries(variables).map(([name, value]) => `${name}='${value}'\n`);
writeFileSync(join(folder, '.env'), lines.join(''), { mode: 0o600 });

const { subject, orgIds } = demoCallers[0]!;
const token = await new SignJWT({ org_ids: orgIds })
  .setProtectedHeader({ alg: 'ES256' })
  .setIssuer(issuer)
  .setAudience(audience)
  .setSubject(subject)
  .setIssuedAt()
  .setExpirationTime('1d')
  .sign(privateKey);
process.stdout.write(`${token}\n`);
