import { parseEnv } from 'node:util';
import type { Environment } from './variables.ts';

/** A variable with all of its value, which goes over several lines if it stands in quotes; a remark; or an empty line. */
const usual = /^[ \t]*(?:(?:export[ \t]+)?[^\s=#]+[ \t]*=[ \t]*(?:"[^"]*"|'[^']*'|`[^`]*`)?.*|#.*)?$/gm;

const isRemark = /^[ \t]*(?:#|$)/;

/**
 * The variables of a `.env`, and a line for each of its own that sets none: Node passes it over without a word, and Node 20 the variable
 * that follows it, too, as it does with one behind a remark that is indented. Never its text.
 */
export function readEnvFile(file: string): { readonly variables: Environment; readonly mistakes: readonly string[] } {
  const text = file.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const others = text.replaceAll(usual, (found) => found.replaceAll(/[^\n]/g, '')).split('\n');
  const mistakes = others.flatMap((line, index) =>
    line === '' ? [] : [`Line ${index + 1} of .env is not read: it is no NAME=value.`],
  );
  const assignments = (text.match(usual) ?? []).filter((line) => !isRemark.test(line));
  return { variables: parseEnv(assignments.join('\n')), mistakes };
}
