import { createPublicKey } from 'node:crypto';
import { z } from 'zod';
import { isUuid } from '../uuid.ts';
import { databaseUrlWords, isDatabaseUrl } from './databaseUrl.ts';

/** Variables or a flag that cannot be used. The program shows its text, alone, and ends with 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

const onOff = z
  .string()
  .toLowerCase()
  .pipe(z.enum(['on', 'off', 'true', 'false', '1', '0']))
  .transform((word) => word === 'on' || word === 'true' || word === '1');

const whole = (smallest: number, greatest: number) =>
  z
    .string()
    .regex(/^\d{1,10}$/)
    .transform(Number)
    .pipe(z.number().min(smallest).max(greatest));

const word = z.string().min(1).max(500);
const settingName = z.string().regex(/^[a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*$/i);

/** Only the exact origin that a browser sends: no path, no star. */
const isOrigin = (text: string) => URL.canParse(text) && new URL(text).origin === text;

const isPublicKey = (pem: string) => {
  // Node would quietly take the public half of a private key, which has no business in this process.
  if (!pem.includes('-----BEGIN PUBLIC KEY-----')) return false;
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey(pem);
    if (asymmetricKeyType === 'rsa') return (asymmetricKeyDetails?.modulusLength ?? 0) >= 2048;
    if (asymmetricKeyType === 'ec') {
      return ['prime256v1', 'secp384r1', 'secp521r1'].includes(asymmetricKeyDetails?.namedCurve ?? '');
    }
    return asymmetricKeyType === 'ed25519';
  } catch {
    return false;
  }
};

const isJwksUrl = (text: string) => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  // What fetches the keys refuses a URL with them.
  if (username !== '' || password !== '') return false;
  // Whoever can change the keys on their way can sign any token.
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname));
};

/** As a scope is written, with commas or as an array: callers of these organisations would be taken for one without limit. */
const isOfOrganizations = (text: string) =>
  text
    .replace(/^\{(.*)\}$/, '$1')
    .split(',')
    .every((part) => isUuid(part.trim()));

