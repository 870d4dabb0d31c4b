import { fieldName, keyColumn, type View } from '../schema/view.ts';
import type { Context } from '../src/context.ts';
import type { AnyRow } from './sql/select.ts';

/** The `id` of a row: the value of its key, or one opaque string of the values that make it unique. */
export function idOf(view: View, row: AnyRow): string {
  const key = keyColumn(view);
  if (key) return row[fieldName(key)] as string;
  return opaque(view.grain.map((column) => row[fieldName(column)]));
}

function opaque(values: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/**
 * An id that a caller asks for, as its row has it: PostgreSQL takes a UUID in capitals, too, and writes it in small letters. Where
 * ids are texts, those are two.
 */
export function asInItsRow({ reader }: Context, view: View, id: string): string {
  const key = keyColumn(view);
  return key !== undefined && reader.live.columnOf(view, key).type === 'uuid' ? id.toLowerCase() : id;
}

/** The values in an opaque id; null for a string that is none, and so for one with something behind it that a decoder overlooks. */
export function decodeId(view: View, id: string): readonly string[] | null {
  try {
    const values: unknown = JSON.parse(Buffer.from(id, 'base64url').toString());
    const isGrain = Array.isArray(values) && values.length === view.grain.length && opaque(values) === id;
    return isGrain && values.every((value) => typeof value === 'string') ? values : null;
  } catch {
    // Whoever made it up, no row has this id.
    return null;
  }
}
