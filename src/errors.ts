/**
 * The one place where an error becomes something that a caller reads.
 *
 * It is an allow-list: what was written for callers (a `Failure`) keeps its text, what graphql-js says about a document
 * keeps its text where the schema is open anyway, and everything else becomes a constant. A text that nobody has thought of is
 * never passed on: it may hold SQL, or a child's name.
 */
import { GraphQLError, Kind, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import { Failure, texts } from './failures.ts';
import { fieldsOf, valuesOf } from './hints.ts';

const textsByCode: Readonly<Record<string, string>> = texts;

/** Every code that an answer can hold: `docs/errors.md` says of each what to do. */
export const errorCodes: readonly string[] = Object.keys(texts);

/** What Apollo Server calls it, and what this graph promises to call it. */
const ownCodes: Readonly<Record<string, string>> = {
  BAD_REQUEST: 'BAD_USER_INPUT',
  OPERATION_RESOLUTION_FAILURE: 'BAD_USER_INPUT',
  INTERNAL_SERVER_ERROR: 'INTERNAL',
  PERSISTED_QUERY_NOT_SUPPORTED: 'PERSISTED_QUERY_NOT_FOUND',
};

const statuses: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  OVERLOADED: 503,
  TIMEOUT: 504,
  VIEW_UNAVAILABLE: 503,
  INTERNAL: 500,
  // As clients of persisted queries expect it: a miss is an answer, after which they send the whole document.
  PERSISTED_QUERY_NOT_FOUND: 200,
};

/** The HTTP status of an answer that holds no data at all. */
export function statusOf(code: string): number {
  return statuses[code] ?? 400;
}

export function textOf(code: string): string {
  return textsByCode[code] ?? texts.INTERNAL;
}

export function codeOf(error: unknown): string {
  if (!(error instanceof GraphQLError)) return 'INTERNAL';
  const code = error.extensions['code'];
  if (typeof code !== 'string') return isAboutInput(error) ? 'BAD_USER_INPUT' : 'INTERNAL';
  const own = ownCodes[code] ?? code;
  return own in texts ? own : 'INTERNAL';
}

/** Whether only the shape of the HTTP request was wrong, before there was a document. */
export function isAboutRequest(error: unknown): boolean {
  return (
    error instanceof GraphQLError &&
    ['BAD_REQUEST', 'OPERATION_RESOLUTION_FAILURE'].includes(String(error.extensions['code']))
  );
}

/**
 * Apollo Server's `formatError`: `error` is what was thrown, `formatted` says where in the document and the answer. What is wrong with a
 * document is said in names of the schema, so only where the schema may be read, and is given.
 */
export function createErrorFormat(schema: GraphQLSchema | undefined) {
  return ({ locations, path }: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const code = codeOf(error);
    return {
      message: messageOf(code, error, schema),
      ...(locations && { locations }),
      ...(path && { path }),
      extensions: { code },
    };
  };
}

function messageOf(code: string, error: unknown, schema: GraphQLSchema | undefined): string {
  if (!(error instanceof GraphQLError)) return textOf(code);
  const failure = failureIn(error);
  const variable = variableOf(error.message);
  if (failure && variable) return `The variable "${variable}" cannot be used. ${failure.message}`;
  if (failure) return failure.message;
  // Apollo Server's own words about a request that never became a document: constants, without a value of the request.
  if (error.extensions['code'] === 'BAD_REQUEST') return error.message.trim();
  if (error.extensions['code'] === 'OPERATION_RESOLUTION_FAILURE') return operationText(error.message);
  if (code === 'BAD_USER_INPUT' && variable) return variableText(variable, error, schema);
  if (code === 'GRAPHQL_VALIDATION_FAILED' && schema) return documentText(error, schema);
  if (code === 'GRAPHQL_PARSE_FAILED') return syntaxText(error);
  return textOf(code);
}

function failureIn(error: GraphQLError): Failure | undefined {
  let inner: unknown = error;
  while (inner instanceof GraphQLError) {
    if (inner instanceof Failure) return inner;
    inner = inner.originalError;
  }
  return undefined;
}

const aboutVariable = /^Variable "\$(\w+)" (?:got invalid value|of required type|of non-null type)/;

