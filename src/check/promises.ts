import pg from 'pg';
import type { View } from '../../schema/view.ts';
import type { LiveColumn } from '../door/liveColumns.ts';
import { unanswered, type Asked } from './asking.ts';
import type { Finding } from './finding.ts';
import { whereUnshown } from './unshown.ts';

/** A view and all of its rows, whoever may see them. */
export interface WholeView {
  readonly view: View;
  readonly from: string;
  readonly ask: (text: string) => Promise<Asked>;
}

export async function repeatsOf({ view, from, ask }: WholeView): Promise<Finding[]> {
  const grain = view.grain.map((column) => pg.escapeIdentifier(column)).join(', ');
  const repeated = await ask(`select 1 from ${from} group by ${grain} having count(*) > 1 limit 1`);
  if (!Array.isArray(repeated)) return [unanswered(view, repeated, `Whether (${grain}) is unique`)];
  if (repeated.length === 0) return [];
  const severity = view.mayRepeat ? 'warning' : 'error';
  const message = `(${view.grain.join(', ')}) is on more than one row.`;
  return [{ kind: 'grain not unique', severity, view: view.name, message }];
}

/** What rows hold against what is promised of them. Lists can be sorted by any column that is never null, and look for no nulls in it. */
export async function brokenPromisesOf(
  { view, from, ask }: WholeView,
  sound: ReadonlyMap<string, LiveColumn>,
): Promise<Finding[]> {
  const promises = Object.entries(view.columns).flatMap(([column, facts]) => {
    const live = sound.get(column);
    if (facts.kind === 'ids' || !live) return [];
    const name = pg.escapeIdentifier(column);
    const unshown = whereUnshown(facts, live.type, name);
    return [
      ...(facts.isNullable ? [] : [{ column, kind: 'column has nulls', is: `${name} is null` } as const]),
      ...(unshown === undefined ? [] : [{ column, kind: 'column out of range', is: unshown } as const]),
    ];
  });
  if (promises.length === 0) return [];
  const found = await ask(`select ${promises.map(({ is }) => `bool_or(${is})`).join(', ')} from ${from}`);
  if (!Array.isArray(found)) return [unanswered(view, found, 'Whether columns that are never null hold no nulls')];
  return promises
    .filter((_, index) => found[0]![index] === true)
    .map(({ column, kind }) => ({ kind, severity: 'warning', view: view.name, column, message: brokenPromises[kind] }));
}

const brokenPromises = {
  'column has nulls':
    'It is null on some rows. Lists show them with an error, and may lose them where they are sorted by it.',
  'column out of range':
    'It is too large, not whole or no number on some rows, or no day of the calendar. Lists show them with an error.',
} as const;
