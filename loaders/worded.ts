import type { LiveViews } from '../src/liveViews.ts';
import type { Value } from '../src/flight.ts';
import type { View } from '../schema/view.ts';
import type { Sql } from './sql.ts';

interface Wording {
  readonly made: unknown;
  readonly views: readonly View[];
  /** Those that came in while it was written. */
  readonly values: readonly Value[];
}

/** The views may be others when they are learned anew. */
const wordings = new WeakMap<LiveViews, Map<string, Wording>>();
const mostWordings = 1_000;

/**
 * Writes a statement, or takes it as it was written before under that name: to write a list takes longer than to read fifty rows
 * of it. The name has to hold all that the statement follows from; without one it is written each time.
 *
 * What looked at the caller's scope while it was written is hers alone, and never kept. A view that was closed since is refused
 * as if it were written now.
 */
export function worded<T>(sql: Sql, name: string | undefined, write: () => T): T {
  if (name === undefined) return write();
  const known = wordings.get(sql.live) ?? new Map<string, Wording>();
  const wording = known.get(name);
  if (wording) {
    for (const view of wording.views) sql.live.from(view);
    sql.values.push(...wording.values);
    return wording.made as T;
  }
  const before = sql.values.length;
  const made = write();
  if (sql.isPersonal) return made;
  if (known.size >= mostWordings) known.clear();
  known.set(name, { made, views: sql.views, values: sql.values.slice(before) });
  wordings.set(sql.live, known);
  return made;
}
