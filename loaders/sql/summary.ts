import { functionsOf, summedColumns, type FunctionName, type Measure } from '../../schema/measures.ts';
import { otherWord } from '../../schema/fields.ts';
import { fieldName } from '../../schema/view.ts';
import { badInput } from '../../src/failures.ts';
import type { RawRow } from '../../src/door/flight.ts';
import type { Selection } from './select.ts';
import { asWritten, comparable, exact, answerable } from './column.ts';
import type { Rows, Sql, SqlColumn } from './sql.ts';
import { parserOf, type Parse } from './values.ts';

/** Many rows, of which figures can be asked. They are read when they are asked for, all that a tick asks for at once. */
export interface Summary {
  value(measure: Measure): unknown;
}

/** The measure of the rows of a statement, to be selected, compared or sorted by like a column. */
export function measured(rows: Rows, measure: Measure): SqlColumn {
  if (!('column' in measure)) return { sql: 'count(*)', kind: 'int', type: 'int8', isNullable: false, isEnum: false };
  const held = answerable(rows.column(measure.column));
  const { summary } = summedColumns(rows.view).get(fieldName(measure.column))!;
  const { kind, ofNone } = functionsOf(summary).get(measure.name)!;
  const types = { int: 'int8', float: 'float8', date: 'date', dateTime: held.type };
  return {
    sql: expression(rows.sql, held, measure),
    kind,
    type: types[kind],
    isNullable: ofNone === null,
    isEnum: false,
  };
}

function expression(sql: Sql, column: SqlColumn, measure: Extract<Measure, { column: string }>): string {
  if (measure.name === 'countDistinct') return `count(distinct ${asShown(sql, column)})`;
  if (measure.name !== 'percentile') return expressions[measure.name](column);
  return `percentile_cont(${sql.param(String(measure.at), 'float8')}) within group (order by ${comparable(column)}::float8)`;
}

const expressions: Readonly<
  Record<Exclude<FunctionName, 'countDistinct' | 'percentile'>, (column: SqlColumn) => string>
> = {
  count: ({ sql }) => `count(${sql})`,
  sum: (column) => `coalesce(sum(${exact(column)}), 0)::float8`,
  avg: (column) => `avg(${exact(column)})::float8`,
  stddev: (column) => `sqrt(var_samp(${exact(column)})::float8)`,
  min: (column) => extreme('min', column),
  max: (column) => extreme('max', column),
  countTrue: ({ sql }) => `count(*) filter (where ${sql})`,
  countFalse: ({ sql }) => `count(*) filter (where not ${sql})`,
  shareTrue: ({ sql }) => `avg(${sql}::int)::float8`,
};

function extreme(name: 'min' | 'max', column: SqlColumn): string {
  const isNumber = column.kind === 'int' || column.kind === 'float';
  return `${name}(${comparable(column)})${isNumber ? '::float8' : ''}`;
}

/** As the graph tells values apart: an enum has one word for all that the catalogue does not know. */
export function asShown(sql: Sql, column: SqlColumn): string {
  const value = comparable(asWritten(column));
  if (!column.words) return value;
  return `case when ${value} <> all(${sql.param(column.words, 'text[]')}) then '${otherWord}' else ${value} end`;
}

export function percentileOf(column: string, at: number): Measure {
  if (at < 0 || at > 1) throw badInput('A percentile is taken at a share from 0 to 1; the median is at 0.5.');
  return { column, name: 'percentile', at };
}

/** The measures that a statement selects, each once, and what a row of it says of them. */
export class Measures {
  readonly #places = new Map<string, { readonly at: number; readonly read: Parse; readonly ofNone: 0 | null }>();

  constructor(rows: Rows, selection: Selection, asked: readonly Measure[]) {
    for (const measure of asked) {
      const name = JSON.stringify(measure);
      if (this.#places.has(name)) continue;
      const { sql: text, kind, isNullable } = measured(rows, measure);
      const label = 'column' in measure ? `${measure.column} ${measure.name}` : measure.name;
      const at = selection.add(text, label);
      this.#places.set(name, { at, read: parserOf({ kind }), ofNone: isNullable ? null : 0 });
    }
  }

  /** Without a row there were no rows to be measured. `offset` is the place of the first selected column. */
  read(measure: Measure, raw: RawRow | undefined, offset: number): unknown {
    const { at, read, ofNone } = this.#places.get(JSON.stringify(measure))!;
    return raw ? read(raw[at + offset]!) : ofNone;
  }
}
