/** For which days metrics are asked: one period, one and the one it is compared with, or as many as a series has points. */
import { badInput } from '../../src/failures.ts';
import { checkZone } from '../groups/zone.ts';

/** Whole days: `until` is the first that no longer belongs to it. */
export interface Period {
  readonly from: string;
  readonly until: string;
}

export interface Timing {
  /** In order and without overlap. */
  readonly periods: readonly Period[];
  /** Where a moment gets its day; absent for the days that the views themselves give, which are those of UTC. */
  readonly zone?: string;
}

export type Comparison = 'PREVIOUS_PERIOD' | 'PREVIOUS_YEAR';

export interface TimingArgs {
  readonly during: { readonly from: string; readonly to: string };
  readonly zone?: string | null | undefined;
}

/** The period asked for comes last; before it the one that it is compared with, if there is one. */
export function timingOf(args: TimingArgs & { readonly compare?: Comparison | null | undefined }): Timing {
  const current = periodOf(args);
  const previous = args.compare ? [before(current, args.compare)] : [];
  return { periods: [...previous, current], ...zoneOf(args) };
}

export function zoneOf({ zone }: TimingArgs): { zone?: string } {
  if (typeof zone !== 'string') return {};
  checkZone(zone, 'zone');
  return { zone };
}

export function periodOf({ during: { from, to } }: TimingArgs): Period {
  if (from > to) throw badInput('during ends before it begins. Both of its days belong to it.');
  return inCalendar({ from, until: shifted(to, 1) });
}

function before({ from, until }: Period, comparison: Comparison): Period {
  if (comparison === 'PREVIOUS_PERIOD') {
    const days = (Date.parse(until) - Date.parse(from)) / dayMs;
    return inCalendar({ from: shifted(from, -days), until: from });
  }
  const year = { from: yearBefore(from), until: shifted(yearBefore(shifted(until, -1)), 1) };
  if (year.until > from) throw badInput('during is longer than a year, so the year before it is a part of it.');
  return inCalendar(year);
}

/** Days whose neighbours are still written with four digits. */
function inCalendar(period: Period): Period {
  if (period.from < '0002-01-01' || period.until > '9998-12-31')
    throw badInput('during is outside of the calendar: it knows the years from 2 to 9998.');
  return period;
}

const dayMs = 86_400_000;

export function shifted(day: string, days: number): string {
  return writtenDay(new Date(Date.parse(day) + days * dayMs));
}

/** The same day of the year before; of 29 February it is the 28th. */
function yearBefore(day: string): string {
  const date = new Date(day);
  date.setUTCFullYear(date.getUTCFullYear() - 1);
  if (date.getUTCDate() !== Number(day.slice(8))) date.setUTCDate(0);
  return writtenDay(date);
}

/** Years that no calendar of ours knows are written out of its range, whichever sign JavaScript gives them. */
function writtenDay(date: Date): string {
  const text = date.toISOString();
  if (text.startsWith('-')) return '0000-01-01';
  return text.startsWith('+') ? '9999-12-31' : text.slice(0, 10);
}
