import { graphql } from '../graph/documents/gql.ts';
import { useAnswer } from '../graph/useAnswer.ts';
import { Part } from '../parts/part.tsx';
import { momentsOf, type Period } from '../period.ts';
import { day as dayName, duration, zone } from '../words.ts';

const query = graphql(`
  query StudentDays($id: ID!, $since: DateTime!, $until: DateTime!, $zone: String!) {
    student(id: $id) {
      id
      sessions(where: { startTime: { gte: $since, lt: $until } }) {
        groups(bucket: { of: START_TIME, unit: DAY, zone: $zone, fill: ZERO }, first: 400) {
          nodes {
            key {
              bucket {
                startDate
              }
            }
            summary {
              count
              durationSec {
                sum
              }
            }
          }
        }
      }
    }
  }
`);

export interface DayStripProps {
  readonly studentId: string;
  readonly period: Period;
  readonly day: string;
  readonly onDay: (day: string) => void;
}

/** Some weeks of a student at a glance: a bar is a day, and leads to it. */
export function DayStrip({ studentId, period, day, onDay }: DayStripProps) {
  const answer = useAnswer(query, { id: studentId, ...momentsOf(period), zone });
  return (
    <Part
      title={`${dayName(period.from)} to ${dayName(period.to)}`}
      note="Time in apps by day. Choose a day to see it below."
      className="wide"
      answer={answer}
      pick={(data) => data.student?.sessions?.groups?.nodes}
      empty="Not there, or not yours to see."
    >
      {(groups) => {
        const most = Math.max(...groups.map(({ summary }) => summary.durationSec.sum));
        return (
          <div className="strip">
            {groups.map(({ key, summary: { count, durationSec } }) => {
              const date = key.bucket?.startDate ?? '';
              const words = count === 0 ? 'no sessions' : duration(durationSec.sum);
              return (
                <button
                  key={date}
                  type="button"
                  disabled={count === 0}
                  aria-pressed={date === day}
                  aria-label={`${dayName(date)}: ${words}`}
                  title={`${dayName(date)}: ${words}`}
                  onClick={() => onDay(date)}
                >
                  <span style={{ height: `${most > 0 ? (100 * durationSec.sum) / most : 0}%` }} />
                </button>
              );
            })}
          </div>
        );
      }}
    </Part>
  );
}
