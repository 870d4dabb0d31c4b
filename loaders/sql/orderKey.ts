import { meaningsOf } from '../../schema/fields.ts';
import { isPolymorphic, type Way } from '../../schema/ways.ts';
import { badInput } from '../../src/failures.ts';
import { rowBeside } from './along.ts';
import { sorted } from './compare.ts';
import { directionOf, given, onlyKeyOf, type Direction } from './direction.ts';
import { measureToSortBy } from './having.ts';
import type { Where } from './logic.ts';
import { comparable } from './column.ts';
import { all, type Rows, type Sql, type SqlColumn } from './sql.ts';
import { measured } from './summary.ts';
import { thoseOf } from './where.ts';

export interface OrderKey {
  /** The value as a cursor carries it. */
  readonly value: string;
  /** The value as lists sort it. */
  readonly sorted: string;
  readonly column: SqlColumn;
  readonly isNullable: boolean;
  readonly isDescending: boolean;
  /** Also of what is never null, as PostgreSQL sorts it: a database may break that promise. */
  readonly nullsFirst: boolean;
  /** It stands for itself and may lead an index: not a hash, not a column of another view. */
  readonly isOwn: boolean;
}

type Sorting = Pick<OrderKey, 'value' | 'sorted' | 'column' | 'isNullable' | 'isOwn'>;

export function sorts(rows: Rows, name: string): Sorting {
  const column = rows.column(name);
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
  return { value: column.sql, sorted: sorted(rows.sql, column), column, isNullable: column.isNullable, isOwn: true };
}

export function keyOf(what: Sorting, { isDescending, nullsFirst }: Direction): OrderKey {
  return { ...what, isDescending, nullsFirst: what.isNullable ? nullsFirst : isDescending };
}

/** A key that lies in another view: what the statement has to join from the side for it, and its name in the order. */
interface Across extends Sorting {
  readonly direction: Direction;
  readonly join: string;
  readonly name: string;
}

/** A key to which a way leads: to a column of the one row there, or to what all rows there come to. */
export function across(rows: Rows, one: unknown, path: string): Across {
  const { name, value } = onlyKeyOf(one, path);
  const here = `${path}.${name}`;
  const meaning = meaningsOf(rows.view).get(name);
  if (!meaning || !('way' in meaning) || isPolymorphic(meaning.way)) {
    throw badInput(`${here} is nothing that a list can be ordered by.`);
  }
  return (meaning.way.many ? ofMany : ofOne)(rows, meaning.way, value, here);
}

/** Null where there is no visible row. */
function ofOne(rows: Rows, way: Way, value: unknown, path: string): Across {
  const row = rowBeside(rows, way);
  const leaf = own(row.inner, value, path) ?? across(row.inner, value, path);
  return {
    ...joined(rows.sql, leaf.column, row.alias, true),
    direction: leaf.direction,
    join: ` ${row.join(`${leaf.value} as key`, leaf.join)}`,
    name: `${way.name}.${leaf.name}`,
  };
}

function own(rows: Rows, one: unknown, path: string): Across | undefined {
  const { name, value } = onlyKeyOf(one, path);
  const meaning = meaningsOf(rows.view).get(name);
  if (!meaning || !('column' in meaning)) return undefined;
  const direction = directionOf(value, `${path}.${name}`);
  return {
    ...sorts(rows, meaning.column),
    direction,
    join: '',
    name: `${meaning.column} ${direction.name}`,
  };
}

/** Of no rows, too, there is a summary: it begins at 0, or is null. */
function ofMany(rows: Rows, way: Way, value: unknown, path: string): Across {
  const { where, summary } = given(value, path) as Where;
  const there = thoseOf(rows, way, where, path);
  const { measure, direction, name } = measureToSortBy(there.rows.view, summary, `${path}.summary`);
  const column = measured(there.rows, measure);
  const outer = rows.sql.alias();
  return {
    ...joined(rows.sql, column, outer, column.isNullable),
    direction,
    join: ` left join lateral (select ${column.sql} as key from ${there.from} where ${all(there.conditions)}) ${outer} on true`,
    // A cursor is a place in the order by these rows and by no others.
    name: `${way.name} ${JSON.stringify(where ?? {})}.${name}`,
  };
}

function joined(sql: Sql, leaf: SqlColumn, outer: string, isNullable: boolean): Sorting {
  const column = { ...leaf, sql: `${outer}.key` };
  return { value: column.sql, sorted: sorted(sql, column), column, isNullable, isOwn: false };
}
