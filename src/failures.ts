import { GraphQLError } from 'graphql';

/** The codes that clients may count on. Whatever else goes wrong is `INTERNAL`, and its text stays in the log. */
export type FailureCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'BAD_USER_INPUT'
  | 'BAD_CURSOR'
  | 'QUERY_TOO_COMPLEX'
  | 'TIMEOUT'
  | 'VIEW_UNAVAILABLE'
  | 'OVERLOADED'
  | 'INTERNAL'
  | 'PERSISTED_QUERY_NOT_FOUND'
  | 'DOCUMENT_NOT_TRUSTED';

/** An error made to be read by the caller: a code and a text that hold nothing of the data and nothing of the database. */
export class Failure extends GraphQLError {
  constructor(code: FailureCode, message: string, cause?: unknown) {
    super(message, { extensions: { code }, ...(cause instanceof Error && { originalError: cause }) });
    this.name = 'Failure';
  }
}

export const timeout = (cause?: unknown) =>
  new Failure('TIMEOUT', 'The answer took longer than the limit allows.', cause);
export const viewUnavailable = (cause?: unknown) =>
  new Failure('VIEW_UNAVAILABLE', 'The data behind this field is not available at the moment.', cause);
export const overloaded = (cause?: unknown) =>
  new Failure('OVERLOADED', 'The server is busy. Try again in a moment.', cause);
export const internal = (cause?: unknown) => new Failure('INTERNAL', 'Something went wrong on our side.', cause);
export const badInput = (message: string) => new Failure('BAD_USER_INPUT', message);
export const badCursor = () => new Failure('BAD_CURSOR', 'This cursor does not belong to this list and order.');

/** What PostgreSQL's own code means to a caller. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  // query_canceled; undefined table, column, schema and function, insufficient privilege; too many connections, no memory.
  if (code === '57014') return timeout(error);
  if (['42P01', '42703', '3F000', '42883', '42501', '42804'].includes(code)) return viewUnavailable(error);
  if (code.startsWith('53')) return overloaded(error);
  return internal(error);
}
