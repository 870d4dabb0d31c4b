import { GraphQLError } from 'graphql';
import { codeOf } from '../errors.ts';
import { faultOf, type Log } from '../log.ts';
import type { RequestRecord } from './record.ts';

/** What a caller is told of a database that does not answer as it should, and nothing more: the reason is for the log. */
const unread: ReadonlySet<string> = new Set(['VIEW_UNAVAILABLE', 'OVERLOADED', 'TIMEOUT']);

/** What the errors of an answer leave behind: their codes in the record of the request, and in the log why it was. */
export function noteErrors(record: RequestRecord, errors: readonly GraphQLError[], log: Log): void {
  const { requestId, codes } = record;
  const told = new Set<string>();
  for (const error of errors) {
    const code = codeOf(error);
    if (!codes.includes(code)) codes.push(code);
    if (code === 'INTERNAL') {
      const fault = faultOf(error);
      // A figure that cannot be read is missing in each of a thousand rows.
      const reason = JSON.stringify(fault);
      if (!told.has(reason)) log.error('unexpected error', { requestId, fault });
      told.add(reason);
    } else if (unread.has(code) && hasCause(error)) {
      const fault = faultOf(error);
      // Every list of a page fails for the same reason, which is worth one line.
      const reason = `${code} ${fault.name} ${fault.code}`;
      if (!told.has(reason)) log.warn('could not be read', { requestId, codes: [code], fault });
      told.add(reason);
    }
  }
}

/** Whether something else was behind it. What the graph refuses by itself has said all there is to say. */
function hasCause({ originalError }: GraphQLError): boolean {
  return originalError instanceof GraphQLError ? hasCause(originalError) : originalError !== undefined;
}
