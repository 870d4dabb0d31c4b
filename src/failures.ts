import { GraphQLError } from 'graphql';

/**
 * The codes that clients may count on, and what is said with each where there is nothing better to say. Whatever else goes wrong is
 * `INTERNAL`, and its text stays in the log.
 */
export const texts = {
  UNAUTHENTICATED: 'A valid bearer token is needed.',
  FORBIDDEN: 'The token does not allow this.',
  BAD_USER_INPUT: 'The input of this request cannot be used.',
  BAD_CURSOR: 'This cursor does not belong to this list and order.',
  QUERY_TOO_COMPLEX: 'The document asks for more than the limits allow.',
  TIMEOUT: 'The answer took longer than the limit allows.',
  VIEW_UNAVAILABLE: 'The data behind this field is not available at the moment.',
  OVERLOADED: 'The server is busy. Try again in a moment.',
  INTERNAL: 'Something went wrong on our side.',
  GRAPHQL_PARSE_FAILED: 'The document is not GraphQL at the place named by the location.',
  GRAPHQL_VALIDATION_FAILED: 'The document does not fit the schema at the place named by the location.',
  PERSISTED_QUERY_NOT_FOUND: 'No document is known under this id.',
  DOCUMENT_NOT_TRUSTED: 'Only documents of the manifest are answered here.',
} as const satisfies Record<string, string>;

export type FailureCode = keyof typeof texts;

/** An error made to be read by the caller: a code and a text that hold nothing of the data and nothing of the database. */
export class Failure extends GraphQLError {
  constructor(code: FailureCode, message: string = texts[code], cause?: unknown) {
    super(message, { extensions: { code }, ...(cause instanceof Error && { originalError: cause }) });
    this.name = 'Failure';
  }
}

const because = (code: FailureCode) => (cause?: unknown) => new Failure(code, undefined, cause);

export const timeout = because('TIMEOUT');
export const viewUnavailable = because('VIEW_UNAVAILABLE');
export const overloaded = because('OVERLOADED');
export const internal = because('INTERNAL');
export const badInput = (message: string) => new Failure('BAD_USER_INPUT', message);
export const badCursor = () => new Failure('BAD_CURSOR');

/** The disk, the memory or the room for temporary files did not suffice: for this statement, not for every one. */
export function isForWantOfRoom(error: unknown): boolean {
  const cause = error instanceof Failure ? error.originalError : error;
  return cause instanceof Error && 'code' in cause && ['53100', '53200', '53400'].includes(String(cause.code));
}

/** PostgreSQL's class of codes for connections that cannot be made or have broken, in which poolers speak, too. */
export function isOfConnections(code: string | undefined): boolean {
  return code?.startsWith('08') ?? false;
}

/** What PostgreSQL's own code means to a caller. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  // query_canceled, transaction_timeout; undefined table, column, schema and function, insufficient privilege.
  if (['57014', '25P04'].includes(code)) return timeout(error);
  if (['42P01', '42703', '3F000', '42883', '42501', '42804'].includes(code)) return viewUnavailable(error);
  // Too many connections, no memory; a conflict with the primary, and a lock that is not to be waited for.
  if (code.startsWith('53') || isOfConnections(code)) return overloaded(error);
  if (['40001', '40P01', '55P03'].includes(code)) return overloaded(error);
  if (isOfUnknownLetters(error))
    return badInput('A text contains a character that no text of the database can contain.');
  return internal(error);
}

/** The database is in an encoding that has no such letter. If it has one that Unicode lacks, PostgreSQL speaks of no parameter. */
function isOfUnknownLetters(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && error.code === '22P05' && 'where' in error && error.where !== undefined
  );
}
