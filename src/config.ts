import { resolve } from 'node:path';
import {
  parseVariables,
  readVariables,
  refuse,
  type Environment,
  type Values,
  type VariableName,
} from './config/variables.ts';

export type Config = ReturnType<typeof readConfig>;

const usualPort = 4000;

/** The environment as one frozen value. Throws a `UsageError` with a line for each mistake in it. */
export function readConfig(environment: Environment) {
  const { values, mistakes } = parseVariables(environment);
  refuse([...mistakes.values(), ...mistakesOfSeveral(values, mistakes)]);
  const issuer = issuerOf(values);
  const isEmbedded = values.DATABASE_URL === undefined;
  const port = values.PORT ?? usualPort;
  return freeze({
    host: values.HOST ?? '127.0.0.1',
    port,
    metricsPort: values.METRICS_PORT,
    subgraph: values.SUBGRAPH ?? 'timeback',
    federation: {
      /** Off where clients come in without a gateway: `_service` shows the whole schema, introspection or not. */
      isOpen: values.FEDERATION ?? true,
      representations: values.LIMIT_REPRESENTATIONS ?? values.LIMIT_PAGE ?? 1_000,
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
  const keys = jwksUrl ? { jwksUrl } : publicKey ? { publicKey } : undefined;
  return keys && issuer && audience ? { keys, issuer, audience } : undefined;
}

/** What only several variables together can have wrong. Nothing is said of one that has a mistake of its own. */
function mistakesOfSeveral(values: Values, unusable: ReadonlyMap<string, string>): readonly string[] {
  const found: string[] = [];
  const refuseIf = (isWrong: boolean, text: string, ...names: readonly VariableName[]) => {
    if (isWrong && !names.some((name) => unusable.has(name))) found.push(text);
  };
  const { AUTH_JWKS_URL: jwksUrl, AUTH_PUBLIC_KEY: publicKey, AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience } = values;
  const keys = ['AUTH_JWKS_URL', 'AUTH_PUBLIC_KEY'] as const;
  const [hasKeys, needs] = [
    Boolean(jwksUrl ?? publicKey),
    'needs AUTH_JWKS_URL or AUTH_PUBLIC_KEY: who signs the tokens.',
  ];
  refuseIf(Boolean(jwksUrl && publicKey), 'AUTH_JWKS_URL and AUTH_PUBLIC_KEY exclude each other: set one.');
  refuseIf(!hasKeys && Boolean(issuer), `AUTH_ISSUER ${needs}`, ...keys);
  refuseIf(!hasKeys && Boolean(audience), `AUTH_AUDIENCE ${needs}`, ...keys);
  // Without these two, every token that the same issuer signs for anybody else would open this graph.
  refuseIf(hasKeys && !issuer, 'AUTH_ISSUER is needed: the `iss` of the tokens.', 'AUTH_ISSUER');
  refuseIf(hasKeys && !audience, 'AUTH_AUDIENCE is needed: the `aud` of the tokens.', 'AUTH_AUDIENCE');
  refuseIf(
    !hasKeys && values.DATABASE_URL !== undefined,
    'AUTH_JWKS_URL or AUTH_PUBLIC_KEY is needed with DATABASE_URL: the development key opens the embedded database only.',
    ...keys,
  );
  refuseIf(
    Boolean(values.TRUSTED_DOCUMENTS_ONLY) && !values.TRUSTED_DOCUMENTS,
    'TRUSTED_DOCUMENTS_ONLY needs TRUSTED_DOCUMENTS: the path of a manifest.',
    'TRUSTED_DOCUMENTS',
  );
  const port = values.PORT ?? usualPort;
  refuseIf(values.METRICS_PORT === port, `METRICS_PORT and PORT must not both be ${port}.`, 'PORT');
  return found;
}

function freeze<T extends object>(value: T): T {
  for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) freeze(inner);
  return Object.freeze(value);
}
