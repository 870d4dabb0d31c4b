import { rectY, ruleY } from '@observablehq/plot';
import { graphql } from '../graph/documents/gql.ts';
import type { MasteryByWeekQuery } from '../graph/documents/graphql.ts';
import { useAnswer } from '../graph/useAnswer.ts';
import { Chart } from '../parts/chart.tsx';
import { DataTable } from '../parts/dataTable.tsx';
import { Legend } from '../parts/legend.tsx';
import { Part } from '../parts/part.tsx';
import { momentsOf } from '../period.ts';
import { count, day, figure, zone } from '../words.ts';
import { appColors, colors, frameOf, type ChartOfSchool } from './chartOfSchool.ts';

const query = graphql(`
  query MasteryByWeek($school: ID!, $since: DateTime!, $until: DateTime!, $zone: String!) {
    studentsMastery(
      where: {
        masteryTimestamp: { gte: $since, lt: $until }
        student: { schools: { some: { schoolId: { eq: $school } } } }
      }
    ) {
      groups(by: [LEARNING_APP_ID], bucket: { of: MASTERY_TIMESTAMP, unit: WEEK, zone: $zone }, first: 400) {
        nodes {
          key {
            bucket {
              startDate
            }
            learningApp {
              id
              name
            }
          }
          summary {
            count
            masteryPercentage {
              avg
            }
          }
        }
      }
    }
  }
`);

interface Week {
  readonly date: Date;
  readonly app: string;
  readonly credentials: number;
  readonly percentage: number | null | undefined;
}

export function Mastery({ schoolId, period }: ChartOfSchool) {
  const answer = useAnswer(query, { school: schoolId, ...momentsOf(period), zone });
  return (
    <Part
      title="Mastery by week"
      note="Credentials of all who are or were at the school, each for one item of a curriculum, by the app that covers it."
      className="wide"
      answer={answer}
      pick={weeksOf}
      isEmpty={(weeks) => weeks.length === 0}
      empty="Nothing was mastered in these weeks."
      table={(weeks) => (
        <DataTable
          caption="Mastery by week and app"
          rows={weeks}
          columns={[
            { name: 'Week of', value: ({ date }) => day(date) },
            { name: 'App', value: ({ app }) => app },
            { name: 'Credentials', value: ({ credentials }) => count(credentials), isNumber: true },
            {
              name: 'Mean result',
              value: ({ percentage }) => (percentage == null ? '–' : `${figure(percentage)}%`),
              isNumber: true,
            },
          ]}
        />
      )}
    >
      {(weeks) => <WeeksChart weeks={weeks} period={period} />}
    </Part>
  );
}

function weeksOf({ studentsMastery }: MasteryByWeekQuery): Week[] | undefined {
  return studentsMastery?.groups?.nodes.flatMap(({ key: { bucket, learningApp }, summary }) =>
    bucket
      ? {
          date: new Date(bucket.startDate),
          app: learningApp?.name ?? 'No app',
          credentials: summary.count,
          percentage: summary.masteryPercentage.avg,
        }
      : [],
  );
}

const otherApps = 'Other apps';

/** By name, those with most credentials, if there are more apps than colours; the table has all of them. */
function shownApps(weeks: readonly Week[]): string[] {
  const apps = Map.groupBy(weeks, ({ app }) => app);
  if (apps.size <= appColors.length) return [...apps.keys()].sort();
  const most = Array.from(apps, ([app, of]) => ({
    app,
    sum: of.reduce((sum, { credentials }) => sum + credentials, 0),
  }));
  const kept = most.sort((a, b) => b.sum - a.sum).slice(0, appColors.length - 1);
  return kept.map(({ app }) => app).sort();
}

interface WeeksChartProps extends Pick<ChartOfSchool, 'period'> {
  readonly weeks: readonly Week[];
}

function WeeksChart({ weeks, period }: WeeksChartProps) {
  const shown = shownApps(weeks);
  const named = weeks.map((week) => ({ ...week, shown: shown.includes(week.app) ? week.app : otherApps }));
  const apps = named.some((week) => week.shown === otherApps) ? [...shown, otherApps] : shown;
  const entries = apps.map((name, index) => ({ name, color: appColors[index]! }));
  const total = weeks.reduce((sum, { credentials }) => sum + credentials, 0);
  return (
    <>
      <Legend entries={entries} />
      <Chart
        label={`Stacked bars: ${count(total)} credentials by week and app.`}
        draw={(width) => ({
          ...frameOf(period, width),
          height: 220,
          y: { label: 'Credentials', grid: true, ticks: 4, tickSize: 0, nice: true },
          color: { domain: apps, range: entries.map(({ color }) => color) },
          marks: [
            rectY(named, {
              x: 'date',
              y: 'credentials',
              fill: 'shown',
              order: apps,
              interval: 'monday',
              inset: 0.5,
              insetLeft: 4,
              insetRight: 4,
              title: ({ date, app, credentials, percentage }: Week) =>
                `Week of ${day(date)}\n${app}: ${count(credentials)}${percentage == null ? '' : `\n${figure(percentage)}% on average`}`,
              tip: true,
            }),
            ruleY([0], { stroke: colors.soft }),
          ],
        })}
      />
    </>
  );
}
