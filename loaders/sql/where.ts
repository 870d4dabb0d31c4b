import { meaningsOf } from '../../schema/fields.ts';
import type { View } from '../../schema/view.ts';
import { isPolymorphic, type Way } from '../../schema/ways.ts';
import { badInput } from '../../src/failures.ts';
import { rowsAlong } from './along.ts';
import { compares, insteadOfNull } from './compare.ts';
import { having } from './having.ts';
import { allOf, combine, not, refuseNull, type Where } from './logic.ts';
import { reading, type Reading } from './policy.ts';
import { comparable, sameKey, type Sql } from './sql.ts';
import { measured } from './summary.ts';

/** The condition under which a row passes the filter. */
export function passes(sql: Sql, view: View, alias: string, where: Where, path: string): string {
  const condition = (name: string, value: unknown, here: string) => {
    const meaning = meaningsOf(view).get(name);
    if (!meaning) throw badInput(`${here} is not a field of ${view.type}.`);
    return 'way' in meaning
      ? leads(sql, view, alias, meaning.way, value as Where, here)
      : compares(sql, sql.column(view, alias, meaning.column), meaning.facts.vocabulary?.words, value as Where, here);
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
function leads(sql: Sql, view: View, alias: string, way: Way, where: Where, path: string): string {
  if (!way.many) return leadsThere(sql, view, alias, way, where, path);
  const conditions = Object.entries(where).map(([quantifier, value]) => {
    const here = `${path}.${quantifier}`;
    refuseNull(value, here, 'give a filter');
    const inner = value as Where;
    if (quantifier === 'aggregate') return comesTo(sql, view, alias, way, inner, here);
    if (quantifier === 'some') return leadsThere(sql, view, alias, way, inner, here);
    if (quantifier === 'none') return not(leadsThere(sql, view, alias, way, inner, here));
    return not(leadsThere(sql, view, alias, way, inner, here, true));
  });
  if (conditions.length === 0) throw badInput(`${path} is empty. Say some, every, none or aggregate.`);
  return combine(conditions, 'and', 'true');
}

/** The rows that the way leads to come to what is asked; of no rows, too, there is a summary. */
function comesTo(sql: Sql, view: View, alias: string, way: Way, { where, summary }: Where, path: string): string {
  const rows = rowsOf(sql, view, alias, way, where, path);
  const asked = having(sql, way.targets[0]!, summary as Where, `${path}.summary`, (measure) =>
    measured(sql, way.targets[0]!, rows.alias, measure),
  );
  return sql.exists(rows.from, rows.conditions, asked);
}

/** The rows that belong to a row of a statement, those that pass the filter. */
export function rowsOf(sql: Sql, view: View, alias: string, way: Way, where: unknown, path: string): Reading {
  if (where !== undefined) refuseNull(where, `${path}.where`, 'give a filter');
  const start = sql.column(view, alias, way.from);
  return rowsAlong(sql, way, {
    meets: (column) => sameKey(column, start),
    own: (inner) => (where === undefined ? [] : [passes(sql, way.targets[0]!, inner, where as Where, `${path}.where`)]),
  });
}

/** The way leads to a row that passes, or to one that does not. */
function leadsThere(
  sql: Sql,
  view: View,
  alias: string,
  way: Way,
  where: Where,
  path: string,
  isNegated = false,
): string {
  if (isPolymorphic(way)) return leadsToResource(sql, view, alias, way, where, path, isNegated);
  const target = way.targets[0]!;
  return exists(sql, view, alias, way, 0, (targetAlias) => {
    const condition = passes(sql, target, targetAlias, where, path);
    return isNegated ? not(condition) : condition;
  });
}

/**
 * A row of the way's target number `index`, under `condition`. Across a bridge it is a bridge row first, and the target is
 * looked for beside it.
 */
function exists(
  sql: Sql,
  view: View,
  alias: string,
  way: Way,
  index: number,
  condition: (targetAlias: string) => string,
): string {
  const target = way.targets[index]!;
  const from = sql.column(view, alias, way.from);
  const inner = reading(sql, target);
  const to = sql.column(target, inner.alias, way.to[index]!);
  const seen = [...inner.conditions, condition(inner.alias)];
  if (!way.through) return sql.exists(inner.from, [sameKey(to, from), ...seen]);
  const bridge = reading(sql, way.through.view);
  const near = sql.column(way.through.view, bridge.alias, way.through.near);
  const far = sql.column(way.through.view, bridge.alias, way.through.far);
  const crossed = sql.exists(inner.from, [sameKey(to, far), ...seen]);
  return sql.exists(bridge.from, [sameKey(near, from), ...bridge.conditions, crossed]);
}

/** A way to one of several types. What no view knows is no row, so it passes nothing and fails nothing. */
function leadsToResource(
  sql: Sql,
  view: View,
  alias: string,
  way: Way,
  where: Where,
  path: string,
  isNegated: boolean,
): string {
  // Where a type is named, and that is not turned round, whatever passes is known.
  const isNamed = !isNegated && Object.keys(where).some((name) => !['and', 'or', 'not'].includes(name));
  const conditions = (start: View, at: string, end: Way) => {
    const known = isNamed ? [] : [isKnown(sql, start, at, end)];
    const condition = isResource(sql, start, at, end, where, path);
    return [...known, isNegated ? not(condition) : condition];
  };
  if (!way.many) return combine(conditions(view, alias, way), 'and', 'true');
  const { view: relations, near, far, only } = way.through!;
  const bridge = reading(sql, relations);
  return sql.exists(bridge.from, [
    sameKey(sql.column(relations, bridge.alias, near), sql.column(view, alias, way.from)),
    ...(only ? [`${comparable(sql.column(relations, bridge.alias, only.column))} = '${only.word}'`] : []),
    ...bridge.conditions,
    ...conditions(relations, bridge.alias, { ...wayFrom(far, way), many: false }),
  ]);
}

function isKnown(sql: Sql, view: View, alias: string, way: Way): string {
  const found = way.targets.map((_, index) => exists(sql, view, alias, way, index, () => 'true'));
  return combine(found, 'or', 'false');
}

/** Each key names a type, and says that the row is of that type and passes. */
function isResource(sql: Sql, view: View, alias: string, way: Way, where: Where, path: string): string {
  const condition = (name: string, value: unknown, here: string) => {
    const index = way.targets.findIndex(({ type }) => type.toLowerCase() === name.toLowerCase());
    // The filter names every type that anything may be; some of them are never at the end of this way.
    if (index === -1) return 'false';
    return exists(sql, view, alias, way, index, (targetAlias) =>
      passes(sql, way.targets[index]!, targetAlias, value as Where, here),
    );
  };
  return allOf(where, path, condition, insteadOfRow);
}

function wayFrom(from: string, { name, targets, to }: Way): Omit<Way, 'many'> {
  return { name, targets, to, from };
}
