import { createHash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { pino, type DestinationStream } from 'pino';
import type { FailedCheck } from './callers/refused.ts';
import type { Scope } from './scope.ts';

/**
 * What a log line may hold. Tokens, variables, texts of documents, parameters of statements and messages of foreign errors
 * are not on this list, and what is not on it is dropped, whoever hands it in.
 */
export interface LogFields {
  readonly requestId?: string | undefined;
  readonly method?: string | undefined;
  readonly status?: number | undefined;
  readonly ms?: number | undefined;
  readonly subject?: string | undefined;
  readonly scope?: string | undefined;
  readonly refused?: FailedCheck | undefined;
  readonly operation?: string | undefined;
  readonly operationType?: string | undefined;
  readonly document?: string | undefined;
  readonly rows?: Readonly<Record<string, number>> | undefined;
  readonly unknownWords?: readonly string[] | undefined;
  readonly codes?: readonly string[] | undefined;
  readonly limit?: string | undefined;
  readonly measured?: number | undefined;
  readonly allowed?: number | undefined;
  readonly fault?: Fault | undefined;
  readonly views?: readonly string[] | undefined;
  readonly signal?: string | undefined;
  readonly requests?: number | undefined;
}

/** An error without its message, which is where other people's software writes values. */
export interface Fault {
  readonly name: string;
  readonly code?: string;
  /** Where there is no code, what it was, if it was one of those that we know. */
  readonly reason?: string;
  readonly at?: readonly string[];
}

/** What PostgreSQL's client says to the letter, and has no code for. */
const reasons: ReadonlyMap<string, string> = new Map([
  ['The server does not support SSL connections', 'server without TLS'],
  ['There was an error establishing an SSL connection', 'TLS refused'],
  ['SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string', 'no password'],
  ['SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a non-empty string', 'no password'],
  ['timeout exceeded when trying to connect', 'no connection in time'],
  ['Connection terminated due to connection timeout', 'no connection in time'],
  ['timeout expired', 'no connection in time'],
  ['Connection terminated unexpectedly', 'connection ended'],
]);

const allowed: ReadonlySet<string> = new Set(
  Object.keys({
    requestId: true,
    method: true,
    status: true,
    ms: true,
    subject: true,
    scope: true,
    refused: true,
    operation: true,
    operationType: true,
    document: true,
    rows: true,
    unknownWords: true,
    codes: true,
    limit: true,
    measured: true,
    allowed: true,
    fault: true,
    views: true,
    signal: true,
    requests: true,
  } satisfies Record<keyof LogFields, true>),
);

export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/** How long the end of the process waits for whoever reads standard output. */
const lastLinesMs = 1_000;

let standardOutput: DestinationStream | undefined;

/** Where lines go that nobody may be reading: then they take so much memory and no more, and do not keep the process alive. */
function openStandardOutput(): DestinationStream {
  let waitsUntil = 0;
  let isBroken = false;
  const output = pino.destination({
    dest: 1,
    sync: false,
    // A write for each line costs a small answer a tenth of its time. What has gathered is written at the latest when the
    // process ends.
    minLength: 12_288,
    periodicFlush: 200,
    // What comes beyond is dropped.
    maxLength: 16 * 1_024 * 1_024,
    // A full pipe is tried again when the next lines are flushed. Trying by itself, it would go on for ever.
    retryEAGAIN: () => Date.now() < waitsUntil,
  });
  output.on('error', ({ code }: NodeJS.ErrnoException) => (isBroken = code !== 'EAGAIN'));
  output.on('write', () => (isBroken = false));
  // Before pino's own, which waits for as long as nobody reads.
  process.prependOnceListener('exit', () => {
    waitsUntil = Date.now() + lastLinesMs;
    try {
      if (!isBroken) output.flushSync();
    } catch {
      isBroken = true;
    }
    if (isBroken) output.destroy();
  });
  return output;
}

export function createLog(level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: {
      level: (label: string) => ({ level: label }),
      log: keptOf,
    },
  };
  const logger = pino(options, destination ?? (standardOutput ??= openStandardOutput()));
  const write =
    (at: 'info' | 'warn' | 'error') =>
    (event: string, fields: LogFields = {}) =>
      logger[at](fields, event);
  return { info: write('info'), warn: write('warn'), error: write('error') };
}

function keptOf(fields: Record<string, unknown>): Record<string, unknown> {
  // A line of each request: where all may stay, as they should, nothing is made anew.
  const names = Object.keys(fields);
  if (names.every(isAllowed)) return fields;
  return Object.fromEntries(names.filter(isAllowed).map((name) => [name, fields[name]]));
}

const isAllowed = (name: string) => allowed.has(name);

/** The kind of an error and the places that it came through: of the one that was behind it, if there was one. */
export function faultOf(error: unknown): Fault {
  if (error instanceof GraphQLError && error.originalError) return faultOf(error.originalError);
  if (!(error instanceof Error)) return { name: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const { message, stack = '' } = error;
  const reason = code === undefined ? reasons.get(message) : undefined;
  // Behind the message, which may have lines of its own, and in them whatever a caller said.
  const at = stack
    .slice(stack.indexOf(message) + message.length)
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim());
  return { name: error.name, ...(code !== undefined && { code }), ...(reason !== undefined && { reason }), at };
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
