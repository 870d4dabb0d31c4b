import { graphql } from '../graph/documents/gql.ts';
import { useAnswer } from '../graph/useAnswer.ts';
import { Bars } from '../parts/bars.tsx';
import { Part } from '../parts/part.tsx';
import { momentsOf } from '../period.ts';
import { counted, duration } from '../words.ts';
import { colors, type ChartOfSchool } from './chartOfSchool.ts';

const query = graphql(`
  query WasteByType($school: ID!, $since: DateTime!, $until: DateTime!) {
    wasteInsights(
      where: {
        session: {
          startTime: { gte: $since, lt: $until }
          student: { schools: { some: { schoolId: { eq: $school } } } }
        }
      }
    ) {
      groups(by: [WASTE_TYPE], orderBy: [{ summary: { wasteDurationSec: { sum: DESC } } }], first: 7) {
        totalCount
        nodes {
          key {
            wasteType
          }
          summary {
            count
            wasteDurationSec {
              sum
            }
          }
        }
        others {
          count
          wasteDurationSec {
            sum
          }
        }
      }
    }
  }
`);

export function WasteByType({ schoolId, period }: ChartOfSchool) {
  const answer = useAnswer(query, { school: schoolId, ...momentsOf(period) });
  return (
    <Part
      title="What time was wasted on"
      note="Each moment that was noticed, of all who are or were at the school. Moments may overlap; where they do, that time is counted twice, here as in the sums."
      answer={answer}
      pick={(data) => data.wasteInsights?.groups}
      isEmpty={({ nodes }) => nodes.length === 0}
      empty="No waste was noticed in these weeks."
    >
      {({ nodes, others, totalCount }) => {
        const rows = [
          ...nodes.map(({ key, summary }) => ({ name: inWords(key.wasteType ?? 'Unknown'), ...summary })),
          ...(others ? [{ name: counted(totalCount - nodes.length, 'other', 'others'), ...others }] : []),
        ];
        return (
          <Bars
            caption="Wasted time by type"
            color={colors.waste}
            bars={rows.map(({ name, count, wasteDurationSec: { sum } }) => ({
              name,
              value: sum,
              text: duration(sum),
              note: counted(count, 'time', 'times'),
            }))}
          />
        );
      }}
    </Part>
  );
}

/** The words of an open list are written together: EyesOffScreen. */
function inWords(type: string): string {
  const words = type.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
