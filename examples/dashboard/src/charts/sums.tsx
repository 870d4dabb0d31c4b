import { graphql } from '../graph/documents/gql.ts';
import type { SumsFragment } from '../graph/documents/graphql.ts';
import { useAnswer, type Answer } from '../graph/useAnswer.ts';
import { Part } from '../parts/part.tsx';
import { today, type Period } from '../period.ts';
import { count, duration, points, share, signedShare, zone } from '../words.ts';

graphql(`
  fragment Change on Metric {
    value
    change
    changeRatio
  }

  fragment Sums on Metrics {
    activeStudents {
      ...Change
    }
    appTime {
      ...Change
    }
    focusRatio {
      ...Change
    }
    xp {
      ...Change
    }
    accuracy {
      ...Change
    }
    masteryGained {
      ...Change
    }
    caveats {
      code
      message
    }
  }
`);

const ofSchool = graphql(`
  query SchoolSums($id: ID!, $from: Date!, $to: Date!, $zone: String!) {
    school(id: $id) {
      id
      metrics(during: { from: $from, to: $to }, compare: PREVIOUS_PERIOD, zone: $zone) {
        ...Sums
      }
    }
  }
`);

const ofStudent = graphql(`
  query StudentSums($id: ID!, $from: Date!, $to: Date!, $zone: String!) {
    student(id: $id) {
      id
      metrics(during: { from: $from, to: $to }, compare: PREVIOUS_PERIOD, zone: $zone) {
        ...Sums
      }
    }
  }
`);

export function SchoolSums({ schoolId, period }: { readonly schoolId: string; readonly period: Period }) {
  return (
    <Sums
      period={period}
      answer={useAnswer(ofSchool, { id: schoolId, ...period, zone })}
      pick={({ school }) => school?.metrics}
      isOfMany
    />
  );
}

export function StudentSums({ studentId, period }: { readonly studentId: string; readonly period: Period }) {
  return (
    <Sums
      period={period}
      answer={useAnswer(ofStudent, { id: studentId, ...period, zone })}
      pick={({ student }) => student?.metrics}
    />
  );
}

interface SumsProps<Data> {
  readonly period: Period;
  readonly answer: Answer<Data>;
  readonly pick: (data: Data) => SumsFragment | null | undefined;
  readonly isOfMany?: boolean;
}

function Sums<Data>({ period, answer, pick, isOfMany = false }: SumsProps<Data>) {
  return (
    <Part
      title="These weeks"
      note={`Beside each figure, how it changed from as many weeks before.${period.to >= today() ? ' The last of them is not over.' : ''}`}
      className="wide sums"
      answer={answer}
      pick={pick}
      empty="There are no figures that you may see."
    >
      {({ activeStudents, appTime, focusRatio, xp, accuracy, masteryGained, caveats }) => (
        <>
          <dl>
            {isOfMany && <Sum name="Students in apps" metric={activeStudents} words={count} />}
            <Sum name="Time in apps" metric={appTime} words={duration} />
            <Sum name="Focused" metric={focusRatio} words={share} isRatio />
            <Sum name="XP" metric={xp} words={count} />
            <Sum name="Correct answers" metric={accuracy} words={share} isRatio />
            <Sum name="Credentials" metric={masteryGained} words={count} />
          </dl>
          {caveats && caveats.length > 0 && (
            <details>
              <summary>What to know about these figures</summary>
              <ul>
                {caveats.map(({ code, message }) => (
                  <li key={code}>{message}</li>
                ))}
              </ul>
            </details>
          )}
        </>
      )}
    </Part>
  );
}

interface SumProps {
  readonly name: string;
  readonly metric: SumsFragment['xp'];
  readonly words: (value: number) => string;
  /** A share changes by points: a third more of 90% would be nonsense. */
  readonly isRatio?: boolean;
}

function Sum({ name, metric, words, isRatio = false }: SumProps) {
  const { value, change, changeRatio } = metric ?? {};
  const by = isRatio ? change != null && points(change) : changeRatio != null && signedShare(changeRatio);
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value == null ? '–' : words(value)} {by && <span>{by}</span>}
      </dd>
    </div>
  );
}
