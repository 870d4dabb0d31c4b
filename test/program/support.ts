import { generateKeyPairSync } from 'node:crypto';
import type { GraphQLSchema } from 'graphql';
import { SignJWT, type JWTPayload } from 'jose';
import { inject } from 'vitest';
import { createCallers } from '../../src/callers.ts';
import { schemaOf } from '../../src/commands/serve.ts';
import { readConfig, type Config } from '../../src/config.ts';
import { aimContext, createContext, type Context } from '../../src/context.ts';
import { openDatabase, type Database } from '../../src/door.ts';
import { createExecutor } from '../../src/execution.ts';
import type { PagesOptions } from '../../src/http/pages.ts';
import { readTrustedDocuments } from '../../src/http/trustedDocuments.ts';
import { createLog } from '../../src/log.ts';
import { startServer, type RunningServer } from '../../src/server.ts';

export const issuer = 'https://issuer.example';
export const audience = 'timeback-graph';
export const orgA = '0a000000-0000-4000-8000-00000000000a';
export const orgB = '0b000000-0000-4000-8000-00000000000b';

/** The issuer of these tests. Its private half signs, its public half is all that the program knows. */
export const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
export const publicKey = keys.publicKey.export({ type: 'spki', format: 'pem' }).toString();

export const now = () => Math.floor(Date.now() / 1_000);

/** The claims of a good token, with some of them changed; `undefined` takes a claim away. */
export function claims(changes: Record<string, unknown> = {}): JWTPayload {
  const all = { iss: issuer, aud: audience, sub: 'guide-1', iat: now(), exp: now() + 600, org_ids: [orgA], ...changes };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

export function sign(changes: Record<string, unknown> = {}, header: Record<string, unknown> = {}): Promise<string> {
  return new SignJWT(claims(changes)).setProtectedHeader({ alg: 'ES256', ...header }).sign(keys.privateKey);
}

export interface Program extends RunningServer {
  /** Lines of the log, as they were written. */
  readonly log: string[];
  /** The door that requests read through. No connection means that not one statement was sent. */
  readonly readers: Database;
  ask(body: unknown, options?: { token?: string; headers?: Record<string, string> }): Promise<Response>;
}

export interface ProgramOptions {
  readonly environment?: Record<string, string>;
  readonly schema?: GraphQLSchema;
  readonly databaseUrl?: string;
  readonly pages?: PagesOptions;
}

/** A schema takes half a second, and knows nothing of who is served by it. */
const schemas = new Map<string, GraphQLSchema>();

function servedSchema(config: Config): GraphQLSchema {
  const key = JSON.stringify([config.subgraph, config.federation]);
  const schema = schemas.get(key) ?? schemaOf(config);
  schemas.set(key, schema);
  return schema;
}

/** The program as it is served, over real HTTP and a real database. To be stopped by the test that started it. */
export async function startProgram(options: ProgramOptions = {}): Promise<Program> {
  const url = options.databaseUrl ?? inject('databaseUrl');
  const config = readConfig({
    PORT: '0',
    AUTH_PUBLIC_KEY: publicKey,
    AUTH_ISSUER: issuer,
    AUTH_AUDIENCE: audience,
    DATABASE_URL: 'postgres://read/from/options',
    LOG_LEVEL: 'debug',
    ...options.environment,
  });
  const schema = options.schema ?? servedSchema(config);
  const readers = openDatabase({ ...config.database, url });
  // Without a database of its own, a test is about requests that end before any: then its readers stay untouched.
  const health = options.databaseUrl === undefined ? openDatabase({ ...config.database, url, poolSize: 1 }) : readers;
  const lines: string[] = [];
  const log = createLog(config.logLevel, { write: (line) => lines.push(line) });
  const server = await startServer<Context>({
    config,
    schema,
    callers: createCallers({ ...config.auth, issuer: config.auth.issuer!, log }),
    trustedDocuments: readTrustedDocuments(config.trustedDocuments),
    database: Object.defineProperty(Object.create(health) as Database, 'stats', { value: () => readers.stats() }),
    ...(options.pages && { pages: options.pages }),
    log,
    createContext: (caller, reader) => createContext(readers, caller, reader),
    aim: (context, document) => aimContext(context, schema, document),
    execute: createExecutor(schema),
  });
  const stopAll = async () => {
    await server.stop();
    await readers.close();
    if (health !== readers) await health.close();
  };
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= stopAll());
  return {
    url: server.url,
    log: lines,
    readers,
    stop,
    async ask(body, { token, headers } = {}) {
      return fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${token ?? (await sign())}`,
          ...headers,
        },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
    },
  };
}
