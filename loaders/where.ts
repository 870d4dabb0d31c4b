import { meaningsOf, otherWord } from '../schema/fields.ts';
import type { View } from '../schema/view.ts';
import { isPolymorphic, type Way } from '../schema/ways.ts';
import { badInput } from '../src/failures.ts';
import { visible } from './policy.ts';
import { comparable, isOneOf, operand, operandType, possibleIds, sameKey, type Sql, type SqlColumn } from './sql.ts';

/** A filter as it came from the caller: checked by GraphQL for its names and types, and for nothing else. */
export type Where = { readonly [name: string]: unknown };

/**
 * The condition under which a row passes the filter.
 *
 * Filters have two values, SQL has three. Every condition made here is true for the rows that pass and false or null for the
 * others; `is not true` therefore turns each of them into its exact complement, nulls included.
 */
export function passes(sql: Sql, view: View, alias: string, where: Where, path: string): string {
  const conditions = Object.entries(where).map(([name, value]) => {
    const here = `${path}.${name}`;
    if (value === null || value === undefined)
      throw badInput(`${here} is null. Leave it out, or use isNull to look for missing values.`);
    if (name === 'and')
      return combine(
        asList(value, here).map((one, i) => passes(sql, view, alias, one, `${here}[${i}]`)),
        'and',
        'true',
      );
    if (name === 'or')
      return combine(
        asList(value, here).map((one, i) => passes(sql, view, alias, one, `${here}[${i}]`)),
        'or',
        'false',
      );
    if (name === 'not') return not(passes(sql, view, alias, value as Where, here));
    const meaning = meaningsOf(view).get(name);
    if (!meaning) throw badInput(`${here} is not a field of ${view.type}.`);
    return 'way' in meaning
      ? leads(sql, view, alias, meaning.way, value as Where, here)
      : compares(sql, sql.column(view, alias, meaning.column), meaning.facts.vocabulary?.words, value as Where, here);
  });
  return combine(conditions, 'and', 'true');
}

function asList(value: unknown, path: string): readonly Where[] {
  return (value as readonly (Where | null)[]).map((item, index) => {
    if (item === null) throw badInput(`${path}[${index}] is null. Leave it out, or give a filter.`);
    return item;
  });
}

function combine(conditions: readonly string[], word: 'and' | 'or', empty: string): string {
  if (conditions.length === 0) return empty;
  return conditions.length === 1 ? conditions[0]! : `(${conditions.join(` ${word} `)})`;
}

function not(condition: string): string {
  return `(${condition}) is not true`;
}

/** The row has a way to a row that passes; to many, some, every or none of them do. Only rows that the caller may see count. */
function leads(sql: Sql, view: View, alias: string, way: Way, where: Where, path: string): string {
  if (!way.many) return isThere(sql, view, alias, way, where, path, (condition) => condition);
  const conditions = Object.entries(where).map(([quantifier, value]) => {
    const here = `${path}.${quantifier}`;
    if (value === null || value === undefined) throw badInput(`${here} is null. Leave it out, or give a filter.`);
    const inner = value as Where;
    if (quantifier === 'some') return isThere(sql, view, alias, way, inner, here, (condition) => condition);
    if (quantifier === 'none') return not(isThere(sql, view, alias, way, inner, here, (condition) => condition));
    return not(isThere(sql, view, alias, way, inner, here, not));
  });
  if (conditions.length === 0) throw badInput(`${path} is empty. Say some, every or none.`);
  return combine(conditions, 'and', 'true');
}

function isThere(
  sql: Sql,
  view: View,
  alias: string,
  way: Way,
  where: Where,
  path: string,
  turn: (condition: string) => string,
): string {
  if (isPolymorphic(way)) return leadsToResource(sql, view, alias, way, where, path, turn);
  const target = way.targets[0]!;
  return exists(sql, view, alias, way, 0, (targetAlias) => turn(passes(sql, target, targetAlias, where, path)));
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
  const inner = sql.from(target);
  const to = sql.column(target, inner.alias, way.to[index]!);
  const seen = [...visible(sql, target, inner.alias), condition(inner.alias)];
  if (!way.through) return sql.exists(inner.from, [sameKey(to, from), ...seen]);
  const bridge = sql.from(way.through.view);
  const near = sql.column(way.through.view, bridge.alias, way.through.near);
  const far = sql.column(way.through.view, bridge.alias, way.through.far);
  const crossed = sql.exists(inner.from, [sameKey(to, far), ...seen]);
  return sql.exists(bridge.from, [sameKey(near, from), ...visible(sql, way.through.view, bridge.alias), crossed]);
}

/** A way to one of several types. What no view knows is no row, so it passes nothing and fails nothing. */
function leadsToResource(
  sql: Sql,
  view: View,
  alias: string,
  way: Way,
  where: Where,
  path: string,
  turn: (condition: string) => string,
): string {
  // Where a type is named, and that is not turned round, whatever passes is known.
  const isNamed = turn !== not && Object.keys(where).some((name) => !['and', 'or', 'not'].includes(name));
  const conditions = (start: View, at: string, end: Way) => [
    ...(isNamed ? [] : [isKnown(sql, start, at, end)]),
    turn(isResource(sql, start, at, end, where, path)),
  ];
  if (!way.many) return combine(conditions(view, alias, way), 'and', 'true');
  const { view: relations, near, far } = way.through!;
  const bridge = sql.from(relations);
  return sql.exists(bridge.from, [
    sameKey(sql.column(relations, bridge.alias, near), sql.column(view, alias, way.from)),
    `${comparable(sql.column(relations, bridge.alias, 'relationship_type'))} = 'isPartOf'`,
    ...conditions(relations, bridge.alias, { ...wayFrom(far, way), many: false }),
  ]);
}

