import { meaningsOf } from '../schema/fields.ts';
import type { View } from '../schema/view.ts';
import { badCursor, badInput } from '../src/failures.ts';
import { visible } from './policy.ts';
import { isWritten } from './written.ts';
import { all, comparable, operandType, sameKey, type Sql, type SqlColumn } from './sql.ts';
import { sorted } from './where.ts';

export type OrderBy = readonly { readonly [name: string]: unknown }[];

export interface OrderKey {
  /** The value as a cursor carries it. */
  readonly value: string;
  /** The value as lists sort it. */
  readonly sorted: string;
  readonly column: SqlColumn;
  readonly isNullable: boolean;
  readonly isDescending: boolean;
  readonly nullsFirst: boolean;
  /** It stands for itself and may lead an index: not a hash, not a column of another view. */
  readonly isOwn: boolean;
}

export interface Order {
  readonly keys: readonly OrderKey[];
  /** What the keys that lie in other views need in `from`. */
  readonly joins: readonly string[];
  /** Rows may be equal in every key: a cursor then also counts the copies. */
  readonly mayRepeat: boolean;
  /** The view and the order in words, which cursors are bound to. */
  readonly name: string;
}

/** What the caller asked for, then the order that the view declares, then whatever makes it total. */
export function orderOf(sql: Sql, view: View, alias: string, orderBy: OrderBy): Order {
  const keys: OrderKey[] = [];
  const joins: string[] = [];
  const names: string[] = [];
  const taken = new Set<string>();
  const isTotal = () => view.grain.length > 0 && !view.mayRepeat && view.grain.every((column) => taken.has(column));

  const add = (column: string, direction: Direction) => {
    if (taken.has(column) || isTotal()) return;
    taken.add(column);
    keys.push(keyOf(sorts(sql, view, alias, column), direction));
    names.push(`${column} ${direction.name}`);
  };

  for (const [index, one] of orderBy.entries()) {
    const path = `orderBy[${index}]`;
    const { name, value } = single(one, path);
    const meaning = meaningsOf(view).get(name);
    if (meaning && 'column' in meaning) {
      add(meaning.column, directionOf(value, path));
      continue;
    }
    const there = follow(sql, view, alias, one, path);
    keys.push(there.key);
    joins.push(there.join);
    names.push(there.name);
  }
  for (const declared of view.order) {
    const [column, direction] = declared.split(' ');
    add(column!, directions[direction === 'desc' ? 'DESC' : 'ASC']!);
  }
  for (const column of tieBreakers(view)) add(column, directions['ASC']!);
  return {
    keys,
    joins,
    mayRepeat: view.grain.length === 0 || view.mayRepeat === true,
    name: `${view.name}: ${names.join(', ')}`,
  };
}

/** The grain; without one every column that compares, so that only exact copies are equal. */
function tieBreakers(view: View): readonly string[] {
  if (view.grain.length > 0 && !view.mayRepeat) return view.grain;
  return Object.keys(view.columns).filter((name) => view.columns[name]!.kind !== 'ids');
}

interface Direction {
  readonly name: string;
  readonly isDescending: boolean;
  readonly nullsFirst: boolean;
}

const directions: Readonly<Record<string, Direction>> = Object.fromEntries(
  ['ASC', 'DESC', 'ASC_NULLS_FIRST', 'ASC_NULLS_LAST', 'DESC_NULLS_FIRST', 'DESC_NULLS_LAST'].map((name) => [
    name,
    {
      name: name.replace('_NULLS_LAST', ''),
      isDescending: name.startsWith('DESC'),
      nullsFirst: name.endsWith('FIRST'),
    },
  ]),
);

function directionOf(value: unknown, path: string): Direction {
  const direction = typeof value === 'string' ? directions[value] : undefined;
  if (!direction) throw badInput(`${path} has no direction. Say ASC or DESC.`);
  return direction;
}

function single(one: unknown, path: string): { name: string; value: unknown } {
  const entries = one && typeof one === 'object' ? Object.entries(one) : [];
  if (entries.length !== 1)
    throw badInput(`${path} must have exactly one key. For a second key add a second object to the list.`);
  const [name, value] = entries[0]!;
  if (value === null || value === undefined) throw badInput(`${path}.${name} is null. Say ASC or DESC.`);
  return { name, value };
}

function sorts(
  sql: Sql,
  view: View,
  alias: string,
  name: string,
): Pick<OrderKey, 'value' | 'sorted' | 'column' | 'isNullable' | 'isOwn'> {
  const column = sql.column(view, alias, name);
  // Long texts enter cursors as their hash. They only tell rows apart, so any order of them will do.
  if (column.kind === 'prose') {
    const hash = `md5(${comparable(column)})`;
    return {
      value: hash,
      sorted: hash,
      column: { ...column, kind: 'id', type: 'text' },
      isNullable: column.isNullable,
      isOwn: false,
    };
  }
  return { value: column.sql, sorted: sorted(sql, column), column, isNullable: column.isNullable, isOwn: true };
}

function keyOf(what: ReturnType<typeof sorts>, { isDescending, nullsFirst }: Direction): OrderKey {
  return { ...what, isDescending, nullsFirst: what.isNullable && nullsFirst };
}

