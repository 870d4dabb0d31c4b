import type { LiveViews } from '../../src/door/liveViews.ts';
import type { Value } from '../../src/door/flight.ts';
import type { View } from '../../schema/view.ts';
import type { Sql } from './sql.ts';

interface Wording {
  readonly made: unknown;
  readonly views: readonly View[];
  /** Those that came in while it was written; undefined in the places of what was given. */
  readonly values: readonly (Value | undefined)[];
}

/** The views may be others when they are learned anew. */
const wordings = new WeakMap<LiveViews, Map<string, Wording>>();
const mostWordings = 1_000;

/**
 * Writes a statement, or takes it as it was written before under that name: to write a list takes longer than to read fifty rows
 * of it. The name has to hold all that the statement follows from; without one it is written each time.
 *
 * What looked at the caller's scope while it was written is hers alone, and never kept. A view that was closed since is refused
 * as if it were written now. Where something is given, it is all that may be put into the statement, and takes its places again.
 */
export function worded<T>(sql: Sql, name: string | undefined, write: () => T, given?: Value): T {
  if (name === undefined) return write();
  const known = wordings.get(sql.live) ?? new Map<string, Wording>();
  const wording = known.get(name);
  if (wording) {
    for (const view of wording.views) sql.live.from(view);
    for (const value of wording.values) sql.values.push(value === undefined ? given! : value);
    return wording.made as T;
  }
  const before = sql.values.length;
  const made = write();
  const values = sql.values.slice(before).map((value) => (value === given ? undefined : value));
  const hasOtherValues = given !== undefined && values.some((value) => value !== undefined);
  if (sql.dependsOnScope || hasOtherValues) return made;
  if (known.size >= mostWordings) known.clear();
  known.set(name, { made, views: sql.views, values });
  wordings.set(sql.live, known);
  return made;
}