/** What graphql-js says while it coerces variables and arguments. It gives these errors no code. */
function isAboutInput({ message }: GraphQLError): boolean {
  return (
    aboutVariable.test(message) ||
    message.startsWith('Too many errors processing variables') ||
    /^Argument "\w+" (?:has invalid value|of (?:required|non-null) type)/.test(message)
  );
}

/** graphql-js repeats a name that it does not find. */
function operationText(message: string): string {
  return message.startsWith('Must provide operation name')
    ? 'The document has several operations: operationName has to say which of them.'
    : 'The document has no operation of this operationName.';
}

/** The variable and the place in it. graphql-js repeats the value, too: the place is enough to find it. */
function variableOf(message: string): string | undefined {
  const name = aboutVariable.exec(message)?.[1];
  if (name === undefined) return undefined;
  return `$${new RegExp(` at "(${name}(?:\\.[_A-Za-z]\\w*|\\[\\d+\\])*)"; `).exec(message)?.[1] ?? name}`;
}

/** What the caller called the field may be a value in the wrong place, so only the name of the type is taken. */
const unknownField = /^Field ".*" is not defined by type "(\w+)"\./s;
const missingField = /^Field "([\w.]+)" of required type "([\w![\]]+)" was not provided\.$/;

/** graphql-js names the type first and repeats the value behind it; of its own scalars it says what they cannot be. */
const expectedType =
  /^(?:(?:Expected (?:value of |non-nullable )?type|Enum|Value "\w+" does not exist in) "([\w![\]]+)"|(Int|Float|String|Boolean|ID) cannot represent )/;

function expectedTypeOf(message: string): string | undefined {
  const [, named, ofGraphql] = expectedType.exec(message) ?? [];
  return named ?? ofGraphql;
}

function variableText(variable: string, { message, originalError }: GraphQLError, schema?: GraphQLSchema): string {
  if (/^Variable "\$\w+" of required type/.test(message)) return `The variable "${variable}" is missing.`;
  if (/^Variable "\$\w+" of non-null type/.test(message)) return `The variable "${variable}" must not be null.`;
  const said = originalError?.message ?? '';
  const type = unknownField.exec(said)?.[1];
  if (type !== undefined && schema)
    return `The variable "${variable}" has a field that the type "${type}" does not have.${fieldsOf(schema, type)}`;
  if (type !== undefined) return `The variable "${variable}" has a field that its type does not have.`;
  const missing = missingField.exec(said);
  if (missing && schema) return `The variable "${variable}" lacks the field "${missing[1]}" of type "${missing[2]}".`;
  if (missing) return `The variable "${variable}" lacks a field that its type needs.`;
  const expected = expectedTypeOf(said);
  if (expected !== undefined && schema)
    return `The variable "${variable}" needs a value of type "${expected}"${valuesOf(schema, expected)}.`;
  return `The variable "${variable}" is of another type.`;
}

const valueKinds: ReadonlySet<string> = new Set([
  Kind.INT,
  Kind.FLOAT,
  Kind.STRING,
  Kind.BOOLEAN,
  Kind.NULL,
  Kind.ENUM,
  Kind.LIST,
  Kind.OBJECT,
]);

/** Where no name is nearly the one that was meant, graphql-js has none to suggest. */
const unknownName = /^(?:Cannot query field "\w+" on type|Field "\w+" is not defined by type) "(\w+)"\.$/;

/** Messages about a value repeat it; those about fields, arguments and types only hold names. */
function documentText({ message, nodes }: GraphQLError, schema: GraphQLSchema): string {
  const without = unknownName.exec(message)?.[1];
  if (without !== undefined) return message + fieldsOf(schema, without);
  if (!nodes?.some(({ kind }) => valueKinds.has(kind))) return message;
  const missing = missingField.exec(message);
  if (missing) return `The field "${missing[1]}" of type "${missing[2]}" is missing here.`;
  const type = expectedTypeOf(message);
  return type === undefined
    ? 'The value at this place is of another type.'
    : `A value of type "${type}" is expected here${valuesOf(schema, type)}.`;
}

/** graphql-js repeats what it has read; these two, which are the most frequent, can be told without it. */
function syntaxText({ message }: GraphQLError): string {
  if (message.endsWith(' found <EOF>.'))
    return 'The document ends before it is complete: a brace or a bracket is not closed.';
  if (message.startsWith('Syntax Error: Unexpected single quote'))
    return 'Text stands between double quotes in GraphQL.';
  return texts.GRAPHQL_PARSE_FAILED;
}
