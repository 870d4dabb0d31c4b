/** The ids that a column can hold, and when two columns hold the same. */
import { isUuid, uuidPattern } from '../../src/uuid.ts';
import { asText, castArray } from './column.ts';
import type { SqlColumn } from './sql.ts';

/** Ids that the column can hold: what is no UUID is in no `uuid` column, and so it is not found, which is no error. */
export function possibleIds({ type }: Pick<SqlColumn, 'type'>, ids: readonly string[]): readonly string[] {
  const isPossible = type === 'uuid' || type === '_uuid' ? isUuid : hasNoNull;
  // Usually all of them are, and the list that came in is the one that goes out.
  return ids.every(isPossible) ? ids : ids.filter(isPossible);
}

/**
 * The same of ids that other rows hold. A UUID in capitals is not what the column would write: to find it from here, and not from
 * there, where it is compared as a text, would be half an answer.
 */
export function recordedIds(column: Pick<SqlColumn, 'type'>, ids: readonly string[]): readonly string[] {
  const possible = possibleIds(column, ids);
  if (column.type !== 'uuid' && column.type !== '_uuid') return possible;
  return possible.filter((id) => id === id.toLowerCase());
}

const hasNoNull = (id: string) => !id.includes('\0');

/**
 * Two columns hold the same key. The inner one is the one to look up, and stays as it is, so that its index serves; the outer
 * one is cast to its type, and what cannot be cast equals nothing. Nor does a UUID in capitals, as in `recordedIds`.
 */
export function sameKey(inner: SqlColumn, outer: SqlColumn): string {
  if (outer.kind === 'ids') {
    const type = inner.type === 'uuid' && outer.type === '_uuid' ? 'uuid' : 'text';
    return `${type === 'uuid' ? inner.sql : asText(inner)} = any(${castArray(outer, type)})`;
  }
  if (inner.kind === 'ids') {
    const type = outer.type === 'uuid' && inner.type === '_uuid' ? 'uuid' : 'text';
    return `${castArray(inner, type)} @> array[${outer.type === type ? outer.sql : `${outer.sql}::text`}]`;
  }
  if (inner.type === outer.type && inner.type !== 'citext') return `${inner.sql} = ${outer.sql}`;
  if (inner.type === 'uuid') {
    return `${inner.sql} = (case when ${outer.sql}::text ~ '${uuidPattern}' then ${outer.sql}::text::uuid end)`;
  }
  if (inner.type === 'citext') {
    return `(${inner.sql} = ${outer.sql}::text::citext and ${inner.sql}::text = ${outer.sql}::text)`;
  }
  return `${inner.sql} = ${asText(outer)}`;
}
