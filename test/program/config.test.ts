import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { straysIn } from '../../src/config/strays.ts';
import { UsageError, variableNames } from '../../src/config/variables.ts';
import { orgA, orgB } from './support.ts';

const pem = ({ publicKey }: { publicKey: KeyObject }) => publicKey.export({ type: 'spki', format: 'pem' }).toString();
const publicKey = pem(generateKeyPairSync('ec', { namedCurve: 'P-256' }));
const issuer = { AUTH_PUBLIC_KEY: publicKey, AUTH_ISSUER: 'https://issuer.example', AUTH_AUDIENCE: 'timeback' };
const production = { ...issuer, DATABASE_URL: 'postgres://reader:s3cret@db.example/analytics' };

describe('without variables', () => {
  it('serves the embedded database, open to the development key', () => {
    const config = readConfig({});
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 4000,
      subgraph: 'timeback',
      isDevelopment: true,
      graphiql: true,
      introspection: true,
      explain: true,
      corsOrigins: [],
      logLevel: 'info',
      bodyBytes: 262_144,
      requestMs: 10_000,
    });
    expect(config.database).toMatchObject({
      url: undefined,
      schema: 'analytics_production',
      prepared: true,
      setting: { name: 'app.allowed_org_ids', format: 'csv', unrestrictedValue: '*' },
    });
    expect(config.auth).toMatchObject({
      issuer: undefined,
      orgsClaim: 'org_ids',
      unrestrictedClaim: undefined,
      maxOrgs: 256,
    });
    expect(config.limits).toEqual({
      isEnforced: true,
      tokens: 2_000,
      depth: 12,
      aliases: 30,
      rootFields: 20,
      directives: 20,
      fields: 5_000,
      repeats: 100,
      page: 1_000,
      nodes: 50_000,
      cost: 100_000,
      values: 1_000_000,
      conditions: 1_000,
    });
  });

  it('takes what is set to nothing as not set', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: ' ', SUBGRAPH: '' })).toEqual(readConfig({}));
  });

  it('cannot be changed afterwards', () => {
    const config = readConfig({}) as { limits: { depth: number } };
    expect(() => (config.limits.depth = 1_000)).toThrow(TypeError);
  });
});

describe('with a database of its own', () => {
  it('keeps page, schema and plans to itself', () => {
    expect(readConfig(production)).toMatchObject({
      isDevelopment: false,
      graphiql: false,
      introspection: false,
      explain: false,
      auth: {
        issuer: { issuer: 'https://issuer.example', audience: 'timeback', keys: { publicKey: publicKey.trim() } },
      },
    });
  });

  it('reads a key whose line ends were written as \\n', () => {
    const { auth } = readConfig({ ...production, AUTH_PUBLIC_KEY: publicKey.replaceAll('\n', String.raw`\n`) });
    expect(auth.issuer?.keys).toEqual({ publicKey });
  });

  it('is read from every variable', () => {
    expect(
      readConfig({
        ...production,
        HOST: '0.0.0.0',
        PORT: '8080',
        METRICS_PORT: '9090',
        SUBGRAPH: 'students',
        DATABASE_SCHEMA: 'analytics_staging',
        DATABASE_POOL_SIZE: '20',
        DATABASE_PREPARED: 'off',
        AUTH_ORGS_CLAIM: 'ext.orgs',
        AUTH_UNRESTRICTED_CLAIM: 'ext.internal',
        SCOPE_SETTING: 'tenant.ids',
        SCOPE_FORMAT: 'array',
        SCOPE_UNRESTRICTED_VALUE: 'all',
        GRAPHIQL: 'on',
        INTROSPECTION: 'TRUE',
        EXPLAIN: '1',
        CORS_ORIGINS: 'https://app.example, http://localhost:5173',
        TRUSTED_DOCUMENTS: 'documents.json',
        TRUSTED_DOCUMENTS_ONLY: 'on',
        LOG_LEVEL: 'warn',
        LIMITS_MODE: 'measure',
        LIMIT_DEPTH: '7',
      }),
    ).toMatchObject({
      host: '0.0.0.0',
      port: 8080,
      metricsPort: 9090,
      subgraph: 'students',
      graphiql: true,
      introspection: true,
      explain: true,
      corsOrigins: ['https://app.example', 'http://localhost:5173'],
      trustedDocuments: { path: 'documents.json', only: true },
      logLevel: 'warn',
      limits: { isEnforced: false, depth: 7 },
      auth: { orgsClaim: 'ext.orgs', unrestrictedClaim: 'ext.internal' },
      database: {
        schema: 'analytics_staging',
        poolSize: 20,
        prepared: false,
        setting: { name: 'tenant.ids', format: 'array', unrestrictedValue: 'all' },
      },
    });
  });
});