/** Each variable: what it may hold, and the words that say so when it holds something else. */
const variables = {
  PORT: [whole(0, 65_535), 'a port number from 0 to 65535'],
  HOST: [word, 'a host name or address'],
  METRICS_PORT: [whole(1, 65_535), 'a port number from 1 to 65535'],
  DATABASE_URL: [z.string().refine(isDatabaseUrl), databaseUrlWords],
  DATABASE_SCHEMA: [z.string().regex(/^[a-z_][a-z0-9_$]{0,62}$/i), 'the name of a schema'],
  DATABASE_POOL_SIZE: [whole(1, 500), 'a number from 1 to 500'],
  DATABASE_POOL_WAIT_MS: [whole(1, 60_000), 'milliseconds from 1 to 60000'],
  DATABASE_PREPARED: [onOff, 'on or off'],
  EMBEDDED_DATA_DIR: [word, 'a folder'],
  SUBGRAPH: [
    z.enum(['timeback', 'students', 'sessions', 'insights', 'curriculum']),
    'timeback, students, sessions, insights or curriculum',
  ],
  FEDERATION: [onOff, 'on or off'],
  AUTH_JWKS_URL: [
    z.string().refine(isJwksUrl),
    'an https:// URL without user and password (http:// on this machine only)',
  ],
  AUTH_PUBLIC_KEY: [
    z
      .string()
      .transform((pem) => pem.replaceAll(String.raw`\n`, '\n'))
      .refine(isPublicKey),
    'a public key as PEM text: RSA of 2048 bits or more, P-256, P-384, P-521 or Ed25519',
  ],
  AUTH_ISSUER: [word, 'the `iss` of the tokens'],
  AUTH_AUDIENCE: [word, 'the `aud` of the tokens'],
  AUTH_ORGS_CLAIM: [word, 'the name of a claim, or a path such as ext.orgs'],
  AUTH_UNRESTRICTED_CLAIM: [word, 'the name of a claim, or a path such as ext.internal'],
  AUTH_MAX_AGE_SECONDS: [whole(60, 31_536_000), 'seconds from 60 to 31536000'],
  AUTH_CLOCK_TOLERANCE_SECONDS: [whole(0, 60), 'seconds from 0 to 60'],
  AUTH_MAX_ORGS: [whole(1, 5_000), 'a number from 1 to 5000'],
  SCOPE_SETTING: [settingName, 'the name of a setting with a prefix, such as app.allowed_org_ids'],
  SCOPE_FORMAT: [z.enum(['csv', 'array']), 'csv or array'],
  SCOPE_UNRESTRICTED_VALUE: [
    word.refine((text) => !isOfOrganizations(text)),
    'the text that means every organisation, and no list of UUIDs',
  ],
  GRAPHIQL: [onOff, 'on or off'],
  INTROSPECTION: [onOff, 'on or off'],
  EXPLAIN: [onOff, 'on or off'],
  CORS_ORIGINS: [
    z
      .string()
      .transform((list) => list.split(',').map((origin) => origin.trim()))
      .refine((origins) => origins.every(isOrigin)),
    'origins such as https://app.example.com, separated by commas; * is not one',
  ],
  TRUSTED_DOCUMENTS: [word, 'the path of a manifest'],
  TRUSTED_DOCUMENTS_ONLY: [onOff, 'on or off'],
  LOG_LEVEL: [
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
    'fatal, error, warn, info, debug, trace or silent',
  ],
  LIMITS_MODE: [z.enum(['enforce', 'measure']), 'enforce or measure'],
  LIMIT_TOKENS: [whole(1, 1_000_000), 'a number from 1 to 1000000'],
  LIMIT_DEPTH: [whole(1, 1_000), 'a number from 1 to 1000'],
  LIMIT_ALIASES: [whole(0, 100_000), 'a number from 0 to 100000'],
  LIMIT_ROOT_FIELDS: [whole(1, 10_000), 'a number from 1 to 10000'],
  LIMIT_DIRECTIVES: [whole(0, 100_000), 'a number from 0 to 100000'],
  LIMIT_FIELDS: [whole(1, 10_000_000), 'a number from 1 to 10000000'],
  LIMIT_REPEATS: [whole(1, 100_000), 'a number from 1 to 100000'],
  LIMIT_PAGE: [whole(1, 1_000), 'a number from 1 to 1000'],
  LIMIT_REPRESENTATIONS: [whole(1, 50_000), 'a number from 1 to 50000'],
  LIMIT_NODES: [whole(1, 100_000_000), 'a number from 1 to 100000000'],
  LIMIT_COST: [whole(1, 1_000_000_000), 'a number from 1 to 1000000000'],
  LIMIT_VALUES: [whole(1, 1_000_000_000), 'a number from 1 to 1000000000'],
  LIMIT_CONDITIONS: [whole(1, 1_000_000), 'a number from 1 to 1000000'],
  LIMIT_BODY_BYTES: [whole(1_024, 10_485_760), 'bytes from 1024 to 10485760'],
  LIMIT_REQUEST_MS: [whole(100, 300_000), 'milliseconds from 100 to 300000'],
  LIMIT_CONCURRENCY: [whole(1, 10_000), 'a number from 1 to 10000'],
  LIMIT_CALLER_CONCURRENCY: [whole(1, 10_000), 'a number from 1 to 10000'],
  LIMIT_QUEUE: [whole(0, 100_000), 'a number from 0 to 100000'],
  LIMIT_QUEUE_MS: [whole(1, 60_000), 'milliseconds from 1 to 60000'],
  SHUTDOWN_GRACE_MS: [whole(0, 600_000), 'milliseconds from 0 to 600000'],
} as const satisfies Record<string, readonly [z.ZodType<unknown, string>, string | ((text: string) => string)]>;

type Variables = typeof variables;
export type VariableName = keyof Variables;
export const variableNames = Object.keys(variables) as VariableName[];
export type Values = { readonly [Name in keyof Variables]?: z.output<Variables[Name][0]> };

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Parsed {
  readonly values: Values;
  /** By the variable that cannot be used, the line that says so. */
  readonly mistakes: ReadonlyMap<string, string>;
}

export function parseVariables(environment: Environment): Parsed {
  const values: Record<string, unknown> = {};
  const mistakes = new Map<string, string>();
  for (const [name, [type, allowed]] of Object.entries(variables)) {
    const text = environment[name]?.trim();
    // What a compose file passes on without a value is not set.
    if (text === undefined || text === '') continue;
    const result = type.safeParse(text);
    if (result.success) values[name] = result.data;
    // Never the value itself: a database URL holds a password.
    else mistakes.set(name, `${name} must be ${typeof allowed === 'string' ? allowed : allowed(text)}.`);
  }
  return { values, mistakes };
}

/** Throws a `UsageError` with a line for each variable that cannot be used. */
export function readVariables(environment: Environment): Values {
  const { values, mistakes } = parseVariables(environment);
  refuse([...mistakes.values()]);
  return values;
}

export function refuse(mistakes: readonly string[]): void {
  if (mistakes.length > 0) throw new UsageError(mistakes.join('\n'));
}
