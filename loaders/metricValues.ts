import type { MetricFacts } from '../schema/metrics/declared.ts';
import type { MetricReading } from './metricReading.ts';

/** A metric in the period that was asked for and, if there is one, in the period that it is compared with. */
export interface MetricValue {
  readonly reading: MetricReading;
  readonly metric: MetricFacts;
  readonly value: number | null;
  readonly previous: number | null;
}

/** The metric in each of the periods; null where the rows say nothing about parents of this kind. */
export async function valuesOf(
  reading: MetricReading,
  { of, per, times = 1 }: MetricFacts,
): Promise<readonly (number | null)[] | null> {
  const [figures, bases] = await Promise.all([reading.figure(of), per && reading.figure(per)]);
  if (!figures) return null;
  if (!bases) return figures.map(shown);
  return figures.map((figure, period) => (bases[period]! > 0 ? shown((figure * times) / bases[period]!) : null));
}

export async function valueOf(reading: MetricReading, metric: MetricFacts): Promise<MetricValue | null> {
  const values = await valuesOf(reading, metric);
  return values && { reading, metric, value: values.at(-1)!, previous: values.length > 1 ? values[0]! : null };
}

export function changeOf({ value, previous }: MetricValue): number | null {
  return value === null || previous === null ? null : value - previous;
}

/** Measured against the size of the earlier value, so that the sign tells the direction also where that was negative. */
export function changeRatioOf(metric: MetricValue): number | null {
  const change = changeOf(metric);
  return change === null || metric.previous === 0 ? null : shown(change / Math.abs(metric.previous!));
}

/** JSON has neither NaN nor infinity. */
function shown(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