/** A key in a view to which a chain of ways to one leads: joined from the side, null where there is no visible row. */
function follow(
  sql: Sql,
  view: View,
  alias: string,
  one: unknown,
  path: string,
): { key: OrderKey; join: string; name: string } {
  const { name, value } = single(one, path);
  const here = `${path}.${name}`;
  const meaning = meaningsOf(view).get(name);
  if (!meaning || !('way' in meaning) || meaning.way.many || meaning.way.targets.length > 1) {
    throw badInput(`${here} is nothing that a list can be ordered by.`);
  }
  const { way } = meaning;
  const target = way.targets[0]!;
  const inner = sql.from(target);
  const outer = sql.alias();
  const same = sameKey(sql.column(target, inner.alias, way.to[0]!), sql.column(view, alias, way.from));
  const conditions = all([same, ...visible(sql, target, inner.alias)]);
  const next = single(value, here);
  const lateral = (what: string, joins = '') =>
    `left join lateral (select ${what} as key from ${inner.from}${joins} where ${conditions} limit 1) ${outer} on true`;
  const nextMeaning = meaningsOf(target).get(next.name);
  if (nextMeaning && 'column' in nextMeaning) {
    const direction = directionOf(next.value, `${here}.${next.name}`);
    const leaf = sorts(sql, target, inner.alias, nextMeaning.column);
    const column: SqlColumn = { ...leaf.column, sql: `${outer}.key` };
    const key = { value: column.sql, sorted: sorted(sql, column), column, isNullable: true, isOwn: false };
    return {
      key: keyOf(key, direction),
      join: lateral(leaf.value),
      name: `${name}.${nextMeaning.column} ${direction.name}`,
    };
  }
  const further = follow(sql, target, inner.alias, value, here);
  const key = {
    ...further.key,
    value: `${outer}.key`,
    sorted: sorted(sql, { ...further.key.column, sql: `${outer}.key` }),
  };
  const column = { ...further.key.column, sql: `${outer}.key` };
  return {
    key: { ...key, column },
    join: lateral(further.key.value, ` ${further.join}`),
    name: `${name}.${further.name}`,
  };
}

/** `a desc nulls last, b`: and the other way round when a page is read from its end. */
export function orderText(keys: readonly OrderKey[], isReversed: boolean): string {
  return keys
    .map(({ sorted, isNullable, isDescending, nullsFirst }) => {
      const descending = isDescending !== isReversed;
      if (!isNullable) return descending ? `${sorted} desc` : sorted;
      return `${sorted} ${descending ? 'desc ' : ''}nulls ${nullsFirst === isReversed ? 'last' : 'first'}`;
    })
    .join(', ');
}

/** Where a cursor stands: the database's own text of the ordering values, and which of several equal rows it means. */
export interface Position {
  readonly values: readonly (string | null)[];
  /** Counted from the first copy: 1, 2 …; or from the last: -1, -2 … */
  readonly copy: number;
}

/** The rows that come after the position in the order, or before it when the order is reversed. */
export function beyond(
  sql: Sql,
  keys: readonly OrderKey[],
  values: readonly (string | null)[],
  isReversed: boolean,
  isInclusive = false,
): string {
  const [key, ...rest] = keys;
  if (!key) return isInclusive ? 'true' : 'false';
  const value = values[0]!;
  const further = after(sql, key, value, isReversed);
  // A value that no placeholder speaks of is an error to PostgreSQL, so nothing is made that is not used.
  if (rest.length === 0) return isInclusive ? `(${further} or ${equals(sql, key, value)})` : further;
  const equal = equals(sql, key, value);
  const deeper = beyond(sql, rest, values.slice(1), isReversed, isInclusive);
  const either = `(${further} or (${equal} and ${deeper}))`;
  // An index does not see through `or`; this bound, which follows from it, is what it can start from.
  if (value === null || key.isNullable) return either;
  return `(${key.sorted} ${key.isDescending === isReversed ? '>=' : '<='} ${cursorOperand(sql, key, value)} and ${either})`;
}

function after(sql: Sql, key: OrderKey, value: string | null, isReversed: boolean): string {
  const nullsFirst = key.nullsFirst !== isReversed;
  if (value === null) return key.isNullable && nullsFirst ? `${key.value} is not null` : 'false';
  const sign = key.isDescending === isReversed ? '>' : '<';
  const further = `${key.sorted} ${sign} ${cursorOperand(sql, key, value)}`;
  return key.isNullable && !nullsFirst ? `(${further} or ${key.value} is null)` : further;
}

export function equals(sql: Sql, key: OrderKey, value: string | null): string {
  return value === null ? `${key.value} is null` : `${key.sorted} = ${cursorOperand(sql, key, value)}`;
}

/** A cursor comes from outside: what its column could not have written is refused before PostgreSQL stumbles over it. */
function cursorOperand(sql: Sql, { column }: OrderKey, value: string): string {
  const type = column.type === 'citext' ? 'text' : operandType(column);
  if (!isWritten(type, value)) throw badCursor();
  const param = sql.param(value, type);
  return column.type === 'timestamp' ? `(${param} at time zone 'UTC')` : param;
}
