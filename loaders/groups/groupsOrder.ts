import type { Dimension } from '../../schema/dimensions.ts';
import type { Measure } from '../../schema/measures.ts';
import type { View } from '../../schema/view.ts';
import { badInput } from '../../src/failures.ts';
import { directionOf, type Direction } from '../sql/direction.ts';
import { measureToSortBy } from '../sql/having.ts';
import type { SqlColumn } from '../sql/sql.ts';
import type { Grouping, GroupOrder } from './groupsArgs.ts';

/** What the caller asked for, then time, then the keys, so that no two groups are equal. Missing values come last. */
export function groupOrderText(
  view: View,
  { by, bucket, orderBy }: Grouping,
  measure: (measure: Measure) => SqlColumn,
): string {
  const offset = bucket ? 1 : 0;
  const keys = by.map((dimension, index) => sortedKey(dimension, `g.g${index + offset}`));
  const asked = orderBy.map((one, index) => {
    const path = `groups.orderBy[${index}]`;
    const [name, value] = orderKeyOf(one, path);
    if (name === 'summary') {
      const { measure: asked, direction } = measureToSortBy(view, value, `${path}.summary`);
      return term(measure(asked).sql, direction);
    }
    if (name === 'bucket') {
      if (!bucket) throw badInput(`${path}.bucket needs groups.bucket.`);
      return term('g.g0', directionOf(value, `${path}.bucket`));
    }
    const at = by.findIndex((dimension) => dimension.name === value);
    if (at === -1) throw badInput(`${path}.key is not one of those of groups.by.`);
    return term(keys[at]!, directionOf(one.direction ?? 'ASC', path));
  });
  const usual = bucket || orderBy.length > 0 ? [] : [`${measure({ name: 'count' }).sql} desc`];
  return [...asked, ...usual, ...(bucket ? ['g.g0'] : []), ...keys].join(', ');
}

function orderKeyOf(one: GroupOrder, path: string): readonly [name: string, value: unknown] {
  const { direction, ...rest } = one;
  const entries = Object.entries(rest).filter(([, value]) => value !== null && value !== undefined);
  if (entries.length !== 1)
    throw badInput(`${path} must have exactly one of key, bucket and summary. For a second one add a second object.`);
  if (direction && entries[0]![0] !== 'key') throw badInput(`${path}.direction goes with key alone.`);
  return entries[0]!;
}

function term(text: string, { isDescending, nullsFirst }: Direction): string {
  return `${text} ${isDescending ? 'desc ' : ''}nulls ${nullsFirst ? 'first' : 'last'}`;
}

/** Ids and words sort by their bytes, so that every platform agrees. */
function sortedKey({ facts }: Dimension, name: string): string {
  return facts.kind === 'boolean' || facts.kind === 'date' ? name : `${name}::text collate "C"`;
}
