/**
 * Look-ups of the same thing by different keys, as one select. To look up one row is mostly what comes before and after it: beside
 * fifteen others, a key costs PostgreSQL a sixth of what it costs by itself.
 */
import { failureOf } from '../failures.ts';
import type { LookUp, Outcome, RawRow, Statement } from './flight.ts';

export type LookUpStatement = Statement & { readonly lookUp: LookUp };

/** Whoever wants to see her statements is asked for by herself. */
export function isLookUp(statement: Statement): statement is LookUpStatement {
  return statement.lookUp !== undefined && statement.askedBy === undefined;
}

export function asOne(lookUps: readonly LookUpStatement[]): Statement {
  const [{ view, lookUp }] = lookUps as [LookUpStatement];
  const keys = lookUps.map((statement) => statement.lookUp.key);
  return { view, isKeyed: true, text: lookUp.textOfMany, values: [keys] };
}

/** Of the outcome of all, that of each. The key of one may have broken it, so it counts as not asked for any of them. */
export function dealt(lookUps: readonly LookUpStatement[], all: Outcome): readonly Outcome[] {
  if (!('rows' in all)) return lookUps.map(() => (isTimeOver(all) ? all : { skipped: true }));
  const rowsOf = new Map<string, RawRow[]>(lookUps.map(({ lookUp: { key } }) => [key, []]));
  // A key that is written in another way is not the one that was asked for.
  for (const row of all.rows) rowsOf.get(row[lookUps[0]!.lookUp.keyAt]!)?.push(row);
  return lookUps.map(({ lookUp: { key } }) => ({ rows: rowsOf.get(key)! }));
}

/** The time was that of all of them, and there is none left to ask for each. */
function isTimeOver(all: Outcome): boolean {
  return 'error' in all && failureOf(all.error).extensions['code'] === 'TIMEOUT';
}
