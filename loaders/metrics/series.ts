import type { MetricFacts } from '../../schema/metrics/declared.ts';
import { remembered } from '../../schema/remembered.ts';
import { badInput } from '../../src/failures.ts';
import { bucketKeys, timeBucket, type Bucketing, type TimeBucket, type TimeUnit } from '../groups/bucket.ts';
import type { Fill } from '../groups/groupsArgs.ts';
import { periodOf, shifted, zoneOf, type Timing, type TimingArgs } from './periods.ts';
import type { MetricReading } from './reading.ts';
import { toldOf, type Told } from './values.ts';

/** A year by days. */
export const mostPoints = 400;

export interface SeriesArgs extends TimingArgs {
  readonly unit: TimeUnit;
  readonly weekStart?: Bucketing['weekStart'] | null | undefined;
  readonly fill?: Fill | null | undefined;
}

/** The metrics of one stretch of a series. What all of its points share is read when the first of them is asked. */
export interface MetricPoint {
  bucket(): TimeBucket;
  value(metric: MetricFacts): Promise<number | null>;
}

/**
 * A point for each day, week or longer stretch of the period, those without rows among them. At its ends, only the days of the period
 * count.
 */
export function seriesOf(args: SeriesArgs, read: (timing: Timing) => MetricReading): readonly MetricPoint[] {
  const { unit, weekStart, fill } = args;
  if (unit === 'HOUR') throw badInput('metricSeries.unit is too short. Metrics are of days.');
  const { from, until } = periodOf(args);
  const zone = zoneOf(args);
  // Days on a calendar are the same everywhere; it is only their moments that need the zone.
  const bucketing: Bucketing = { unit, weekStart: weekStart ?? 'MONDAY' };
  const keys: string[] = [];
  for (const key of bucketKeys(bucketing, from, shifted(until, -1))) {
    if (keys.length === mostPoints)
      throw badInput(`metricSeries has at most ${mostPoints} points. Take a longer unit, or a shorter period.`);
    keys.push(key);
  }
  const periods = keys.map((key, at) => ({ from: at === 0 ? from : key, until: keys[at + 1] ?? until }));
  const reading = read({ periods, ...zone });
  const values = remembered(async (metric: MetricFacts) => {
    const told = await toldOf(reading, metric);
    return told && filled(told, fill ?? 'ZERO');
  });
  return keys.map((key, at) => ({
    bucket: () => timeBucket(key, { ...bucketing, ...zone }),
    value: async (metric) => (await values(metric))?.[at] ?? null,
  }));
}

/** Of no rows the figures themselves tell what ZERO is: counts and sums are 0, and nothing can be divided by them. */
function filled(told: readonly Told[], fill: Fill): readonly (number | null)[] {
  if (fill === 'ZERO') return told.map(({ value }) => value);
  let last: number | null = null;
  return told.map(({ value, hasRows }) => {
    if (hasRows) last = value;
    return hasRows || fill === 'PREVIOUS' ? last : null;
  });
}
