import { createHash } from 'node:crypto';
import { badCursor } from '../../src/failures.ts';
import type { RawRows } from '../../src/door/flight.ts';
import type { Order } from '../sql/order.ts';
import type { OrderKey } from '../sql/orderKey.ts';
import type { Position } from '../sql/position.ts';

/** What a statement says of the places of its rows. */
export interface Placing {
  readonly order: Order;
  /** Where in a row the values are that cursors are made of. */
  readonly at: readonly number[];
  readonly from: Position | undefined;
}

/** The rows of a page as they were read: those of a reversed one from its end. */
interface Shown {
  readonly raw: RawRows;
  readonly offset: number;
  readonly isReversed: boolean;
}

/** The cursor of each row. Nothing of it is made before the first is asked for. */
export function cursorsOf(placing: Placing, shown: Shown): (index: number) => string {
  let positions: readonly Position[] | undefined;
  let write: ReturnType<typeof cursorWriter> | undefined;
  return (index) => {
    positions ??= positionsOf(placing, shown);
    write ??= cursorWriter(placing.order);
    return write(positions[shown.isReversed ? positions.length - 1 - index : index]!);
  };
}

/** Where each row stands. Rows that are equal in every key are numbered, from the end at which the page was read. */
function positionsOf({ order: { keys }, at, from }: Placing, { raw, offset, isReversed }: Shown): readonly Position[] {
  const step = isReversed ? -1 : 1;
  let last = from;
  return raw.map((row) => {
    const values = at.map((place) => row[place + offset]!);
    const isCopy = last?.values.every((value, key) => isSame(keys[key]!, value, values[key]!));
    last = { values, copy: isCopy ? last!.copy + step : step };
    return last;
  });
}

/** PostgreSQL writes equal numbers differently: 1 and 1.00, 0 and -0. */
function isSame({ column }: OrderKey, one: string | null, other: string | null): boolean {
  if (one === other || one === null || other === null) return one === other;
  return (column.kind === 'float' || column.kind === 'int') && plain(one) === plain(other);
}

function plain(number: string): string {
  const short = number.includes('.') && !number.includes('e') ? number.replace(/\.?0+$/, '') : number;
  return short === '-0' ? '0' : short;
}

function seal(order: Order): string {
  return createHash('sha256').update(order.name).digest('base64url').slice(0, 8);
}

function cursorWriter(order: Order): (position: Position) => string {
  const sealed = seal(order);
  return ({ values, copy }) => Buffer.from(JSON.stringify([sealed, copy, ...values])).toString('base64url');
}

/** A cursor is a filter under the caller's own scope, so it holds no secret; it only has to fit its list and order. */
export function decodeCursor(order: Order, cursor: string): Position {
  const [hash, copy, ...values] = parse(cursor);
  const isWhole =
    values.length === order.keys.length && values.every((value) => value === null || typeof value === 'string');
  const counts = Number.isInteger(copy) && copy !== 0 && Math.abs(copy as number) < 1e9;
  if (hash !== seal(order) || !isWhole || !counts) throw badCursor();
  return { values, copy: copy as number };
}

function parse(cursor: string): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
}
