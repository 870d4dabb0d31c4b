/** What a caller says, as something that a column is compared with. */
import { badInput } from '../../src/failures.ts';
import { comparable, operandType } from './column.ts';
import { possibleIds } from './keys.ts';
import type { Sql, SqlColumn } from './sql.ts';

/** A placeholder for one operand. A time without zone in the database is read as UTC. */
export function operand(sql: Sql, column: SqlColumn, word: string): string {
  refuseNul(word);
  const param = sql.param(word, operandType(column));
  return column.type === 'timestamp' ? `(${param} at time zone 'UTC')` : param;
}

function refuseNul(word: string): void {
  if (word.includes('\0'))
    throw badInput('A text contains the character U+0000, which no text of the database contains.');
}

/** The column is one of the words. */
export function isOneOf(
  sql: Sql,
  column: SqlColumn,
  words: readonly string[],
  listed = (list: readonly string[], type: string) => sql.param(list, type),
): string {
  const found = column.kind === 'id' ? possibleIds(column, words) : words;
  if (found.length === 0) return 'false';
  if (found.length === 1) {
    const equal = `${comparable(column)} = ${operand(sql, column, found[0]!)}`;
    return isCaseless(column) ? `(${equal} and ${column.sql}::text = ${sql.param(found[0]!, 'text')})` : equal;
  }
  if (column.type === 'timestamp') return `(${found.map((word) => isOneOf(sql, column, [word])).join(' or ')})`;
  for (const word of found) refuseNul(word);
  const any = `${comparable(column)} = any(${listed(found, `${operandType(column)}[]`)})`;
  return isCaseless(column) ? `(${any} and ${column.sql}::text = any(${listed(found, 'text[]')}))` : any;
}

/** Ids in a `citext` column: its own comparison finds them by the index, the text tells one spelling from another. */
function isCaseless({ kind, type }: SqlColumn): boolean {
  return kind === 'id' && type === 'citext';
}
