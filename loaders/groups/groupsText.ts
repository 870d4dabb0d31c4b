import type { Place } from '../../schema/dimensions.ts';
import type { Measure } from '../../schema/measures.ts';
import { badInput, Failure } from '../../src/failures.ts';
import { rowBeside } from '../sql/along.ts';
import { sourceOf, type List } from '../sql/list.ts';
import type { Reading } from '../sql/policy.ts';
import { answerable } from '../sql/column.ts';
import { all, type Sql, type SqlColumn } from '../sql/sql.ts';
import { asShown, measured } from '../sql/summary.ts';
import { bucketKey, bucketType } from './bucket.ts';
import type { Grouping } from './groupsArgs.ts';

/**
 * The groups of a list as a table `g`: its keys are `g0`, `g1` …, the bucket first, and what their rows come to is `m0`, `m1` …
 *
 * Measures are named before the text is made: those that are shown, and those that groups are chosen or sorted by.
 */
export class GroupsText {
  readonly #sql: Sql;
  readonly #grouping: Grouping;
  readonly #source: Reading;
  readonly #parents: number;
  readonly #measures = new Map<string, { readonly name: string; readonly column: SqlColumn }>();

  /** `parents` is the number of those whose groups are made in one statement. */
  constructor(sql: Sql, list: List, grouping: Grouping, parents: number) {
    this.#sql = sql;
    this.#grouping = grouping;
    this.#parents = parents;
    this.#source = sourceOf(sql, list);
  }

  /** A measure of the groups, as a column of the table. */
  measure(measure: Measure): SqlColumn {
    const key = JSON.stringify(measure);
    const known = this.#measures.get(key) ?? {
      name: `m${this.#measures.size}`,
      column: measured(this.#source.rows, measure),
    };
    this.#measures.set(key, known);
    return { ...known.column, sql: `g.${known.name}` };
  }

  /** The table, with all measures that were named so far. */
  table(): string {
    const measures = Array.from(this.#measures.values(), ({ name, column }) => `${column.sql} as ${name}`);
    const { keys, from, conditions } = keyed(this.#source, this.#grouping);
    const groups = [
      `select ${[...keys.map((key, index) => `${key} as g${index}`), ...measures].join(', ')}`,
      `from ${from}`,
      ...(conditions.length > 0 ? [`where ${all(conditions)}`] : []),
      `group by ${keys.map((_, index) => index + 1).join(', ')}`,
    ].join('\n');
    return `(\n${this.#filled(groups)}\n) g`;
  }

  /** The combinations of the other keys, each of which has as many buckets: so there must not be too many. */
  #combinations(others: readonly string[], buckets: number) {
    const most = this.#sql.param(String(Math.floor(mostFilled / (Math.max(1, buckets) * this.#parents))), 'int');
    return {
      table: `combinations as materialized (
select distinct ${others.join(', ')}
from counted
), `,
      beside: `
cross join combinations o
where (select (case when count(*) > ${most} then '${tooManyToFill}' else '0' end)::int from combinations) = 0`,
    };
  }

  /** Buckets in which there is no row, too: for each combination of the other keys that there is. */
  #filled(groups: string): string {
    const { bucket, by } = this.#grouping;
    if (!bucket?.fill) return groups;
    if (bucket.fill.keys.length * this.#parents > mostFilled) throw tooMany();
    const others = by.map((_, index) => `g${index + 1}`);
    const keys = ['g0', ...others].join(', ');
    const measures = [...this.#measures.values()];
    const ofNone = ({ isNullable, kind, type }: SqlColumn) => {
      const isZero = !isNullable || (bucket.fill!.as === 'ZERO' && (kind === 'int' || kind === 'float'));
      return `${isZero ? '0' : 'null'}::${type}`;
    };
    const names = ['g0', ...others, ...measures.map(({ name }) => name)].join(', ');
    const empty = ['b.key', ...others.map((name) => `o.${name}`), ...measures.map(({ column }) => ofNone(column))];
    const combinations = others.length > 0 ? this.#combinations(others, bucket.fill.keys.length) : undefined;
    const table = `with counted as materialized (
${groups}
), ${combinations?.table ?? ''}filled as (
select distinct on (${keys}) *
from (
select ${names}, true as has_rows
from counted
union all
select ${empty.join(', ')}, false
from unnest(${this.#sql.param(bucket.fill.keys, `${bucketType(bucket)}[]`)}) as b (key)${combinations?.beside ?? ''}
) u
order by ${keys}, has_rows desc
)`;
    if (bucket.fill.as !== 'PREVIOUS') return `${table}\nselect ${names}\nfrom filled`;
    const carried = measures.map(({ name, column }) => {
      const value = `first_value(${name}) over run`;
      return `${column.isNullable ? value : `coalesce(${value}, 0)`} as ${name}`;
    });
    const apart = others.length > 0 ? `partition by ${others.join(', ')} ` : '';
    return `${table}
select ${['g0', ...others, ...carried].join(', ')}
from (
select *, count(*) filter (where has_rows) over (${apart}order by g0) as run
from filled
) r
window run as (partition by ${[...others, 'run'].join(', ')} order by g0)`;
  }
}

/** How many groups may be filled in one statement. Ten times as many take PostgreSQL a quarter of a minute. */
const mostFilled = 250_000;

/** No number, so that PostgreSQL stops there, and names it in whichever language it speaks. */
const tooManyToFill = 'too many to fill';

const tooMany = () =>
  badInput(
    `groups.bucket.fill makes ${mostFilled} groups at most. Group by fewer keys, or take longer buckets or a shorter time.`,
  );

/** Groups that only PostgreSQL could count. */
export async function readFilled<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    const cause = error instanceof Failure ? error.originalError : undefined;
    throw cause?.message.includes(tooManyToFill) ? tooMany() : error;
  }
}

/** The rows of a list with the keys of the groups that they are in. */
export function keyed({ rows, from, conditions }: Reading, { by, bucket }: Grouping) {
  const { sql } = rows;
  const beside = new Map<string, ReturnType<typeof rowBeside> & { readonly columns: string[] }>();
  const columnOf = ({ way, column }: Place): SqlColumn => {
    if (!way) return rows.column(column);
    const row = beside.get(way.name) ?? { ...rowBeside(rows, way), columns: [] };
    beside.set(way.name, row);
    const { sql: inner, ...facts } = row.inner.column(column);
    const name = `c${row.columns.length}`;
    row.columns.push(`${inner} as ${name}`);
    return { ...facts, sql: `${row.alias}.${name}`, isNullable: true };
  };
  const keys = [
    ...(bucket ? [bucketKey(sql, columnOf(bucket.place), bucket)] : []),
    // What is shown as missing is in the group of what is missing.
    ...by.map((dimension) => asShown(sql, answerable(columnOf(dimension)))),
  ];
  const joined = Array.from(beside.values(), ({ join, columns }) => join(columns.join(', ')));
  return { keys, from: [from, ...joined].join('\n  '), conditions };
}
