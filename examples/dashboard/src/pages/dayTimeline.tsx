import { useState } from 'react';
import { graphql } from '../graph/documents/gql.ts';
import { useAnswer } from '../graph/useAnswer.ts';
import { DataTable } from '../parts/dataTable.tsx';
import { TurnButton } from '../parts/pager.tsx';
import { Part } from '../parts/part.tsx';
import { localDay, momentsOf } from '../period.ts';
import { dayInWords, duration, figure, time, zone } from '../words.ts';
import { appOf, questionsOf, started, sumOf, xpOf, type DaySession } from './daySession.ts';
import { Lanes } from './lanes.tsx';

// Somebody else may have answered in a session of hers: questions and points are asked for hers alone.
const query = graphql(`
  query StudentDay($id: ID!, $since: DateTime!, $until: DateTime!) {
    student(id: $id) {
      id
      sessions(first: 100, where: { startTime: { gte: $since, lt: $until } }, orderBy: [{ startTime: ASC }]) {
        nodes {
          id
          startTime
          endTime
          durationSec
          isProctored
          learningApp {
            id
            name
          }
          waste {
            id
            wasteDurationSec
          }
          wasteInsights(first: 20, orderBy: [{ startedAtTime: ASC }]) {
            nodes {
              wasteType
              wasteDurationSec
              startedAtTime
              endedAtTime
              description
            }
          }
          sessionAttempts(first: 1, where: { studentId: { eq: $id } }) {
            nodes {
              id
              totalQuestionsAnswered
              totalQuestionsCorrect
            }
          }
          xp(first: 0, where: { studentId: { eq: $id } }) {
            summary {
              totalValue {
                sum
              }
            }
          }
        }
      }
      earlier: sessions(first: 1, where: { startTime: { lt: $since } }, orderBy: [{ startTime: DESC }]) {
        nodes {
          id
          startTime
        }
      }
      later: sessions(first: 1, where: { startTime: { gte: $until } }, orderBy: [{ startTime: ASC }]) {
        nodes {
          id
          startTime
        }
      }
    }
  }
`);

export interface DayTimelineProps {
  readonly studentId: string;
  readonly day: string;
  readonly onDay: (day: string) => void;
}

export function DayTimeline({ studentId, day, onDay }: DayTimelineProps) {
  const moments = momentsOf({ from: day, to: day });
  const answer = useAnswer(query, { id: studentId, ...moments });
  const [chosen, choose] = useState<string>();
  const student = answer.data?.student;
  const turn = (label: string, moment: string | null | undefined) => (
    <TurnButton isOff={!moment} onTurn={() => moment && onDay(localDay(moment))}>
      {label}
    </TurnButton>
  );
  return (
    <Part
      title={dayInWords(new Date(moments.since))}
      note={`Sessions by app; wasted time is hatched. Times of ${zone.replaceAll('_', ' ')}.`}
      className="wide day"
      answer={answer}
      pick={() => student && { sessions: started(student.sessions?.nodes ?? []) }}
      empty="Not there, or not yours to see."
    >
      {({ sessions }) => {
        const session = sessions.find(({ id }) => id === chosen);
        return (
          <>
            <nav className="pager" aria-label="Days with sessions">
              {turn('← Earlier day', student?.earlier?.nodes[0]?.startTime)}
              {turn('Later day →', student?.later?.nodes[0]?.startTime)}
            </nav>
            {sessions.length === 0 ? (
              <p className="empty">No sessions on this day.</p>
            ) : (
              <>
                <p className="sum">{sumOf(sessions)}</p>
                <Lanes sessions={sessions} chosen={chosen} onChoose={choose} />
                <div aria-live="polite">{session && <SessionDetails session={session} />}</div>
                {!session && <SessionTable sessions={sessions} />}
              </>
            )}
          </>
        );
      }}
    </Part>
  );
}

function SessionTable({ sessions }: { readonly sessions: readonly DaySession[] }) {
  return (
    <DataTable
      caption="Sessions of the day"
      rows={sessions}
      columns={[
        { name: 'Start', value: ({ startTime }) => time(startTime) },
        { name: 'App', value: appOf },
        {
          name: 'Length',
          value: ({ durationSec }) => (durationSec == null ? 'open' : duration(durationSec)),
          isNumber: true,
        },
        { name: 'Wasted', value: ({ waste }) => (waste ? duration(waste.wasteDurationSec) : '–'), isNumber: true },
        { name: 'Correct', value: questionsOf, isNumber: true, isExtra: true },
        { name: 'XP', value: (session) => figure(xpOf(session)), isNumber: true, isExtra: true },
      ]}
    />
  );
}

function SessionDetails({ session }: { readonly session: DaySession }) {
  const { startTime, endTime, isProctored, waste, wasteInsights } = session;
  const moments = wasteInsights?.nodes.filter((insight) => insight !== null) ?? [];
  return (
    <article className="details">
      <h3>
        {appOf(session)} <span>{`${time(startTime)} – ${endTime ? time(endTime) : 'open'}`}</span>
        {isProctored && <span className="tag">proctored</span>}
      </h3>
      <dl>
        <div>
          <dt>Length</dt>
          <dd>{session.durationSec == null ? 'open' : duration(session.durationSec)}</dd>
        </div>
        <div>
          <dt>Wasted</dt>
          <dd>{waste ? duration(waste.wasteDurationSec) : 'nothing'}</dd>
        </div>
        <div>
          <dt>Questions correct</dt>
          <dd>{questionsOf(session)}</dd>
        </div>
        <div>
          <dt>XP</dt>
          <dd>{figure(xpOf(session))}</dd>
        </div>
      </dl>
      {moments.length > 0 && (
        <ul className="moments">
          {moments.map((insight, index) => (
            <li key={index}>
              <time dateTime={insight.startedAtTime}>{time(insight.startedAtTime)}</time>
              <strong>{insight.wasteType}</strong>
              <span>{insight.description}</span>
              <span className="length">{duration(insight.wasteDurationSec)}</span>
            </li>
          ))}
        </ul>
      )}
    </article>
  );
}
