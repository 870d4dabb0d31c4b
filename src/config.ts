import { resolve } from 'node:path';
import { readVariables, UsageError, type Environment, type Values } from './config/variables.ts';

export type Config = ReturnType<typeof readConfig>;

/** The environment as one frozen value. Throws a `UsageError` that names the first variable that cannot be used. */
export function readConfig(environment: Environment) {
  const values = readVariables(environment);
  const issuer = issuerOf(values);
  const isEmbedded = values.DATABASE_URL === undefined;
  if (!isEmbedded && !issuer) {
    throw new UsageError(
      'AUTH_JWKS_URL or AUTH_PUBLIC_KEY is needed with DATABASE_URL: the development key opens the embedded database only.',
    );
  }
  if (values.TRUSTED_DOCUMENTS_ONLY && !values.TRUSTED_DOCUMENTS) {
    throw new UsageError('TRUSTED_DOCUMENTS_ONLY needs TRUSTED_DOCUMENTS: the path of a manifest.');
  }
  const port = values.PORT ?? 4000;
  if (values.METRICS_PORT === port) throw new UsageError(`METRICS_PORT and PORT must not both be ${port}.`);
  return freeze({
    host: values.HOST ?? '127.0.0.1',
    port,
    metricsPort: values.METRICS_PORT,
    subgraph: values.SUBGRAPH ?? 'timeback',
    federation: {
      /** Off where clients come in without a gateway: `_service` shows the whole schema, introspection or not. */
      isOpen: values.FEDERATION ?? true,
      representations: values.LIMIT_REPRESENTATIONS ?? 1_000,
    },
    /** The embedded database with demo data, open to the development key: where helpful messages cannot harm. */
    isDevelopment: isEmbedded && !issuer,
    dataFolder: resolve(values.EMBEDDED_DATA_DIR ?? '.timeback'),
    database: databaseOf(values),
    auth: {
      issuer,
      orgsClaim: values.AUTH_ORGS_CLAIM ?? 'org_ids',
      unrestrictedClaim: values.AUTH_UNRESTRICTED_CLAIM,
      maxAgeSeconds: values.AUTH_MAX_AGE_SECONDS ?? 86_400,
      clockToleranceSeconds: values.AUTH_CLOCK_TOLERANCE_SECONDS ?? 60,
      maxOrgs: values.AUTH_MAX_ORGS ?? 256,
    },
    graphiql: values.GRAPHIQL ?? isEmbedded,
    introspection: values.INTROSPECTION ?? isEmbedded,
    explain: values.EXPLAIN ?? isEmbedded,
    corsOrigins: values.CORS_ORIGINS ?? [],
    trustedDocuments: {
      path: values.TRUSTED_DOCUMENTS,
      only: values.TRUSTED_DOCUMENTS_ONLY ?? false,
    },
    logLevel: values.LOG_LEVEL ?? 'info',
    limits: {
      isEnforced: values.LIMITS_MODE !== 'measure',
      tokens: values.LIMIT_TOKENS ?? 2_000,
      depth: values.LIMIT_DEPTH ?? 12,
      aliases: values.LIMIT_ALIASES ?? 30,
      rootFields: values.LIMIT_ROOT_FIELDS ?? 20,
      directives: values.LIMIT_DIRECTIVES ?? 20,
      fields: values.LIMIT_FIELDS ?? 5_000,
      repeats: values.LIMIT_REPEATS ?? 100,
      page: values.LIMIT_PAGE ?? 1_000,
      nodes: values.LIMIT_NODES ?? 50_000,
      cost: values.LIMIT_COST ?? 100_000,
      values: values.LIMIT_VALUES ?? 1_000_000,
      conditions: values.LIMIT_CONDITIONS ?? 1_000,
    },
    bodyBytes: values.LIMIT_BODY_BYTES ?? 262_144,
    requestMs: values.LIMIT_REQUEST_MS ?? 10_000,
    admission: {
      concurrency: values.LIMIT_CONCURRENCY ?? 16,
      perCaller: values.LIMIT_CALLER_CONCURRENCY ?? 8,
      queue: values.LIMIT_QUEUE ?? 256,
      queueMs: values.LIMIT_QUEUE_MS ?? 2_000,
    },
    shutdownGraceMs: values.SHUTDOWN_GRACE_MS ?? 10_000,
  });
}

/** For commands that talk to a database and serve nobody. */
export function readDatabaseConfig(environment: Environment) {
  return databaseOf(readVariables(environment));
}

function databaseOf(values: Values) {
  return {
    url: values.DATABASE_URL,
    schema: values.DATABASE_SCHEMA ?? 'analytics_production',
    poolSize: values.DATABASE_POOL_SIZE ?? 8,
    poolWaitMs: values.DATABASE_POOL_WAIT_MS ?? 500,
    prepared: values.DATABASE_PREPARED ?? true,
    setting: {
      name: values.SCOPE_SETTING ?? 'app.allowed_org_ids',
      format: values.SCOPE_FORMAT ?? 'csv',
      unrestrictedValue: values.SCOPE_UNRESTRICTED_VALUE ?? '*',
    },
  } as const;
}

export interface Issuer {
  readonly keys: { readonly jwksUrl: string } | { readonly publicKey: string };
  readonly issuer: string;
  readonly audience: string;
}

function issuerOf(values: Values): Issuer | undefined {
  const { AUTH_JWKS_URL: jwksUrl, AUTH_PUBLIC_KEY: publicKey, AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience } = values;
  if (jwksUrl && publicKey) throw new UsageError('AUTH_JWKS_URL and AUTH_PUBLIC_KEY exclude each other: set one.');
  const keys = jwksUrl ? { jwksUrl } : publicKey ? { publicKey } : undefined;
  if (!keys) {
    const stray = issuer ? 'AUTH_ISSUER' : audience ? 'AUTH_AUDIENCE' : undefined;
    if (stray) throw new UsageError(`${stray} needs AUTH_JWKS_URL or AUTH_PUBLIC_KEY: who signs the tokens.`);
    return undefined;
  }
  // Without these two, every token that the same issuer signs for anybody else would open this graph.
  if (!issuer) throw new UsageError('AUTH_ISSUER is needed: the `iss` of the tokens.');
  if (!audience) throw new UsageError('AUTH_AUDIENCE is needed: the `aud` of the tokens.');
  return { keys, issuer, audience };
}

function freeze<T extends object>(value: T): T {
  for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) freeze(inner);
  return Object.freeze(value);
}
