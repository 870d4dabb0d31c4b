import { graphql } from '../graph/documents/gql.ts';
import { useAnswer } from '../graph/useAnswer.ts';
import { Bars } from '../parts/bars.tsx';
import { Part } from '../parts/part.tsx';
import { count, counted } from '../words.ts';
import { colors, type ChartOfSchool } from './chartOfSchool.ts';

const query = graphql(`
  query XpByApp($school: ID!, $from: Date!, $to: Date!) {
    studentsXp(
      where: { date: { gte: $from, lte: $to }, student: { schools: { some: { schoolId: { eq: $school } } } } }
    ) {
      groups(by: [LEARNING_APP_ID], orderBy: [{ summary: { totalValue: { sum: DESC } } }], first: 8) {
        totalCount
        nodes {
          key {
            learningApp {
              id
              name
            }
          }
          summary {
            totalValue {
              sum
            }
            studentId {
              countDistinct
            }
          }
        }
        others {
          totalValue {
            sum
          }
          studentId {
            countDistinct
          }
        }
      }
    }
  }
`);

export function XpByApp({ schoolId, period }: ChartOfSchool) {
  const answer = useAnswer(query, { school: schoolId, ...period });
  return (
    <Part
      title="XP by app"
      note="Points booked in these weeks for all who are or were at the school, corrections included, by days in UTC."
      answer={answer}
      pick={(data) => data.studentsXp?.groups}
      isEmpty={({ nodes }) => nodes.length === 0}
      empty="No XP was earned in these weeks."
    >
      {({ nodes, others, totalCount }) => {
        const rows = [
          ...nodes.map(({ key, summary }) => ({
            name: key.learningApp?.name ?? 'An app not in the catalogue',
            ...summary,
          })),
          ...(others ? [{ name: counted(totalCount - nodes.length, 'other', 'others'), ...others }] : []),
        ];
        return (
          <Bars
            caption="XP by app"
            color={colors.focus}
            bars={rows.map(({ name, totalValue, studentId }) => ({
              name,
              value: totalValue.sum,
              text: count(totalValue.sum),
              note: counted(studentId.countDistinct, 'student', 'students'),
            }))}
          />
        );
      }}
    </Part>
  );
}
