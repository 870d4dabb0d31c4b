import { otherWord } from '../../schema/fields.ts';
import type { Operator } from '../../schema/operators.ts';
import { badInput } from '../../src/failures.ts';
import { combine, not, refuseNull, type Where } from './logic.ts';
import { asWritten, castArray, comparable, operandType } from './column.ts';
import { possibleIds } from './keys.ts';
import { isOneOf, operand } from './operand.ts';
import type { Sql, SqlColumn } from './sql.ts';

/** The column passes all of the operators. */
export function compares(sql: Sql, column: SqlColumn, operators: Where, path: string): string {
  const conditions = Object.entries(operators).map(([operator, value]) => {
    const here = `${path}.${operator}`;
    refuseNull(value, here, operator === 'isNull' ? '' : insteadOfNull(column));
    if (Array.isArray(value) && value.includes(null))
      throw badInput(`${here} holds a null. Use isNull to look for missing values.`);
    // A variable cannot be 1e400, a literal can. To the names of batches, which are JSON, that is -1e400, too.
    if ((Array.isArray(value) ? value : [value]).some((one) => typeof one === 'number' && !Number.isFinite(one)))
      throw badInput(`${here} is outside of the range of numbers.`);
    return compare(sql, column, operator as Operator, value);
  });
  // An absent variable leaves an empty object behind: to read it as no filter would widen the answer.
  if (conditions.length === 0) throw badInput(`${path} is empty. Give it an operator, such as eq.`);
  return combine(conditions, 'and', 'true');
}

/** Where a value cannot be missing, and among the ids of a list, there is nothing to look for. */
export function insteadOfNull({ kind, isNullable }: Pick<SqlColumn, 'kind' | 'isNullable'>): string {
  return isNullable && kind !== 'ids' ? 'use isNull to look for missing values' : '';
}

const signs = { lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;

function compare(sql: Sql, column: SqlColumn, operator: Operator, value: unknown): string {
  const list = (Array.isArray(value) ? value : [value]).map(String);
  switch (operator) {
    case 'eq':
    case 'in':
      return isAny(sql, column, list);
    case 'ne':
    case 'notIn':
      return not(isAny(sql, column, list));
    case 'isNull':
      return value === true ? `${column.sql} is null` : `${column.sql} is not null`;
    case 'startsWith':
      return `starts_with(${folded(sql, column, list[0]!).join(', ')})`;
    case 'contains':
      return `strpos(${folded(sql, column, list[0]!).join(', ')}) > 0`;
    case 'has':
    case 'hasAny':
    case 'hasAll':
      return holds(sql, column, operator, list);
    default:
      return `${sorted(sql, column)} ${signs[operator]} ${operand(sql, column, list[0]!)}`;
  }
}

/** Texts compare in the order in which lists sort them; ids as they are written, also in a column that ignores case. */
export function sorted(sql: Sql, column: SqlColumn): string {
  if (column.kind === 'id') return asWritten(column).sql;
  const isText = column.kind === 'text' || column.kind === 'prose';
  return isText && sql.live.collation ? `${comparable(column)} ${sql.live.collation}` : comparable(column);
}

/**
 * The column and the letters looked for. Upper and lower case are one, for every alphabet alike on every platform. In Greek it is
 * the place in a word that decides how Σ is written small, and the letters may end where the word of the row goes on. Whoever
 * looks for other letters need not know.
 */
function folded(sql: Sql, column: SqlColumn, letters: string): readonly [text: string, letters: string] {
  const withoutCase = (text: string) => {
    const small = `lower(${text} ${sql.live.collation})`;
    return /[Σσς]/.test(letters) ? `replace(${small}, 'ς', 'σ')` : small;
  };
  return [withoutCase(comparable(column)), withoutCase(operand(sql, column, letters))];
}

/** More values than PostgreSQL compares with each row as quickly as it looks the row up among them. */
const fewValues = 100;

function isAny(sql: Sql, column: SqlColumn, list: readonly string[]): string {
  if (list.length === 0) return 'false';
  const { words } = column;
  if (!words || !list.includes(otherWord)) return isListed(sql, column, list);
  // OTHER stands for every word that the catalogue does not know.
  const unknown = `${comparable(column)} <> all(${sql.param(words, 'text[]')})`;
  const known = list.filter((word) => word !== otherWord);
  return known.length === 0 ? unknown : `(${unknown} or ${isListed(sql, column, known)})`;
}

/**
 * A plan that does not know the values compares them with each row, one after the other: 12,000 names and 2,000 students took it
 * three seconds. One that knows them looks the row up by hash.
 */
function isListed(sql: Sql, column: SqlColumn, list: readonly string[]): string {
  return isOneOf(sql, column, list, (values, type) =>
    values.length > fewValues ? sql.knownParam(values, type) : sql.param(values, type),
  );
}

function holds(sql: Sql, column: SqlColumn, operator: 'has' | 'hasAny' | 'hasAll', wanted: readonly string[]): string {
  const ids = possibleIds(column, wanted);
  const element = operandType(column);
  const array = castArray(column, element);
  if (operator === 'hasAny' && ids.length > fewValues)
    return sql.exists(`unnest(${array}) as one`, [`one = any(${sql.knownParam(ids, `${element}[]`)})`]);
  if (operator === 'hasAny') return `${array} && ${sql.param(ids, `${element}[]`)}`;
  return ids.length < wanted.length ? 'false' : `${array} @> ${sql.param(ids, `${element}[]`)}`;
}
