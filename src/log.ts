import { createHash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { pino, type DestinationStream } from 'pino';
import type { Scope } from './scope.ts';

/**
 * What a log line may hold. Tokens, variables, texts of documents, parameters of statements and messages of foreign errors
 * are not on this list, and what is not on it is dropped, whoever hands it in.
 */
export interface LogFields {
  readonly requestId?: string;
  readonly method?: string;
  readonly status?: number;
  readonly ms?: number;
  readonly subject?: string;
  readonly scope?: string;
  readonly operation?: string;
  readonly operationType?: string;
  readonly document?: string;
  readonly rows?: Readonly<Record<string, number>>;
  readonly codes?: readonly string[];
  readonly limit?: string;
  readonly measured?: number;
  readonly allowed?: number;
  readonly fault?: Fault;
  readonly views?: readonly string[];
  readonly address?: string;
  readonly signal?: string;
  readonly waiting?: number;
}

/** An error without its message, which is where other people's software writes values. */
export interface Fault {
  readonly name: string;
  readonly code?: string;
  readonly at?: readonly string[];
}

const allowed: ReadonlySet<string> = new Set<keyof LogFields>([
  'requestId',
  'method',
  'status',
  'ms',
  'subject',
  'scope',
  'operation',
  'operationType',
  'document',
  'rows',
  'codes',
  'limit',
  'measured',
  'allowed',
  'fault',
  'views',
  'address',
  'signal',
  'waiting',
]);

export interface Log {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/** A write for each line costs a small answer a tenth of its time. What has gathered is written at the latest when the process ends. */
const gathered = { dest: 1, sync: false, minLength: 4_096, periodicFlush: 200 };

export function createLog(level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: {
      level: (label: string) => ({ level: label }),
      log: (fields: Readonly<Record<string, unknown>>) => {
        const kept: Record<string, unknown> = {};
        for (const name of Object.keys(fields)) if (allowed.has(name)) kept[name] = fields[name];
        return kept;
      },
    },
  };
  const logger = pino(options, destination ?? pino.destination(gathered));
  const write =
    (at: 'debug' | 'info' | 'warn' | 'error') =>
    (event: string, fields: LogFields = {}) =>
      logger[at](fields, event);
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

/** The kind of an error and the places that it came through: of the one that was behind it, if there was one. */
export function faultOf(error: unknown): Fault {
  if (error instanceof GraphQLError && error.originalError) return faultOf(error.originalError);
  if (!(error instanceof Error)) return { name: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const at = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim());
  return { name: error.name, ...(code !== undefined && { code }), at };
}

/** Tells two scopes apart in a log without listing the organisations of a caller in every line. */
export function scopeHash(scope: Scope): string {
  if (scope.kind === 'unrestricted') return 'unrestricted';
  if (scope.orgIds.length === 0) return 'none';
  const known = hashes.get(scope);
  if (known) return known;
  const hash = createHash('sha256').update(scope.orgIds.toSorted().join()).digest('hex').slice(0, 16);
  hashes.set(scope, hash);
  return hash;
}

/** A caller is remembered with her scope, and writes a line for each of her requests. */
const hashes = new WeakMap<Scope, string>();
