import type { IncomingMessage } from 'node:http';
import type { FailedCheck } from '../callers/refused.ts';
import type { FlightReport, Reported } from '../door/reader.ts';
import { scopeHash, type LogFields } from '../log.ts';
import type { Price } from '../limits.ts';
import type { Caller } from '../scope.ts';
import type { RequestTrace, Span } from '../trace.ts';

/** What is known about one GraphQL request by the time it is answered: its line in the log and its place in the metrics. */
export interface RequestRecord {
  readonly requestId: string;
  readonly begun: number;
  caller?: Caller;
  /** Why there is no caller, if there was none. */
  refused?: FailedCheck;
  operation?: string;
  operationType?: string;
  /** The hash of the document. */
  document?: string;
  codes: string[];
  rows: Record<string, number>;
  /** The columns in which words were read that the catalogue does not know, if there were any. */
  unknownWords?: Set<string>;
  /** What was read, flight by flight, if the caller has asked for it and may see it. */
  flights?: FlightReport[];
  /** The same with its times, if somebody traces requests. */
  traced?: (Span & { readonly report: FlightReport })[];
  /** What it could have come to, if the caller has asked for it and may see it. */
  price?: Price;
  execution?: { readonly begun: number; ended: number };
  /** The HTTP status that the errors stand for, if no data came with them. */
  status?: number;
  /** Whether a client that only knows `application/json` expects this answer with status 200. */
  isSoft?: boolean;
}

export function createRecord(requestId: string): RequestRecord {
  return { requestId, begun: performance.now(), codes: [], rows: Object.create(null) as Record<string, number> };
}

export function noteFlight(record: RequestRecord, report: FlightReport): void {
  record.flights?.push(report);
  if (record.traced) {
    const ended = performance.now();
    record.traced.push({ begun: ended - report.ms, ended, report });
  }
  for (const { rowsOf } of report.statements) {
    for (const [view, rows] of rowsOf) if (view !== '') record.rows[view] = (record.rows[view] ?? 0) + rows;
  }
}

export function noteUnknownWord(record: RequestRecord, column: string): void {
  record.unknownWords ??= new Set();
  record.unknownWords.add(column);
}

/** The one line that is kept of each request: who asked for what, how much was read, how it ended. Never what was read. */
export function lineOf(record: RequestRecord, method: string | undefined, status: number, ms: number): LogFields {
  const { requestId, caller, refused, operation, operationType, document, codes, rows, unknownWords } = record;
  // What is undefined is not written.
  return {
    requestId,
    method,
    status,
    ms,
    subject: caller?.subject,
    scope: caller && scopeHash(caller.scope),
    refused,
    operation: operation?.slice(0, 64),
    operationType,
    document,
    rows: Object.keys(rows).length > 0 ? rows : undefined,
    unknownWords: unknownWords && [...unknownWords],
    codes: codes.length > 0 ? codes : undefined,
  };
}

/** The request as those see it who trace requests. */
export function traceOf(
  record: RequestRecord,
  { headers, method = '' }: IncomingMessage,
  status: number,
): RequestTrace {
  const { requestId, begun, codes, operation, operationType, document, execution, traced = [] } = record;
  return {
    begun,
    ended: performance.now(),
    carrier: { traceparent: headers['traceparent'], tracestate: headers['tracestate'] },
    requestId,
    method,
    status,
    codes,
    ...(operation !== undefined && { operation }),
    ...(operationType !== undefined && { operationType }),
    ...(document !== undefined && { document }),
    ...(execution && { execution }),
    flights: traced,
  };
}

/** For the panel beside a query: how far it is from the limits, and every statement, never with what was put into it. */
export function explanationOf({ price, flights = [] }: RequestRecord) {
  return {
    ...price,
    flights: flights.map(({ ms, statements }) => ({
      ms: Math.round(ms * 100) / 100,
      statements: statements.map(explained),
    })),
  };
}

function explained({ statement, rowsOf, failed }: Reported) {
  const [[view, rows], ...below] = rowsOf;
  return {
    ...(statement.askedBy !== undefined && { path: statement.askedBy }),
    view,
    sql: statement.text,
    ...(statement.keys !== undefined && { keys: statement.keys }),
    rows,
    ...(below.length > 0 && { below: below.map(([name, count]) => ({ view: name, rows: count })) }),
    ...(failed && { failed }),
  };
}
