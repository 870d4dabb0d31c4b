import type { Period } from '../period.ts';
import { day } from '../words.ts';

export interface ChartOfSchool {
  readonly schoolId: string;
  readonly period: Period;
  readonly unit: 'DAY' | 'WEEK';
}

const dayMs = 86_400_000;
const days = { DAY: 1, WEEK: 7 } as const;
/** Pixels that the name of a day takes. */
const narrowest = 70;

/** Plot's names of the graph's units. Both begin weeks on Monday; a day of any zone is drawn as the same day in UTC. */
export const intervals = { DAY: 'day', WEEK: 'monday' } as const;

/** What pictures over the same weeks have in common, so that they stand in line below one another. */
export function frameOf({ from, to }: Period, width: number) {
  const [start, end] = [Date.parse(from), Date.parse(to) + dayMs];
  const weeks = Math.round((end - start) / (7 * dayMs));
  const step = Math.ceil((weeks * narrowest) / width);
  return {
    marginLeft: 40,
    marginRight: 8,
    x: {
      label: null,
      type: 'utc' as const,
      domain: [new Date(start), new Date(end)],
      // Weeks begin on Mondays, and so do the names below them.
      ticks: Array.from({ length: Math.ceil(weeks / step) }, (_, index) => new Date(start + index * step * 7 * dayMs)),
      tickFormat: day,
      tickSize: 0,
    },
  };
}

/** In the middle of the stretch that begins then. */
export function middleOf(date: Date, unit: ChartOfSchool['unit']): Date {
  return new Date(date.getTime() + (days[unit] * dayMs) / 2);
}

/** Ink of axes and lines comes with the page, in light and in dark. */
export const colors = { focus: 'var(--focus)', waste: 'var(--waste)', soft: 'var(--soft)' };

/** One of a few apps; more than six could not be told apart. */
export const appColors = ['--app-1', '--app-2', '--app-3', '--app-4', '--app-5', '--app-6'].map(
  (name) => `var(${name})`,
);