describe('a value that cannot be used', () => {
  const weakRsa = pem(generateKeyPairSync('rsa', { modulusLength: 1024 }));
  const otherCurve = pem(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }));
  const privateKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  });
  const cases: [variable: string, value: string][] = [
    ['PORT', 'abc'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['METRICS_PORT', '0'],
    ['SUBGRAPH', 'teachers'],
    ['DATABASE_URL', 'mysql://reader:s3cret@db/analytics'],
    ['DATABASE_URL', 'postgres://'],
    ['DATABASE_URL', 'postgres://reader:s3cret#1@127.0.0.1/analytics'],
    ['DATABASE_URL', 'postgres://reader:s3cret/1@127.0.0.1/analytics'],
    ['DATABASE_URL', 'postgres://reader:12#s3cret@127.0.0.1/analytics'],
    ['DATABASE_URL', 'postgres://reader:s3cret%E4@127.0.0.1/analytics'],
    ['DATABASE_URL', 'postgres://reader:s3cret@127.0.0.1:99999/analytics'],
    ['DATABASE_URL', 'postgres://reader:s3cret@db/analytics?sslmode=verify-full&sslrootcert=/s3cret'],
    ['DATABASE_URL', 'postgres://reader:s3cret@db/analytics?uselibpqcompat=true&sslmode=verify-ca'],
    ['DATABASE_URL', 'postgres://reader:s3cret@db/analytics?sslmode=bogus'],
    ['DATABASE_URL', 'postgres://reader:s3cret@db/analytics?sslmode=allow'],
    ['DATABASE_URL', 'postgres://reader:s3cret@db/analytics?application_name=a&sslmode=REQUIRE'],
    ['DATABASE_URL', 'postgres://reader:s3cret@db/analytics?sslmode='],
    ['DATABASE_URL', 'postgres://reader:s3cret@db/analytics?sslmode=verify-full&sslmode=s3cret'],
    ['DATABASE_SCHEMA', 'a; drop schema b'],
    ['DATABASE_POOL_SIZE', '0'],
    ['DATABASE_PREPARED', 'maybe'],
    ['AUTH_JWKS_URL', 'http://issuer.example/jwks'],
    ['AUTH_JWKS_URL', 'file:///etc/passwd'],
    ['AUTH_JWKS_URL', 'issuer'],
    // What fetch refuses.
    ['AUTH_JWKS_URL', 'https://graph@issuer.example/jwks'],
    ['AUTH_JWKS_URL', 'https://:s3cret@issuer.example/jwks'],
    ['AUTH_PUBLIC_KEY', 's3cret'],
    ['AUTH_PUBLIC_KEY', weakRsa],
    ['AUTH_PUBLIC_KEY', otherCurve],
    ['AUTH_PUBLIC_KEY', String(privateKey)],
    ['AUTH_CLOCK_TOLERANCE_SECONDS', '61'],
    ['SCOPE_SETTING', 'allowed_org_ids'],
    ['SCOPE_SETTING', "app.x', ''); select ('"],
    ['SCOPE_FORMAT', 'json'],
    // A caller of this organisation would be told from nobody who may see all.
    ['SCOPE_UNRESTRICTED_VALUE', orgA],
    ['SCOPE_UNRESTRICTED_VALUE', orgA.toUpperCase()],
    ['SCOPE_UNRESTRICTED_VALUE', `${orgA}, ${orgB}`],
    ['SCOPE_UNRESTRICTED_VALUE', `{${orgA}}`],
    ['GRAPHIQL', 'yes please'],
    ['CORS_ORIGINS', '*'],
    ['CORS_ORIGINS', 'null'],
    ['CORS_ORIGINS', 'https://app.example/'],
    ['CORS_ORIGINS', 'https://app.example,'],
    ['LOG_LEVEL', 'loud'],
    ['LIMITS_MODE', 'off'],
    ['LIMIT_DEPTH', '0'],
    ['LIMIT_PAGE', '1001'],
    ['LIMIT_NODES', '1e3'],
    ['LIMIT_CONDITIONS', '0'],
    ['LIMIT_VALUES', '-1'],
  ];
  it.each(cases)('%s=%s is one line that names the variable and not the value', (variable, value) => {
    const message = messageOf({ ...production, [variable]: value });
    expect(message).toMatch(new RegExp(`^${variable} must be .+\\.$`));
    expect(message).not.toContain('\n');
    expect(message).not.toContain('s3cret');
  });

  const urls: [what: string, rest: string, text: RegExp][] = [
    ['password', 'p#ss@127.0.0.1/db', /special characters of its user and password are percent-encoded/],
    [
      'file',
      'p@db/a?sslmode=verify-full&sslrootcert=/nope',
      /files can be read: that of sslrootcert cannot \(ENOENT\)/,
    ],
    ['folder', 'p@db/a?sslcert=/&sslkey=/', /files can be read: that of sslcert or sslkey cannot \(EISDIR\)/],
    ['mode', 'p@db/a?sslmode=on', /an sslmode that is disable, prefer, require, verify-ca, verify-full or no-verify/],
    ['certificate', 'p@db/a?uselibpqcompat=true&sslmode=verify-ca', /an sslrootcert where its sslmode is verify-ca/],
  ];
  it.each(urls)('a URL of a database says what is wrong with its %s', (_, rest, text) => {
    expect(messageOf({ ...production, DATABASE_URL: `postgres://u:${rest}` })).toMatch(text);
  });

  it.each(['disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'])(
    'a URL of a database may have the mode %s',
    (mode) => {
      const url = `postgres://u:p@db/a?sslmode=${mode}`;
      expect(readConfig({ ...production, DATABASE_URL: url }).database.url).toBe(url);
    },
  );

  it('a URL of a database may have any password, once it is encoded', () => {
    const password = encodeURIComponent('p#s/s?@:%ä [');
    const url = `postgres://u:${password}@127.0.0.1:5433/db?sslmode=verify-full`;
    expect(readConfig({ ...production, DATABASE_URL: url }).database.url).toBe(url);
  });

  const together: [what: string, environment: Record<string, string>, text: RegExp][] = [
    [
      'a database without an issuer',
      { DATABASE_URL: production.DATABASE_URL },
      /^AUTH_JWKS_URL or AUTH_PUBLIC_KEY is needed/,
    ],
    ['two sources of keys', { ...production, AUTH_JWKS_URL: 'https://issuer.example/jwks' }, /exclude each other/],
    ['a key without an issuer', { AUTH_PUBLIC_KEY: publicKey, AUTH_AUDIENCE: 'a' }, /^AUTH_ISSUER is needed/],
    ['a key without an audience', { AUTH_PUBLIC_KEY: publicKey, AUTH_ISSUER: 'a' }, /^AUTH_AUDIENCE is needed/],
    ['an issuer without a key', { AUTH_ISSUER: 'a' }, /^AUTH_ISSUER needs/],
    ['one port for two', { PORT: '9090', METRICS_PORT: '9090' }, /^METRICS_PORT and PORT must not both be 9090\.$/],
    ['the usual port for metrics', { METRICS_PORT: '4000' }, /^METRICS_PORT and PORT must not both be 4000\.$/],
    ['trusted documents only, without any', { TRUSTED_DOCUMENTS_ONLY: 'on' }, /^TRUSTED_DOCUMENTS_ONLY needs/],
  ];
  it('are told all at once, and nothing is concluded from one that cannot be used', () => {
    expect(
      messageOf({
        PORT: 'abc',
        METRICS_PORT: '4000',
        DATABASE_URL: production.DATABASE_URL,
        AUTH_JWKS_URL: 'issuer',
        LIMIT_DEPTH: '0',
        TRUSTED_DOCUMENTS_ONLY: 'on',
      }).split('\n'),
    ).toEqual([
      'PORT must be a port number from 0 to 65535.',
      expect.stringMatching(/^AUTH_JWKS_URL must be an https/),
      'LIMIT_DEPTH must be a number from 1 to 1000.',
      'TRUSTED_DOCUMENTS_ONLY needs TRUSTED_DOCUMENTS: the path of a manifest.',
    ]);
    expect(messageOf({ AUTH_PUBLIC_KEY: publicKey, PORT: '9090', METRICS_PORT: '9090' }).split('\n')).toEqual([
      'AUTH_ISSUER is needed: the `iss` of the tokens.',
      'AUTH_AUDIENCE is needed: the `aud` of the tokens.',
      'METRICS_PORT and PORT must not both be 9090.',
    ]);
  });

  it.each(together)('%s is refused', (_, environment, text) => {
    expect(messageOf(environment)).toMatch(text);
  });
});

