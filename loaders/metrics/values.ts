import type { MetricFacts } from '../../schema/metrics/declared.ts';
import type { MetricReading } from './reading.ts';

/** A metric in one period. */
export interface Told {
  readonly value: number | null;
  /** Whether the views that the metric comes from have any row there. */
  readonly hasRows: boolean;
}

/** A metric in the period that was asked for and, if there is one, in the period that it is compared with. */
export interface MetricValue {
  readonly value: number | null;
  readonly previous: number | null;
}

/** The metric in each of the periods; null where the rows say nothing about parents of this kind. */
export async function toldOf(
  reading: MetricReading,
  { of, per, times = 1 }: MetricFacts,
): Promise<readonly Told[] | null> {
  const [figures, bases] = await Promise.all([reading.figure(of), per && reading.figure(per)]);
  if (!figures) return null;
  return figures.map((figure, period) => {
    const base = bases?.[period] ?? null;
    const hasRows = figure !== null || base !== null;
    if (!per) return { value: shown(figure ?? 0), hasRows };
    return { value: base !== null && base > 0 ? shown(((figure ?? 0) * times) / base) : null, hasRows };
  });
}

export async function valueOf(reading: MetricReading, metric: MetricFacts): Promise<MetricValue | null> {
  const told = await toldOf(reading, metric);
  return told && { value: told.at(-1)!.value, previous: told.length > 1 ? told[0]!.value : null };
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
