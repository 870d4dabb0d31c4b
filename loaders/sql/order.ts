import { meaningsOf } from '../../schema/fields.ts';
import type { View } from '../../schema/view.ts';
import { directionOf, directions, onlyKeyOf, type Direction } from './direction.ts';
import { across, keyOf, sorts, type OrderKey } from './orderKey.ts';
import type { Rows } from './sql.ts';

export type OrderBy = readonly { readonly [name: string]: unknown }[];

export interface Order {
  readonly keys: readonly OrderKey[];
  /** What the keys that lie in other views need in `from`. */
  readonly joins: readonly string[];
  /** Rows may be equal in every key: a cursor then also counts the copies. */
  readonly mayRepeat: boolean;
  /** The view and the order in words, which cursors are bound to. */
  readonly name: string;
}

/** What the caller asked for, then the order that the view declares, then whatever makes it total. */
export function orderOf(rows: Rows, orderBy: OrderBy): Order {
  const { view } = rows;
  const keys: OrderKey[] = [];
  const joins: string[] = [];
  const names: string[] = [];
  const taken = new Set<string>();
  const isTotal = () => view.grain.length > 0 && !view.mayRepeat && view.grain.every((column) => taken.has(column));

  const add = (column: string, direction: Direction) => {
    if (taken.has(column) || isTotal()) return;
    taken.add(column);
    keys.push(keyOf(sorts(rows, column), direction));
    names.push(`${column} ${direction.name}`);
  };

  for (const [index, one] of orderBy.entries()) {
    const path = `orderBy[${index}]`;
    const { name, value } = onlyKeyOf(one, path);
    const meaning = meaningsOf(view).get(name);
    if (meaning && 'column' in meaning) {
      add(meaning.column, directionOf(value, `${path}.${name}`));
      continue;
    }
    const there = across(rows, one, path);
    keys.push(keyOf(there, there.direction));
    joins.push(there.join.trimStart());
    names.push(there.name);
  }
  for (const declared of view.order) {
    const [column, direction] = declared.split(' ');
    add(column!, directions[direction === 'desc' ? 'DESC' : 'ASC']!);
  }
  for (const column of tieBreakers(view)) add(column, directions['ASC']!);
  return {
    keys,
    joins,
    mayRepeat: view.grain.length === 0 || view.mayRepeat === true,
    name: `${view.name}: ${names.join(', ')}`,
  };
}

/** The grain; without one every column that compares, so that only exact copies are equal. */
function tieBreakers(view: View): readonly string[] {
  if (view.grain.length > 0 && !view.mayRepeat) return view.grain;
  return Object.keys(view.columns).filter((name) => view.columns[name]!.kind !== 'ids');
}

/** The same keys the other way round: for a page that is read from its end. */
export function turned(keys: readonly OrderKey[]): readonly OrderKey[] {
  return keys.map((key) => ({ ...key, isDescending: !key.isDescending, nullsFirst: !key.nullsFirst }));
}

/** `a desc nulls last, b` */
export function orderText(keys: readonly OrderKey[]): string {
  return keys
    .map(({ sorted, isNullable, isDescending, nullsFirst }) => {
      const text = isDescending ? `${sorted} desc` : sorted;
      return isNullable ? `${text} nulls ${nullsFirst ? 'first' : 'last'}` : text;
    })
    .join(', ');
}
