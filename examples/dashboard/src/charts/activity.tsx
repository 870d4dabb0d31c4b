import { dot, lineY, rectY, ruleY } from '@observablehq/plot';
import { graphql } from '../graph/documents/gql.ts';
import type { SchoolActivityQuery } from '../graph/documents/graphql.ts';
import { useAnswer } from '../graph/useAnswer.ts';
import { Chart } from '../parts/chart.tsx';
import { DataTable } from '../parts/dataTable.tsx';
import { Legend } from '../parts/legend.tsx';
import { Part } from '../parts/part.tsx';
import { count, counted, day, duration, share, zone } from '../words.ts';
import { colors, frameOf, intervals, middleOf, type ChartOfSchool } from './chartOfSchool.ts';

const query = graphql(`
  query SchoolActivity($school: ID!, $from: Date!, $to: Date!, $unit: TimebackTimeUnit!, $zone: String!) {
    school(id: $school) {
      id
      metricSeries(during: { from: $from, to: $to }, unit: $unit, zone: $zone) {
        bucket {
          startDate
        }
        activeStudents
        appTime
        focusTime
      }
    }
  }
`);

interface Stretch {
  readonly date: Date;
  readonly seconds: number;
  readonly wasted: number;
  readonly students: number;
}

export function Activity({ schoolId, period, unit }: ChartOfSchool) {
  const answer = useAnswer(query, { school: schoolId, ...period, unit, zone });
  return (
    <Part
      title="Time in apps, and how much of it was focused"
      note="Hours in finished sessions; wasted is what was noticed as waste. Below, the share that was focused."
      className="wide"
      answer={answer}
      pick={stretchesOf}
      isEmpty={(stretches) => stretches.every(({ seconds }) => seconds === 0)}
      empty="No sessions in these weeks."
      table={(stretches) => (
        <DataTable
          caption={`Time in apps by ${unit === 'DAY' ? 'day' : 'week'}`}
          rows={stretches}
          columns={[
            { name: unit === 'DAY' ? 'Day' : 'Week of', value: ({ date }) => day(date) },
            { name: 'Students', value: ({ students }) => count(students), isNumber: true },
            { name: 'Time in apps', value: ({ seconds }) => duration(seconds), isNumber: true },
            { name: 'Wasted', value: ({ wasted }) => duration(wasted), isNumber: true },
            { name: 'Focused', value: (one) => (one.seconds > 0 ? share(focusOf(one)) : '–'), isNumber: true },
          ]}
        />
      )}
    >
      {(stretches) => (
        <>
          <Legend
            entries={[
              { name: 'Focused', color: colors.focus },
              { name: 'Wasted', color: colors.waste },
            ]}
          />
          <HoursChart stretches={stretches} period={period} unit={unit} />
          <FocusChart stretches={stretches.filter(({ seconds }) => seconds > 0)} period={period} unit={unit} />
        </>
      )}
    </Part>
  );
}

/** The same figures as the sums above, stretch by stretch; without those that could not be read. */
function stretchesOf({ school }: SchoolActivityQuery): Stretch[] | undefined {
  return school?.metricSeries?.flatMap(({ bucket, activeStudents, appTime, focusTime }) =>
    activeStudents == null || appTime == null || focusTime == null
      ? []
      : {
          date: new Date(bucket.startDate),
          seconds: appTime,
          wasted: appTime - focusTime,
          students: activeStudents,
        },
  );
}

const focusOf = ({ seconds, wasted }: Stretch) => 1 - wasted / seconds;

interface StretchesProps extends Pick<ChartOfSchool, 'period' | 'unit'> {
  readonly stretches: readonly Stretch[];
}

function HoursChart({ stretches, period, unit }: StretchesProps) {
  const bars = stretches.flatMap((one) => [
    { ...one, kind: 'Focused', hours: (one.seconds - one.wasted) / 3_600 },
    { ...one, kind: 'Wasted', hours: one.wasted / 3_600 },
  ]);
  const total = stretches.reduce((sum, { seconds }) => sum + seconds, 0);
  return (
    <Chart
      label={`Bars: hours in apps by ${unit.toLowerCase()}, ${duration(total)} in all.`}
      draw={(width) => ({
        ...frameOf(period, width),
        height: 220,
        y: { label: 'Hours', grid: true, ticks: 4, tickSize: 0, nice: true },
        color: { domain: ['Focused', 'Wasted'], range: [colors.focus, colors.waste] },
        marks: [
          rectY(bars, {
            x: 'date',
            y: 'hours',
            fill: 'kind',
            interval: intervals[unit],
            insetLeft: unit === 'DAY' ? 1 : 4,
            insetRight: unit === 'DAY' ? 1 : 4,
            title: ({ date, seconds, wasted, students }: Stretch) =>
              `${day(date)}\n${duration(seconds)} in apps\n${duration(wasted)} wasted\n${counted(students, 'student', 'students')}`,
            tip: true,
          }),
          ruleY([0], { stroke: colors.soft }),
        ],
      })}
    />
  );
}

function FocusChart({ stretches, period, unit }: StretchesProps) {
  const least = Math.min(...stretches.map(focusOf));
  const points = stretches.map((one) => ({ ...one, at: middleOf(one.date, unit), focus: focusOf(one) }));
  return (
    <Chart
      label={`Line: share of focused time by ${unit.toLowerCase()}, never below ${share(least)}.`}
      draw={(width) => {
        const { x, ...frame } = frameOf(period, width);
        return {
          ...frame,
          height: 124,
          x: { ...x, axis: null },
          y: { label: 'Focused', grid: true, ticks: 3, tickSize: 0, tickFormat: share, domain: [least, 1], nice: 3 },
          r: { range: [0, 5] },
          marks: [
            lineY(points, { x: 'at', y: 'focus', stroke: colors.focus, strokeWidth: 1.5 }),
            // The larger, the more time the share is of: a Saturday of four sessions says little.
            dot(points, {
              x: 'at',
              y: 'focus',
              r: 'seconds',
              fill: colors.focus,
              title: ({ date, focus, seconds }: Stretch & { focus: number }) =>
                `${day(date)}\n${share(focus)} focused\nof ${duration(seconds)}`,
              tip: true,
            }),
          ],
        };
      }}
    />
  );
}
