import type { ExecutionResult } from 'graphql';
import { codeOf } from '../../src/errors.ts';

/**
 * What distinguishes two answers, or undefined if nothing does.
 *
 * The data is the same to the order of its keys, and so are the paths and codes of errors that are answered with null where they
 * occurred. Where null had to move up, several fields below may have failed, and either executor may have stopped at another one
 * of them: there, both must name at least one.
 */
export function difference(expected: ExecutionResult, found: ExecutionResult): string | undefined {
  const answers = [expected, found].map((answer) => ({
    data: JSON.stringify(answer.data),
    errors: JSON.stringify(errorsOf(answer)),
  }));
  const [one, other] = answers as [(typeof answers)[0], (typeof answers)[0]];
  if (one.data !== other.data) return `data\n${one.data}\n${other.data}`;
  return one.errors === other.errors ? undefined : `errors\n${one.errors}\n${other.errors}`;
}

function errorsOf({ data, errors = [] }: ExecutionResult): readonly string[] {
  const told = errors.map((error) => {
    const path = error.path ?? [];
    const isInAnswer = data !== undefined;
    const at = isInAnswer ? whereNull(data, path) : path;
    if (at.length < path.length) return `somewhere below ${at.join('.')}`;
    // Nobody reads the texts of faults: the formatter has one for all of them.
    const code = codeOf(error);
    return JSON.stringify([path, code, error.locations, code === 'INTERNAL' ? '' : error.message]);
  });
  const isFirst = (one: string, index: number) => told.indexOf(one) === index;
  return told.filter((one, index) => !one.startsWith('somewhere') || isFirst(one, index)).toSorted();
}

/** The first null on the way along the path. */
function whereNull(data: unknown, path: readonly (string | number)[]): readonly (string | number)[] {
  let here: unknown = data;
  for (const [depth, key] of path.entries()) {
    if (here === null || here === undefined) return path.slice(0, depth);
    here = (here as Record<string | number, unknown>)[key];
  }
  return path;
}
