import type { FigureSource } from '../../schema/metrics/sources.ts';
import { momentOf, answerable } from '../sql/column.ts';
import { operand } from '../sql/operand.ts';
import type { Sql, SqlColumn } from '../sql/sql.ts';
import { startOfDay } from '../groups/zone.ts';
import type { Timing } from './periods.ts';

/**
 * When a row of a source is: on the day that the view gives it or, in a zone, on the day that its moment has there. Rows that
 * have a day and no moment keep their day in every zone, and moments without a zone are read in UTC, as the views do.
 */
export class Clock {
  readonly #sql: Sql;
  readonly #timing: Timing;
  readonly #column: SqlColumn;
  readonly #type: 'date' | 'timestamptz';

  constructor(sql: Sql, { view, day, moment }: FigureSource, timing: Timing) {
    const isDay = day !== undefined && (timing.zone === undefined || moment === undefined);
    this.#sql = sql;
    this.#timing = timing;
    this.#column = sql.rows(view, 'v').column((isDay ? day : moment)!);
    this.#type = isDay ? 'date' : 'timestamptz';
  }

  /** The row is within one of the periods. */
  isWithin(): string {
    const { sql } = this.#column;
    const edge = (day: string) => operand(this.#sql, this.#column, this.#at(day));
    const spans = spansOf(this.#timing).map(({ from, until }) => `${sql} >= ${edge(from)} and ${sql} < ${edge(until)}`);
    return spans.length === 1 ? spans[0]! : `(${spans.map((span) => `(${span})`).join(' or ')})`;
  }

  /** The day of the row on the calendar of the zone. */
  day(): string {
    if (this.#type === 'date') return this.#column.sql;
    return `(${momentOf(this.#column)} at time zone ${this.#sql.param(this.#timing.zone ?? 'UTC', 'text')})::date`;
  }

  /** Between which two edges the row lies, counted from 1. */
  slot(): string {
    const edges = edgesOf(this.#timing);
    if (edges.length === 2) return '1';
    return `width_bucket(${momentOf(this.#column)}, ${this.#array(edges)})`;
  }

  /** How many of the periods had ended at the time of the row. */
  passed(): string {
    const ends = this.#array(this.#timing.periods.map(({ until }) => until));
    return `width_bucket(${momentOf(answerable(this.#column))}, ${ends})`;
  }

  /** The periods as rows, in order: the day on which each ends, and by the number of which edge it is known. */
  periods(): string {
    const { periods } = this.#timing;
    const edges = edgesOf(this.#timing);
    const days = this.#sql.param(
      periods.map(({ until }) => until),
      'date[]',
    );
    const slots = this.#sql.param(
      periods.map(({ from }) => String(edges.indexOf(from) + 1)),
      'int[]',
    );
    return `unnest(${days}, ${slots}) with ordinality as p (day, slot, number)`;
  }

  #at(day: string): string {
    return this.#type === 'date' ? day : new Date(startOfDay(this.#timing.zone ?? 'UTC', day)).toISOString();
  }

  #array(days: readonly string[]): string {
    return this.#sql.param(
      days.map((day) => this.#at(day)),
      `${this.#type}[]`,
    );
  }
}

/** Where periods begin and end; between two that do not touch lies a stretch that nobody asked for. */
export function edgesOf({ periods }: Timing): readonly string[] {
  return [...new Set(periods.flatMap(({ from, until }) => [from, until]))];
}

/** Periods that touch are looked for in one stretch. */
export function spansOf({ periods }: Timing): readonly { from: string; until: string }[] {
  const spans: { from: string; until: string }[] = [];
  for (const { from, until } of periods) {
    const last = spans.at(-1);
    if (last?.until === from) last.until = until;
    else spans.push({ from, until });
  }
  return spans;
}
