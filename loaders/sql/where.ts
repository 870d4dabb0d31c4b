import { meaningsOf } from '../../schema/fields.ts';
import { isPolymorphic, type Way } from '../../schema/ways.ts';
import { badInput } from '../../src/failures.ts';
import { rowsAlong } from './along.ts';
import { compares, insteadOfNull } from './compare.ts';
import { having } from './having.ts';
import { allOf, combine, not, refuseNull, type Where } from './logic.ts';
import { reading, type Reading } from './policy.ts';
import { comparable } from './column.ts';
import { sameKey } from './keys.ts';
import type { Rows } from './sql.ts';
import { measured } from './summary.ts';

/** The condition under which one of the rows passes the filter. */
export function passes(rows: Rows, where: Where, path: string): string {
  const { sql, view } = rows;
  const condition = (name: string, value: unknown, here: string) => {
    const meaning = meaningsOf(view).get(name);
    if (!meaning) throw badInput(`${here} is not a field of ${view.type}.`);
    return 'way' in meaning
      ? leads(rows, meaning.way, value as Where, here)
      : compares(sql, rows.column(meaning.column), value as Where, here);
  };
  return allOf(where, path, condition, (name) => {
    const meaning = meaningsOf(view).get(name);
    if (!meaning) return '';
    if ('column' in meaning) return insteadOfNull(meaning.facts);
    return meaning.way.many ? 'use none: {} to look for rows without any' : insteadOfRow(name);
  });
}

function insteadOfRow(name: string): string {
  return `use not: { ${name}: {} } to look for rows without one`;
}

/** The row has a way to a row that passes; to many, some, every or none of them do. Only rows that the caller may see count. */
function leads(rows: Rows, way: Way, where: Where, path: string): string {
  if (!way.many) return leadsThere(rows, way, where, path);
  const conditions = Object.entries(where).map(([quantifier, value]) => {
    const here = `${path}.${quantifier}`;
    refuseNull(value, here, 'give a filter');
    const inner = value as Where;
    if (quantifier === 'aggregate') return comesTo(rows, way, inner, here);
    if (quantifier === 'some') return leadsThere(rows, way, inner, here);
    if (quantifier === 'none') return not(leadsThere(rows, way, inner, here));
    return not(leadsThere(rows, way, inner, here, 'fails'));
  });
  if (conditions.length === 0) throw badInput(`${path} is empty. Say some, every, none or aggregate.`);
  return combine(conditions, 'and', 'true');
}

/** The rows that the way leads to come to what is asked; of no rows, too, there is a summary. */
function comesTo(rows: Rows, way: Way, { where, summary }: Where, path: string): string {
  const there = thoseOf(rows, way, where, path);
  const asked = having(rows.sql, there.rows.view, summary as Where, `${path}.summary`, (measure) =>
    measured(there.rows, measure),
  );
  return rows.sql.exists(there.from, there.conditions, asked);
}

/** The rows that belong to a row of a statement, those that pass the filter. */
export function thoseOf(rows: Rows, way: Way, where: unknown, path: string): Reading {
  if (where !== undefined) refuseNull(where, `${path}.where`, 'give a filter');
  const start = rows.column(way.from);
  return rowsAlong(rows.sql, way, {
    meets: (column) => sameKey(column, start),
    own: (there) => (where === undefined ? [] : [passes(there, where as Where, `${path}.where`)]),
  });
}

/** What is wanted of the row at the end of a way: that it passes the filter, or that it does not. */
type Wanted = 'passes' | 'fails';

function asWanted(wanted: Wanted, condition: string): string {
  return wanted === 'passes' ? condition : not(condition);
}

/** The way leads to a row that passes, or to one that does not. */
function leadsThere(rows: Rows, way: Way, where: Where, path: string, wanted: Wanted = 'passes'): string {
  if (isPolymorphic(way)) return leadsToResource(rows, way, where, path, wanted);
  return exists(rows, way, 0, (there) => asWanted(wanted, passes(there, where, path)));
}

/**
 * A row of the way's target number `index`, under `condition`. Across a bridge it is a bridge row first, and the target is
 * looked for beside it.
 */
function exists(rows: Rows, way: Way, index: number, condition: (there: Rows) => string): string {
  const { sql } = rows;
  const from = rows.column(way.from);
  const there = reading(sql, way.targets[index]!);
  const to = there.rows.column(way.to[index]!);
  const seen = [...there.conditions, condition(there.rows)];
  if (!way.through) return sql.exists(there.from, [sameKey(to, from), ...seen]);
  const bridge = reading(sql, way.through.view);
  const near = bridge.rows.column(way.through.near);
  const far = bridge.rows.column(way.through.far);
  const crossed = sql.exists(there.from, [sameKey(to, far), ...seen]);
  return sql.exists(bridge.from, [sameKey(near, from), ...bridge.conditions, crossed]);
}

/** A way to one of several types. What no view knows is no row, so it passes nothing and fails nothing. */
function leadsToResource(rows: Rows, way: Way, where: Where, path: string, wanted: Wanted): string {
  // Where a type is named, and that is not turned round, whatever passes is known.
  const isNamed = wanted === 'passes' && Object.keys(where).some((name) => !['and', 'or', 'not'].includes(name));
  const conditions = (start: Rows, end: Way) => {
    const known = isNamed ? [] : [isKnown(start, end)];
    return [...known, asWanted(wanted, isResource(start, end, where, path))];
  };
  if (!way.many) return combine(conditions(rows, way), 'and', 'true');
  const { view: relations, near, far, only } = way.through!;
  const bridge = reading(rows.sql, relations);
  return rows.sql.exists(bridge.from, [
    sameKey(bridge.rows.column(near), rows.column(way.from)),
    ...(only ? [`${comparable(bridge.rows.column(only.column))} = '${only.word}'`] : []),
    ...bridge.conditions,
    ...conditions(bridge.rows, behindBridge(far, way)),
  ]);
}

function isKnown(rows: Rows, way: Way): string {
  const found = way.targets.map((_, index) => exists(rows, way, index, () => 'true'));
  return combine(found, 'or', 'false');
}

/** Each key names a type, and says that the row is of that type and passes. */
function isResource(rows: Rows, way: Way, where: Where, path: string): string {
  const condition = (name: string, value: unknown, here: string) => {
    const index = way.targets.findIndex(({ type }) => type.toLowerCase() === name.toLowerCase());
    // The filter names every type that anything may be; some of them are never at the end of this way.
    if (index === -1) return 'false';
    return exists(rows, way, index, (there) => passes(there, value as Where, here));
  };
  return allOf(where, path, condition, insteadOfRow);
}

/** The rest of a way across a bridge: from a row of the bridge to the one that it leads to. */
function behindBridge(far: string, { name, targets, to }: Way): Way {
  return { name, many: false, targets, from: far, to };
}
