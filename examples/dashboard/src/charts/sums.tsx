import { graphql } from '../graph/documents/gql.ts';
import { useAnswer } from '../graph/useAnswer.ts';
import { Part } from '../parts/part.tsx';
import { weeksBefore } from '../period.ts';
import { count, duration, share, signedShare } from '../words.ts';
import type { ChartOfSchool } from './chartOfSchool.ts';

graphql(`
  fragment SessionSums on SessionConnection {
    summary {
      durationSec {
        sum
      }
      studentId {
        countDistinct
      }
    }
  }

  fragment WasteSum on SessionWasteConnection {
    summary {
      wasteDurationSec {
        sum
      }
    }
  }

  fragment XpSum on StudentXpConnection {
    summary {
      totalValue {
        sum
      }
    }
  }
`);

// Twice the same questions: of these weeks, and of as many before them.
const query = graphql(`
  query SchoolSums($school: ID!, $from: Date!, $to: Date!, $fromBefore: Date!, $toBefore: Date!) {
    sessions(where: { date: { gte: $from, lte: $to }, student: { schools: { some: { schoolId: { eq: $school } } } } }) {
      ...SessionSums
    }
    sessionsBefore: sessions(
      where: {
        date: { gte: $fromBefore, lte: $toBefore }
        student: { schools: { some: { schoolId: { eq: $school } } } }
      }
    ) {
      ...SessionSums
    }
    waste: sessionsWaste(
      where: {
        session: { date: { gte: $from, lte: $to }, student: { schools: { some: { schoolId: { eq: $school } } } } }
      }
    ) {
      ...WasteSum
    }
    wasteBefore: sessionsWaste(
      where: {
        session: {
          date: { gte: $fromBefore, lte: $toBefore }
          student: { schools: { some: { schoolId: { eq: $school } } } }
        }
      }
    ) {
      ...WasteSum
    }
    xp: studentsXp(
      where: { date: { gte: $from, lte: $to }, student: { schools: { some: { schoolId: { eq: $school } } } } }
    ) {
      ...XpSum
    }
    xpBefore: studentsXp(
      where: {
        date: { gte: $fromBefore, lte: $toBefore }
        student: { schools: { some: { schoolId: { eq: $school } } } }
      }
    ) {
      ...XpSum
    }
  }
`);

export function Sums({ schoolId, period }: ChartOfSchool) {
  const before = weeksBefore(period);
  const answer = useAnswer(query, {
    school: schoolId,
    ...period,
    fromBefore: before.from,
    toBefore: before.to,
  });
  return (
    <Part
      title="These weeks"
      note="Beside each figure, how it changed from as many weeks before."
      className="wide sums"
      answer={answer}
      pick={(data) => data}
      isEmpty={({ sessions, sessionsBefore }) =>
        !sessions?.summary?.studentId.countDistinct && !sessionsBefore?.summary?.studentId.countDistinct
      }
      empty="No sessions in these weeks."
    >
      {({ sessions, sessionsBefore, waste, wasteBefore, xp, xpBefore }) => {
        const [now, then] = [sessions?.summary, sessionsBefore?.summary];
        const focus = focusOf(now?.durationSec.sum, waste?.summary?.wasteDurationSec.sum);
        const focusBefore = focusOf(then?.durationSec.sum, wasteBefore?.summary?.wasteDurationSec.sum);
        const [points, pointsBefore] = [xp?.summary?.totalValue.sum, xpBefore?.summary?.totalValue.sum];
        return (
          <dl>
            <Sum
              name="Students in apps"
              of={now?.studentId.countDistinct}
              before={then?.studentId.countDistinct}
              words={count}
            />
            <Sum name="Time in apps" of={now?.durationSec.sum} before={then?.durationSec.sum} words={duration} />
            <Sum name="Focused" of={focus} before={focusBefore} words={share} />
            <Sum name="XP" of={points} before={pointsBefore} words={count} />
          </dl>
        );
      }}
    </Part>
  );
}

interface SumProps {
  readonly name: string;
  readonly of: number | undefined;
  readonly before: number | undefined;
  readonly words: (value: number) => string;
}

/** Without something to compare with, there is no change: from nothing, everything would be infinitely more. */
function Sum({ name, of, before, words }: SumProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {of === undefined ? '–' : words(of)}
        {of !== undefined && before ? (
          <span title={`Before: ${words(before)}`}>{signedShare(of / before - 1)}</span>
        ) : null}
      </dd>
    </div>
  );
}

function focusOf(seconds: number | undefined, wasted: number | undefined): number | undefined {
  return seconds && wasted !== undefined ? Math.max(0, 1 - wasted / seconds) : undefined;
}
