import type { MetricFacts } from '../schema/metrics/declared.ts';
import { badInput } from '../src/failures.ts';
import { bucketKeys, timeBucket, type Bucketing, type TimeBucket } from './bucket.ts';
import { shifted } from './metricPeriods.ts';
import type { MetricReading } from './metricReading.ts';
import { valuesOf } from './metricValues.ts';

/** A year by days. */
export const mostPoints = 400;

export interface MetricPoint {
  readonly bucket: TimeBucket;
  readonly value: number | null;
}

/**
 * The metric in each day, week or longer stretch of the period that was asked for, those without rows among them. At its ends, only
 * the days of the period count.
 */
export async function seriesOf(
  reading: MetricReading,
  metric: MetricFacts,
  { unit, weekStart }: Pick<Bucketing, 'unit' | 'weekStart'>,
): Promise<readonly MetricPoint[] | null> {
  if (unit === 'HOUR') throw badInput('unit is too short. Metrics are of days.');
  const { periods, ...zone } = reading.timing;
  const { from, until } = periods.at(-1)!;
  // Days on a calendar are the same everywhere; it is only their moments that need the zone.
  const buckets: TimeBucket[] = [];
  for (const key of bucketKeys({ unit, weekStart }, from, shifted(until, -1))) {
    if (buckets.length === mostPoints) throw badInput(`A series has at most ${mostPoints} points.`);
    buckets.push(timeBucket(key, { unit, weekStart, ...zone }));
  }
  const points = buckets.map(({ startDate, endDate }) => ({
    from: startDate < from ? from : startDate,
    until: endDate > until ? until : endDate,
  }));
  const values = await valuesOf(reading.over({ periods: points, ...zone }), metric);
  return values && buckets.map((bucket, index) => ({ bucket, value: values[index]! }));
}