function isKnown(sql: Sql, view: View, alias: string, way: Way): string {
  const found = way.targets.map((_, index) => exists(sql, view, alias, way, index, () => 'true'));
  return combine(found, 'or', 'false');
}

/** Each key names a type, and says that the row is of that type and passes. */
function isResource(sql: Sql, view: View, alias: string, way: Way, where: Where, path: string): string {
  const conditions = Object.entries(where).map(([name, value]) => {
    const here = `${path}.${name}`;
    if (value === null || value === undefined) throw badInput(`${here} is null. Leave it out, or give a filter.`);
    if (name === 'not') return not(isResource(sql, view, alias, way, value as Where, here));
    if (name === 'and' || name === 'or') {
      const parts = asList(value, here).map((one, i) => isResource(sql, view, alias, way, one, `${here}[${i}]`));
      return combine(parts, name, name === 'and' ? 'true' : 'false');
    }
    const index = way.targets.findIndex(({ type }) => type.toLowerCase() === name.toLowerCase());
    return exists(sql, view, alias, way, index, (targetAlias) =>
      passes(sql, way.targets[index]!, targetAlias, value as Where, here),
    );
  });
  return combine(conditions, 'and', 'true');
}

function wayFrom(from: string, { name, targets, to }: Way): Omit<Way, 'many'> {
  return { name, targets, to, from };
}

function compares(
  sql: Sql,
  column: SqlColumn,
  words: readonly string[] | undefined,
  operators: Where,
  path: string,
): string {
  const conditions = Object.entries(operators).map(([operator, value]) => {
    const here = `${path}.${operator}`;
    if (value === null || value === undefined)
      throw badInput(`${here} is null. Leave it out, or use isNull to look for missing values.`);
    if (Array.isArray(value) && value.includes(null))
      throw badInput(`${here} holds a null. Use isNull to look for missing values.`);
    return column.kind === 'ids' ? holds(sql, column, operator, value) : compare(sql, column, words, operator, value);
  });
  // An absent variable leaves an empty object behind: to read it as no filter would widen the answer.
  if (conditions.length === 0) throw badInput(`${path} is empty. Give it an operator, such as eq.`);
  return combine(conditions, 'and', 'true');
}

const signs: Readonly<Record<string, string>> = { lt: '<', lte: '<=', gt: '>', gte: '>=' };

function compare(
  sql: Sql,
  column: SqlColumn,
  words: readonly string[] | undefined,
  operator: string,
  value: unknown,
): string {
  const list = (Array.isArray(value) ? value : [value]).map(String);
  switch (operator) {
    case 'eq':
    case 'in':
      return isAny(sql, column, words, list);
    case 'ne':
    case 'notIn':
      return not(isAny(sql, column, words, list));
    case 'isNull':
      return value === true ? `${column.sql} is null` : `${column.sql} is not null`;
    case 'startsWith':
      return `starts_with(${folded(sql, comparable(column))}, ${folded(sql, operand(sql, column, list[0]!))})`;
    case 'contains':
      return `strpos(${folded(sql, comparable(column))}, ${folded(sql, operand(sql, column, list[0]!))}) > 0`;
    default:
      return `${sorted(sql, column)} ${signs[operator]!} ${operand(sql, column, list[0]!)}`;
  }
}

/** Texts compare in the order in which lists sort them; ids as they are written, also in a column that ignores case. */
export function sorted(sql: Sql, column: SqlColumn): string {
  if (column.kind === 'id' && column.type === 'citext') return `${column.sql}::text`;
  const isText = column.kind === 'text' || column.kind === 'prose';
  return isText && sql.live.collation ? `${comparable(column)} ${sql.live.collation}` : comparable(column);
}

/** Upper and lower case are one, for every alphabet alike on every platform. */
function folded(sql: Sql, text: string): string {
  return `lower(${text} ${sql.live.collation})`;
}

function isAny(sql: Sql, column: SqlColumn, words: readonly string[] | undefined, list: readonly string[]): string {
  if (list.length === 0) return 'false';
  if (!words || !list.includes(otherWord)) return isOneOf(sql, column, list);
  // OTHER stands for every word that the catalogue does not know.
  const unknown = `${comparable(column)} <> all(${sql.param(words, 'text[]')})`;
  const known = list.filter((word) => word !== otherWord);
  return known.length === 0 ? unknown : `(${unknown} or ${isOneOf(sql, column, known)})`;
}

function holds(sql: Sql, column: SqlColumn, operator: string, value: unknown): string {
  const wanted = (Array.isArray(value) ? value : [value]).map(String);
  const ids = possibleIds(column, wanted);
  const element = operandType(column);
  const array = column.type === `_${element}` ? column.sql : `${column.sql}::${element}[]`;
  if (operator === 'hasAny') return `${array} && ${sql.param(ids, `${element}[]`)}`;
  return ids.length < wanted.length ? 'false' : `${array} @> ${sql.param(ids, `${element}[]`)}`;
}
