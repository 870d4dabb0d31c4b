import { badCursor } from '../../src/failures.ts';
import type { OrderKey } from './orderKey.ts';
import { operandType } from './column.ts';
import type { Sql } from './sql.ts';
import { isWritten } from './written.ts';

/** Where a cursor stands: the database's own text of the ordering values, and which of several equal rows it means. */
export interface Position {
  readonly values: readonly (string | null)[];
  /** Counted from the first copy: 1, 2 …; or from the last: -1, -2 … */
  readonly copy: number;
}

/** The rows that come after the position in the order of the keys. */
export function beyond(
  sql: Sql,
  keys: readonly OrderKey[],
  values: readonly (string | null)[],
  isInclusive = false,
): string {
  const [key, value, rest] = [keys[0]!, values[0]!, keys.slice(1)];
  const further = after(sql, key, value);
  // PostgreSQL refuses values that no placeholder uses: an operand is made only where its text is used.
  if (rest.length === 0) return isInclusive ? `(${further} or ${equals(sql, key, value)})` : further;
  const equal = equals(sql, key, value);
  const deeper = beyond(sql, rest, values.slice(1), isInclusive);
  const either = `(${further} or (${equal} and ${deeper}))`;
  // An index does not see through `or`; this bound, which follows from it, is what it can start from.
  if (value === null || key.isNullable) return either;
  return `(${key.sorted} ${key.isDescending ? '<=' : '>='} ${cursorOperand(sql, key, value)} and ${either})`;
}

function after(sql: Sql, key: OrderKey, value: string | null): string {
  if (value === null) return key.nullsFirst ? `${key.value} is not null` : 'false';
  const sign = key.isDescending ? '<' : '>';
  const further = `${key.sorted} ${sign} ${cursorOperand(sql, key, value)}`;
  // To look for nulls behind the values of a column that should have none would cost every list its index.
  return key.isNullable && !key.nullsFirst ? `(${further} or ${key.value} is null)` : further;
}

export function equals(sql: Sql, key: OrderKey, value: string | null): string {
  return value === null ? `${key.value} is null` : `${key.sorted} = ${cursorOperand(sql, key, value)}`;
}

/** A cursor comes from outside: what its column could not have written is refused before PostgreSQL stumbles over it. */
function cursorOperand(sql: Sql, { column }: OrderKey, value: string): string {
  const type = operandType(column);
  if (!isWritten(type, value)) throw badCursor();
  const param = sql.param(value, type);
  return column.type === 'timestamp' ? `(${param} at time zone 'UTC')` : param;
}
