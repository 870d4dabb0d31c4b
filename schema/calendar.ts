import type { TimeBucket } from '../loaders/groups/bucket.ts';
import type { Builder } from './builder.ts';
import { directives } from './tags.ts';

/** How stretches of time are asked for and shown, wherever rows are counted by them. */
export function createCalendar(builder: Builder) {
  const timeUnit = builder.enumType('TimebackTimeUnit', {
    description: 'How long the buckets are into which times are put.',
    values: ['HOUR', 'DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'] as const,
  });
  const weekStart = builder.enumType('TimebackWeekStart', {
    description: 'On which day a week begins.',
    values: ['MONDAY', 'SUNDAY'] as const,
  });
  const fill = builder.enumType('TimebackFill', {
    description: 'What a bucket shows in which there is no row.',
    values: {
      ZERO: {
        description:
          'Every number is 0, also one that no row makes null, such as a mean; only metrics that are ratios are null.',
      },
      NULL: {
        description:
          'What a summary of no rows shows: sums and counts are 0, everything else is null. Metrics are null.',
      },
      PREVIOUS: { description: 'What the bucket before it shows; before the first one with rows, the same as NULL.' },
    } as const,
  });
  const timeBucket = builder.objectRef<TimeBucket>('TimeBucket').implement({
    description: 'A stretch of time on the calendar. The end is the first day, or moment, that is no longer in it.',
    ...directives({ shareable: [{}] }),
    fields: (t) => ({
      startDate: t.expose('startDate', { type: 'Date', nullable: false, description: 'The day on which it begins.' }),
      endDate: t.expose('endDate', {
        type: 'Date',
        nullable: false,
        description: 'The first day after it; of an hour, the day on which it ends.',
      }),
      start: t.expose('start', {
        type: 'DateTime',
        description: 'The moment at which it begins. Null for buckets of days, which are in no time zone.',
      }),
      end: t.expose('end', { type: 'DateTime', description: 'The first moment after it. Null for buckets of days.' }),
    }),
  });
  return { timeUnit, weekStart, fill, timeBucket };
}

export type Calendar = ReturnType<typeof createCalendar>;
