/** The types that metrics are shown in. One field follows from each declaration. */
import { MetricReading } from '../../loaders/metricReading.ts';
import type { Subject } from '../../loaders/metricMembers.ts';
import { mostPoints, seriesOf, type MetricPoint } from '../../loaders/metricSeries.ts';
import { timingOf } from '../../loaders/metricPeriods.ts';
import { changeOf, changeRatioOf, valueOf, type MetricValue } from '../../loaders/metricValues.ts';
import type { Context } from '../../src/context.ts';
import type { Builder } from '../builder.ts';
import type { Calendar } from '../calendar.ts';
import { caveats } from './caveats.ts';
import { describe, metrics } from './declared.ts';

export function createMetrics(builder: Builder, { timeUnit, weekStart, timeBucket }: Calendar) {
  const point = builder.objectRef<MetricPoint>('MetricPoint').implement({
    description: 'A metric in one stretch of time.',
    fields: (t) => ({
      bucket: t.expose('bucket', { type: timeBucket, nullable: false, description: 'The stretch of time.' }),
      value: t.exposeFloat('value', {
        description: 'In the days of it that belong to the period. Null where there is nothing to tell it from.',
      }),
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
      series: t.field({
        type: [point],
        description: `The metric by time, in order and without gaps: of no rows what is counted is 0, and a share null. ${mostPoints} points at most.`,
        args: {
          unit: t.arg({ type: timeUnit, required: true, description: 'How long a stretch is: a day or more.' }),
          weekStart: t.arg({ type: weekStart, defaultValue: 'MONDAY', description: 'Where a week begins.' }),
        },
        resolve: ({ reading, metric }, { unit, weekStart }) =>
          seriesOf(reading, metric, { unit, weekStart: weekStart ?? 'MONDAY' }) as Promise<MetricPoint[] | null>,
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

  const args = builder.args((t) => ({
    during: t.field({ type: during, required: true, description: 'Which days.' }),
    zone: t.string({
      description: 'Whose days they are, such as America/Chicago; those of UTC unless said.',
    }),
    compare: t.field({ type: compare, description: 'An earlier period beside it.' }),
  }));

  /** The metrics of a parent, or of all students that the caller sees: spread it into `t.field`. */
  function metricsOf(subject: Subject, whose: string) {
    return {
      type,
      nullable: true as const,
      description: `What ${whose} did in a period, in named figures, as far as you may see the rows.`,
      args,
      resolve: (
        parent: { readonly id?: string | null } | undefined,
        asked: Parameters<typeof timingOf>[0],
        context: Context,
      ) => new MetricReading(context, subject, parent?.id ?? null, timingOf(asked)),
    };
  }

  return metricsOf;
}
