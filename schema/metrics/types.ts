/** The types that metrics are shown in. One field follows from each declaration. */
import { MetricReading } from '../../loaders/metrics/reading.ts';
import type { Subject } from '../../loaders/metrics/members.ts';
import { mostPoints, seriesOf, type MetricPoint, type SeriesArgs } from '../../loaders/metrics/series.ts';
import { timingOf } from '../../loaders/metrics/periods.ts';
import { changeOf, changeRatioOf, valueOf, type MetricValue } from '../../loaders/metrics/values.ts';
import type { Context } from '../../src/context.ts';
import { ofKey } from '../ahead.ts';
import type { Builder } from '../builder.ts';
import type { Calendar } from '../calendar.ts';
import { tells } from '../extensions.ts';
import { caveats } from './caveats.ts';
import { describe, describeUnit, metrics } from './declared.ts';

export function createMetricTypes(builder: Builder, { timeUnit, weekStart, fill, timeBucket }: Calendar) {
  const point = builder.objectRef<MetricPoint>('MetricPoint').implement({
    description: 'Metrics in one stretch of time, in those of its days that belong to the period.',
    ...tells('points'),
    fields: (t) => ({
      bucket: t.field({
        type: timeBucket,
        nullable: false,
        description: 'The stretch of time.',
        resolve: (point) => point.bucket(),
      }),
      ...Object.fromEntries(
        metrics.map((one) => [
          one.name,
          t.float({ description: describeUnit(one), resolve: (point) => point.value(one) }),
        ]),
      ),
    }),
  });

  const metric = builder.objectRef<MetricValue>('Metric').implement({
    description: 'A metric in a period, beside the same in the period that it is compared with.',
    fields: (t) => ({
      value: t.exposeFloat('value', { description: 'In the period. Null where there is nothing to tell it from.' }),
      previous: t.exposeFloat('previous', {
        description: 'In the period that it is compared with. Null also where nothing is compared.',
      }),
      change: t.float({
        description: 'From the previous value to this one. Null if one is missing.',
        resolve: changeOf,
      }),
      changeRatio: t.float({
        description:
          'The change in parts of the previous value: 0.25 is a quarter more. Null if one is missing or the previous is 0.',
        resolve: changeRatioOf,
      }),
    }),
  });

  const code = builder.enumType('MetricCaveatCode', {
    description: 'Why a metric may mislead.',
    values: caveats.map(({ code }) => code),
  });

  const caveat = builder.objectRef<(typeof caveats)[number]>('MetricCaveat').implement({
    description: 'Something to know before metrics are shown or compared. The same words whatever the data are.',
    fields: (t) => ({
      code: t.field({ type: code, nullable: false, description: 'For programs.', resolve: (one) => one.code }),
      message: t.exposeString('message', { nullable: false, description: 'For people.' }),
      metrics: t.stringList({
        nullable: false,
        description: 'The fields whose values it is about.',
        resolve: (one) => [...one.metrics],
      }),
    }),
  });

  const type = builder.objectRef<MetricReading>('Metrics').implement({
    description:
      'Named figures, each with its definition. Ratios are of sums, never means of means. Points and answers have no moment, and keep their UTC day in every zone.',
    ...tells('metrics'),
    fields: (t) => ({
      ...Object.fromEntries(
        metrics.map((one) => [
          one.name,
          t.field({ type: metric, description: describe(one), resolve: (reading) => valueOf(reading, one) }),
        ]),
      ),
      caveats: t.field({
        type: [caveat],
        description:
          'What may mislead in any of the metrics of this answer, in either period, whether asked for or not.',
        resolve: (reading) => reading.those(caveats),
      }),
    }),
  });

  const during = builder.inputType('TimebackDateRange', {
    description: 'Some days in a row.',
    fields: (t) => ({
      from: t.field({ type: 'Date', required: true, description: 'The first day.' }),
      to: t.field({ type: 'Date', required: true, description: 'The last day, which belongs to it.' }),
    }),
  });

  const compare = builder.enumType('TimebackComparison', {
    description: 'With what a period is compared.',
    values: {
      PREVIOUS_PERIOD: { description: 'As many days, directly before it.' },
      PREVIOUS_YEAR: { description: 'The same days of the year before, for periods of a year at most.' },
    } as const,
  });

  const days = builder.args((t) => ({
    during: t.field({ type: during, required: true, description: 'Which days.' }),
    zone: t.string({ description: 'Whose days, such as America/Chicago; UTC unless said.' }),
  }));

  const metricsArgs = builder.args((t) => ({
    ...days,
    compare: t.field({ type: compare, description: 'An earlier period beside it.' }),
  }));

  const seriesArgs = builder.args((t) => ({
    ...days,
    unit: t.field({ type: timeUnit, required: true, description: 'A day or more.' }),
    weekStart: t.field({ type: weekStart, defaultValue: 'MONDAY', description: 'Where a week begins.' }),
    fill: t.field({ type: fill, defaultValue: 'ZERO', description: 'What stretches without rows show.' }),
  }));

  /** The metrics of a parent, or of all students that the caller sees: spread it into `t.field`. */
  function metricsOf(subject: Subject, whose: string) {
    return {
      type,
      nullable: true as const,
      description: `What ${whose} did in a period, in named figures, as far as you may see the rows.`,
      args: metricsArgs,
      ...ofKey,
      resolve: (parent: Parent | undefined, args: Parameters<typeof timingOf>[0], context: Context) =>
        new MetricReading(context, subject, parent?.id ?? null, timingOf(args)),
    };
  }

  /** The same by time. */
  function metricSeriesOf(subject: Subject) {
    return {
      type: [point] as [typeof point],
      nullable: { list: true, items: false } as const,
      description: `The metrics by time, a point for each stretch: ${mostPoints} at most.`,
      args: seriesArgs,
      resolve: (parent: Parent | undefined, args: SeriesArgs, context: Context) =>
        seriesOf(args, (timing) => new MetricReading(context, subject, parent?.id ?? null, timing)),
    };
  }

  return { metricsOf, metricSeriesOf };
}

interface Parent {
  readonly id?: string | null;
}