describe('a variable that looks like one of ours', () => {
  const strays: [name: string, instead: string][] = [
    ['LIMIT_DEPHT', ' There is LIMIT_DEPTH.'],
    ['limit_depth', ' There is LIMIT_DEPTH.'],
    ['LIMIT_MODE', ' There is LIMITS_MODE.'],
    ['DATABSE_URL', ' There is DATABASE_URL.'],
    ['CORS_ORIGIN', ' There is CORS_ORIGINS.'],
    ['AUTH_JWK_URL', ' There is AUTH_JWKS_URL.'],
    ['LOGLEVEL', ' There is LOG_LEVEL.'],
    ['DATABASE_PASSWORD', ''],
  ];
  it.each(strays)('and is none is told, without its value: %s', (name, instead) => {
    expect(straysIn({ ...production, [name]: 's3cret' })).toEqual([
      `${name} is not read: there is no such variable.${instead}`,
    ]);
  });

  it('is not told where it is somebody else’s, or not set', () => {
    const others = {
      PATH: '/bin',
      PORTS: '1',
      HOSTNAME: 'graph',
      NODE_ENV: 'production',
      OTEL_SERVICE_NAME: 'graph',
      TEST_DATABASE_URL: 'postgres://localhost',
      LIMIT_DEPHT: ' ',
      // As Kubernetes tells of services that are called `auth` and `database`.
      AUTH_SERVICE_HOST: '10.0.0.1',
      AUTH_SERVICE_PORT_HTTP: '80',
      DATABASE_PORT: 'tcp://10.0.0.1:5432',
      DATABASE_PORT_5432_TCP_ADDR: '10.0.0.1',
    };
    expect(straysIn(others)).toEqual([]);
    expect(straysIn(Object.fromEntries(variableNames.map((name) => [name, '1'])))).toEqual([]);
  });
});

function messageOf(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as UsageError).message;
  }
  throw new Error('It was accepted.');
}
