import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { GraphQLDate, GraphQLDateTime } from 'graphql-scalars';
import { badInput } from '../src/failures.ts';

/**
 * Dates and times are text from the wire to the answer: a `Date` of JavaScript knows no microseconds, and shifts days. The
 * scalars of graphql-scalars only decide what is well-formed.
 */
function textScalar(
  scalar: GraphQLScalarType,
  options: { description: string; check(text: string): void },
): GraphQLScalarType<string, string> {
  const parse = (value: unknown, literal?: ValueNode): string => {
    if (typeof value !== 'string') throw refusalOf(`${scalar.name} is a string.`, literal);
    try {
      scalar.parseValue(value);
      options.check(value);
    } catch {
      throw refusalOf(`This is no valid ${scalar.name}. ${options.description}`, literal);
    }
    return value;
  };
  return new GraphQLScalarType({
    name: scalar.name,
    description: options.description,
    ...(scalar.specifiedByURL && { specifiedByURL: scalar.specifiedByURL }),
    serialize: (value) => value as string,
    parseValue: (value) => parse(value),
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined, node),
  });
}

/** graphql-js adds the place in the document to what a scalar throws unless it is one of its own errors, as ours are. */
function refusalOf(message: string, literal?: ValueNode): GraphQLError {
  const failure = badInput(message);
  return literal ? new GraphQLError(message, { nodes: literal, originalError: failure }) : failure;
}

/** PostgreSQL knows no year 0. */
function afterChrist(text: string): void {
  if (text.startsWith('0000')) throw badInput('There is no year 0.');
}

/** PostgreSQL knows no offset of 16 hours or more. */
function nearUtc(text: string): void {
  if (/[+-](1[6-9]|2\d):\d\d$/.test(text)) throw badInput('There is no such offset.');
}

export const DateTime = textScalar(GraphQLDateTime, {
  description:
    'A moment in UTC, such as 2026-06-17T09:55:00.000Z, with six digits of a second where three do not suffice. As input any offset is fine, but it has to be there.',
  check: (text) => {
    afterChrist(text);
    nearUtc(text);
  },
});

export const DateScalar = textScalar(GraphQLDate, {
  description: 'A day of the calendar, such as 2026-06-17, in no time zone.',
  check: afterChrist,
});
