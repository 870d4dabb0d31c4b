import type { FlightReport } from '../database.ts';
import { scopeHash, type LogFields } from '../log.ts';
import type { Caller } from '../scope.ts';

/** What is known about one GraphQL request by the time it is answered: its line in the log and its place in the metrics. */
export interface RequestRecord {
  readonly requestId: string;
  readonly begun: number;
  caller?: Caller;
  operation?: string;
  operationType?: string;
  /** The hash of the document. */
  document?: string;
  codes: string[];
  rows: Record<string, number>;
  /** The HTTP status that the errors stand for, if no data came with them. */
  status?: number;
  /** Whether a client that only knows `application/json` expects this answer with status 200. */
  isSoft?: boolean;
}

export function createRecord(requestId: string): RequestRecord {
  return { requestId, begun: performance.now(), codes: [], rows: Object.create(null) as Record<string, number> };
}

export function countRows(record: RequestRecord, { statements }: FlightReport): void {
  for (const { statement, rows } of statements) {
    if (statement.view !== '') record.rows[statement.view] = (record.rows[statement.view] ?? 0) + rows;
  }
}

/** The one line that is kept of each request: who asked for what, how much was read, how it ended. Never what was read. */
export function lineOf(record: RequestRecord, method: string | undefined, status: number, ms: number): LogFields {
  const { requestId, caller, operation, operationType, document, codes, rows } = record;
  return {
    requestId,
    ...(method !== undefined && { method }),
    status,
    ms,
    ...(caller && { subject: caller.subject, scope: scopeHash(caller.scope) }),
    ...(operation !== undefined && { operation: operation.slice(0, 64) }),
    ...(operationType !== undefined && { operationType }),
    ...(document !== undefined && { document }),
    ...(Object.keys(rows).length > 0 && { rows }),
    ...(codes.length > 0 && { codes }),
  };
}
