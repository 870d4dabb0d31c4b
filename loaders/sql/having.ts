import { summedColumns, type FunctionName, type Measure } from '../../schema/measures.ts';
import type { View } from '../../schema/view.ts';
import { badInput } from '../../src/failures.ts';
import { compares } from './compare.ts';
import { directionOf, given, onlyKeyOf, type Direction } from './direction.ts';
import { allOf, type Where } from './logic.ts';
import type { Sql, SqlColumn } from './sql.ts';
import { percentileOf } from './summary.ts';

/** The condition under which the rows of a statement, or of a group of it, come to what the filter of their summary asks. */
export function having(
  sql: Sql,
  view: View,
  summary: Where,
  path: string,
  columnOf: (measure: Measure) => SqlColumn,
): string {
  return allOf(filled(summary, path), path, (field, value, here) => {
    const compare = (measure: Measure, operators: unknown, there: string) =>
      compares(sql, columnOf(measure), operators as Where, there);
    if (field === 'count') return compare({ name: 'count' }, value, here);
    return allOf(filled(value as Where, here), here, (name, operators, there) => {
      const measure = measureNamed(view, field, name, operators);
      return name === 'percentile'
        ? compare(measure, (operators as Percentile).value, `${there}.value`)
        : compare(measure, operators, there);
    });
  });
}

/** An absent variable leaves an empty object behind: to read it as no condition would widen the answer. */
function filled(where: Where, path: string): Where {
  if (Object.keys(where).length === 0) throw badInput(`${path} is empty. Say what the rows have to come to.`);
  return where;
}

interface Percentile {
  readonly at: number;
  readonly value: unknown;
  readonly direction: unknown;
}

function measureNamed(view: View, field: string, name: string, value: unknown): Measure {
  const { column } = summedColumns(view).get(field)!;
  return name === 'percentile'
    ? percentileOf(column, (value as Percentile).at)
    : { column, name: name as Exclude<FunctionName, 'percentile'> };
}

/** The measure that an order of a summary names, which way it goes, and the words for both to which cursors are bound. */
export function measureToSortBy(
  view: View,
  summary: unknown,
  path: string,
): { measure: Measure; direction: Direction; name: string } {
  const { name: field, value } = onlyKeyOf(summary, path);
  const here = `${path}.${field}`;
  const found =
    field === 'count'
      ? { measure: { name: 'count' } as const, direction: directionOf(value, here) }
      : ofColumn(view, field, value, here);
  return { ...found, name: `${JSON.stringify(found.measure)} ${found.direction.name}` };
}

function ofColumn(view: View, field: string, order: unknown, path: string) {
  const { name, value } = onlyKeyOf(order, path);
  const here = `${path}.${name}`;
  const direction = name === 'percentile' ? (given(value, here) as Percentile).direction : value;
  return { measure: measureNamed(view, field, name, value), direction: directionOf(direction, here) };
}
