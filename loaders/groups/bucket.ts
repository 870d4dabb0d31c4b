/**
 * Stretches of time that rows are counted by: hours, days, weeks, months, quarters and years on the calendar of a zone.
 *
 * PostgreSQL says in which of them a row lies, by its key: the day on which the stretch begins or, for an hour, the moment. The same
 * keys are made here for stretches in which there may be no row, and read as what they stand for.
 */
import { badInput } from '../../src/failures.ts';
import { momentOf } from '../sql/column.ts';
import type { Sql, SqlColumn } from '../sql/sql.ts';
import { boundsOfHour, checkZone, dayOf, hourOf, startOfDay } from './zone.ts';

export type TimeUnit = 'HOUR' | 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR';

export interface Bucketing {
  readonly unit: TimeUnit;
  /** The zone in which moments are read; absent for days, which are in none. */
  readonly zone?: string;
  readonly weekStart: 'MONDAY' | 'SUNDAY';
}

export interface TimeBucket {
  readonly startDate: string;
  readonly endDate: string;
  readonly start: string | null;
  readonly end: string | null;
}

/** Buckets by a column of this kind, as a caller asked for them at this path. */
export function bucketingOf(
  kind: 'date' | 'dateTime',
  { unit, zone, weekStart }: { unit: TimeUnit; zone?: string | null | undefined; weekStart: Bucketing['weekStart'] },
  path: string,
): Bucketing {
  if (kind === 'dateTime') {
    if (typeof zone !== 'string')
      throw badInput(`${path}.zone is missing. A moment has no day until you say where, such as America/Chicago.`);
    checkZone(zone, `${path}.zone`);
    return { unit, zone, weekStart };
  }
  if (typeof zone === 'string') throw badInput(`${path}.zone goes with moments. A date is in no time zone.`);
  if (unit === 'HOUR') throw badInput(`${path}.unit is too short. A date has no hours.`);
  return { unit, weekStart };
}

/** Years of which the neighbours can still be written with four digits; a time outside of them is in no bucket. */
const years = { first: '0002-01-01', last: '9998-12-31' };

/** Moments at which all clocks show a day within those years: compared as they are, they need no clock. */
const moments = { first: '0002-01-02', last: '9998-12-30' };

/** The key of the bucket that a row lies in: a date or, for hours, a moment. Null where there is no time. */
export function bucketKey(sql: Sql, column: SqlColumn, { unit, zone, weekStart }: Bucketing): string {
  const within = ({ first, last }: typeof years, key: string) =>
    `case when ${column.sql} between '${first}' and '${last}' then ${key} end`;
  if (zone === undefined) return within(years, firstDay(unit, weekStart, `${column.sql}::timestamp`));
  const moment = momentOf(column);
  const wall = `(${moment} at time zone ${sql.param(zone, 'text')})`;
  // What the clocks show twice in autumn are two hours: so it is the moment that goes back to the full hour.
  if (unit === 'HOUR') return within(moments, `${moment} - (${wall} - date_trunc('hour', ${wall}))`);
  return within(moments, firstDay(unit, weekStart, wall));
}

function firstDay(unit: TimeUnit, weekStart: Bucketing['weekStart'], wall: string): string {
  if (unit === 'WEEK' && weekStart === 'SUNDAY') return `date_trunc('week', ${wall} + interval '1 day')::date - 1`;
  return `date_trunc('${unit.toLowerCase()}', ${wall})::date`;
}

/** The type of the keys. */
export function bucketType({ unit }: Bucketing): 'date' | 'timestamptz' {
  return unit === 'HOUR' ? 'timestamptz' : 'date';
}

/** What a key stands for. The end is the first moment, and the first day, that is no longer in it. */
export function timeBucket(key: string, bucketing: Bucketing): TimeBucket {
  const { unit, zone } = bucketing;
  if (unit === 'HOUR') {
    const { start, end } = boundsOfHour(zone!, Date.parse(key));
    return { startDate: dayOf(zone!, start), endDate: dayOf(zone!, end), start: written(start), end: written(end) };
  }
  const endDate = following(key, unit);
  const moment = (day: string) => (zone === undefined ? null : written(startOfDay(zone, day)));
  return { startDate: key, endDate, start: moment(key), end: moment(endDate) };
}

/** The keys of all buckets from one day or moment to another, in order; both are in the buckets at the ends. */
export function* bucketKeys(bucketing: Bucketing, from: string, to: string): Generator<string> {
  const { unit, zone } = bucketing;
  const known = zone === undefined ? years : moments;
  const start = Math.max(Date.parse(from), Date.parse(known.first));
  const end = Math.min(Date.parse(to), Date.parse(known.last));
  // From a time to an earlier one there is no bucket, also where both are in the same.
  if (start > end) return;
  if (unit === 'HOUR') {
    let moment = start;
    while (moment <= end) {
      const hour = hourOf(zone!, moment);
      yield written(hour);
      moment = boundsOfHour(zone!, hour).end;
    }
    return;
  }
  const [first, last] = [start, end].map((time) =>
    zone === undefined ? written(time).slice(0, 10) : dayOf(zone, time),
  );
  let day = firstDayOf(first!, bucketing);
  while (day <= last!) {
    // Where the date line was moved, a day may be missing from the calendar.
    if (zone === undefined || startOfDay(zone, day) < startOfDay(zone, following(day, unit))) yield day;
    day = following(day, unit);
  }
}

function firstDayOf(day: string, { unit, weekStart }: Bucketing): string {
  const date = new Date(day);
  const month = date.getUTCMonth();
  if (unit === 'WEEK') date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + (weekStart === 'MONDAY' ? 6 : 0)) % 7));
  if (unit === 'MONTH') date.setUTCDate(1);
  if (unit === 'QUARTER') date.setUTCMonth(month - (month % 3), 1);
  if (unit === 'YEAR') date.setUTCMonth(0, 1);
  return written(date.getTime()).slice(0, 10);
}

function following(day: string, unit: TimeUnit): string {
  const date = new Date(day);
  if (unit === 'DAY') date.setUTCDate(date.getUTCDate() + 1);
  if (unit === 'WEEK') date.setUTCDate(date.getUTCDate() + 7);
  if (unit === 'MONTH') date.setUTCMonth(date.getUTCMonth() + 1);
  if (unit === 'QUARTER') date.setUTCMonth(date.getUTCMonth() + 3);
  if (unit === 'YEAR') date.setUTCFullYear(date.getUTCFullYear() + 1);
  return written(date.getTime()).slice(0, 10);
}

function written(moment: number): string {
  return new Date(moment).toISOString();
}
