import { createHash } from 'node:crypto';
import { badCursor } from '../../src/failures.ts';
import type { RawRow, RawRows } from '../../src/door/flight.ts';
import type { Order } from '../sql/order.ts';
import type { OrderKey } from '../sql/orderKey.ts';
import type { Position } from '../sql/position.ts';

/** Where each row stands. Rows that are equal in every key are numbered, from the end at which the page was read. */
export function positions(
  raw: RawRows,
  { keys }: Order,
  at: readonly number[],
  isReversed: boolean,
  from: Position | undefined,
) {
  const valuesOf = (row: RawRow) => at.map((index) => row[index]!);
  const step = isReversed ? -1 : 1;
  let numbered: readonly Position[] | undefined;
  return (index: number): Position => {
    if (!numbered) {
      let last = from;
      numbered = raw.map((row) => {
        const values = valuesOf(row);
        const isCopy = last?.values.every((value, key) => isSame(keys[key]!, value, values[key]!));
        last = { values, copy: isCopy ? last!.copy + step : step };
        return last;
      });
    }
    return numbered[index]!;
  };
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

export function cursorWriter(order: Order): (position: Position) => string {
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
