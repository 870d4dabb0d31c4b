import type { View } from '../../schema/view.ts';
import type { WayFromKey } from '../../schema/ways.ts';
import { rowsAlong } from './along.ts';
import type { Where } from './logic.ts';
import { orderText, turned, type Order } from './order.ts';
import type { OrderKey } from './orderKey.ts';
import { beyond, equals, type Position } from './position.ts';
import { reading, type Reading } from './policy.ts';
import { castArray, operandType } from './column.ts';
import { all, type Rows, type Sql, type SqlColumn } from './sql.ts';
import { passes } from './where.ts';

/**
 * The rows of one list: those of a whole view, or those to which a way leads from each of several parents. It is all data: lists that
 * are the same as JSON are read as one.
 */
export interface List {
  readonly view: View;
  readonly way?: WayFromKey;
  readonly where?: Where;
  readonly orderBy?: readonly { readonly [name: string]: unknown }[];
  /** The day on which a relationship has to hold; what ends on that day does not. */
  readonly asOf?: string;
}

/** The tables and the conditions of a list. Beside a parent, its key is `k.key`. */
export function sourceOf(sql: Sql, { view, way, where, asOf }: List): Reading {
  const asked = (rows: Rows) =>
    where ? [passes(rows, where, 'where')].filter((condition) => condition !== 'true') : [];
  const holds = (rows: Rows) => holdsOn(rows, asOf);
  if (way)
    return rowsAlong(sql, way, {
      meets: hasKey,
      own: asked,
      holds,
      read: (target) => reading(sql, target, sql.together?.from()),
    });
  const { rows, from, conditions } = reading(sql, view);
  return { rows, from, conditions: [...conditions, ...asked(rows), ...holds(rows)] };
}

/** The type of the parents' keys, as the column that they are compared with wants it. */
export function keyTypeOf(sql: Sql, { view, way }: List): Pick<SqlColumn, 'kind' | 'type'> {
  const { through, to } = way!;
  return through ? sql.rows(through.view, 'k').column(through.near) : sql.rows(view, 'k').column(to[0]!);
}

/** The parents' keys as one value. */
export function keysOf(sql: Sql, list: List, keys: readonly string[]): string {
  return sql.param(keys, `${operandType(keyTypeOf(sql, list))}[]`);
}

/** A row holds its parents in an array. */
export function isHeld({ view, way }: List): boolean {
  return !way!.through && view.columns[way!.to[0]!]!.kind === 'ids';
}

/** Each parent's key beside its number, to be read from. */
export function parentsOf(keys: string): string {
  return `unnest(${keys}) with ordinality as k (key, n)`;
}

function hasKey(column: SqlColumn): string {
  if (column.kind === 'ids') {
    const element = operandType(column);
    return `${castArray(column, element)} @> array[k.key]`;
  }
  return column.type === 'citext'
    ? `(${column.sql} = k.key and ${column.sql}::text = k.key::text)`
    : `${column.sql} = k.key`;
}

/** No begin means always, no end means still; the day of the end is the first on which it no longer holds. */
function holdsOn(rows: Rows, asOf: string | undefined): readonly string[] {
  if (asOf === undefined) return [];
  const day = rows.sql.param(asOf, 'date');
  const [begin, end] = ['begin_date', 'end_date'].map((name) => rows.column(name).sql);
  return [`(${begin} is null or ${begin} <= ${day})`, `(${end} is null or ${end} > ${day})`];
}

export interface Window {
  /** The way on which the rows lie, if they are those of a parent. */
  readonly way?: WayFromKey | undefined;
  readonly limit: number;
  /** Read from the end: for `last`. */
  readonly isReversed: boolean;
  /** Start behind this position, in the direction of reading. */
  readonly from?: Position;
  /** The position itself counts too: to ask whether anything lies on its other side. */
  readonly isInclusive?: boolean;
}

/** The rows of a window, in order: one select, or several one after the other where one could not use an index. */
export function windowText(source: Reading, order: Order, selected: string, window: Window): string {
  const { sql } = source.rows;
  const arms = armsOf(sql, order, window);
  const from = [source.from, ...order.joins].join('\n  ');
  const texts = arms.map((arm) => {
    const conditions = [...source.conditions, ...arm.conditions];
    return [
      `select ${selected}`,
      `from ${from}`,
      ...(conditions.length > 0 ? [`where ${all(conditions)}`] : []),
      ...(arm.keys.length > 0 ? [`order by ${orderText(arm.keys)}`] : []),
      ...(arm.offset ? [`offset ${arm.offset}`] : []),
      `limit ${sql.param(String(Math.min(window.limit, arm.limit ?? window.limit)), 'int')}`,
    ].join('\n');
  });
  if (texts.length === 1) return texts[0]!;
  // The arms come one after the other: parallel append, which would mix them, is off in every flight.
  return `select * from (\n${texts.map((text) => `(${text})`).join('\nunion all\n')}\n) arms\nlimit ${sql.param(String(window.limit), 'int')}`;
}

interface Arm {
  readonly conditions: readonly string[];
  readonly keys: readonly OrderKey[];
  readonly offset?: string;
  readonly limit?: number;
}

function armsOf(sql: Sql, order: Order, { way, isReversed, from, isInclusive }: Window): readonly Arm[] {
  const keys = isReversed ? turned(order.keys) : order.keys;
  const arms: Arm[] = [];
  if (from && order.mayRepeat && !isInclusive)
    arms.push(...copies(sql, keys, isReversed ? { ...from, copy: -from.copy } : from));
  const [lead, ...rest] = keys;
  // `desc nulls last` is no order that a plain index has, so those with a value are read first, by the index, and then those
  // without. A short list is sorted as it is.
  if (!lead?.isNullable || !lead.isOwn || !isLong(way, lead)) {
    const conditions = from ? [beyond(sql, keys, from.values, isInclusive)] : [];
    return [...arms, { conditions, keys }];
  }
  const known = { ...lead, isNullable: false };
  const value = from?.values[0];
  const withValue: Arm = {
    conditions: [
      `${lead.value} is not null`,
      ...(from && value !== null ? [beyond(sql, [known, ...rest], from.values, isInclusive)] : []),
    ],
    keys: [known, ...rest],
  };
  const without: Arm = {
    conditions: [
      `${lead.value} is null`,
      ...(from && value === null ? [beyond(sql, rest, from.values.slice(1), isInclusive)] : []),
    ],
    keys: rest,
  };
  const inOrder = lead.nullsFirst ? [without, withValue] : [withValue, without];
  // Behind a position in the second arm there is nothing of the first.
  if (from && inOrder[1] === (value === null ? without : withValue)) inOrder.shift();
  return [...arms, ...inOrder];
}

/** A view is long, and so is what a student has done: moments pile up. Of one session there are few rows. */
function isLong(way: WayFromKey | undefined, { column }: OrderKey): boolean {
  return !way || (way.to[0] !== 'session_id' && column.kind === 'dateTime');
}

/**
 * The remaining copies of the row at the position. They are alike in everything, so it only matters how many there are. Counted
 * from the side where we read from, those up to this one are skipped; counted from the other, -1 being the last, those behind it
 * are left.
 */
function copies(sql: Sql, keys: readonly OrderKey[], { values, copy }: Position): readonly Arm[] {
  // PostgreSQL refuses values that no placeholder uses: an operand is made only where its text is used.
  if (copy === -1) return [];
  const conditions = keys.map((key, index) => equals(sql, key, values[index]!));
  if (copy > 0) return [{ conditions, keys: [], offset: sql.param(String(copy), 'int') }];
  return [{ conditions, keys: [], limit: -copy - 1 }];
}
