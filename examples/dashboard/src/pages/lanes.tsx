import type { CSSProperties } from 'react';
import { duration, time } from '../words.ts';
import { appOf, type DaySession } from './daySession.ts';

export interface LanesProps {
  readonly sessions: readonly DaySession[];
  readonly chosen: string | undefined;
  readonly onChoose: (id: string | undefined) => void;
}

const hourMs = 3_600_000;

/** The day from left to right, a lane an app. Each session is a button, so that the picture can be walked with the keyboard. */
export function Lanes({ sessions, chosen, onChoose }: LanesProps) {
  const starts = sessions.map(({ startTime }) => Date.parse(startTime));
  const first = floorHour(Math.min(...starts));
  // A single session would fill the day from end to end, and say nothing about when it was.
  const last = Math.max(floorHour(Math.max(...sessions.map(endOf))) + hourMs, first + 4 * hourMs);
  const at = (moment: number) => (100 * (moment - first)) / (last - first);
  const span = (from: number, to: number): CSSProperties => ({ left: `${at(from)}%`, width: `${at(to) - at(from)}%` });
  const hours = Array.from({ length: Math.round((last - first) / hourMs) + 1 }, (_, index) => first + index * hourMs);
  const step = Math.ceil(hours.length / 9);
  const lanes = Map.groupBy(sessions, appOf);
  return (
    <div className="lanes">
      <div className="hours" aria-hidden="true">
        {hours.map((hour, index) => (
          <span key={hour} style={{ left: `${at(hour)}%` }} className={index % step === 0 ? 'named' : ''}>
            {index % step === 0 && index < hours.length - 1 && time(new Date(hour))}
          </span>
        ))}
      </div>
      {[...lanes].map(([app, ofApp]) => (
        <div key={app} className="lane" role="group" aria-label={app}>
          <span className="app">{app}</span>
          <div className="track">
            {ofApp.map((session) => (
              <button
                key={session.id}
                type="button"
                className={session.endTime ? 'session' : 'session open'}
                style={span(Date.parse(session.startTime), endOf(session))}
                aria-label={labelOf(session)}
                aria-pressed={session.id === chosen}
                title={labelOf(session)}
                onClick={() => onChoose(session.id === chosen ? undefined : session.id)}
              >
                {session.wasteInsights?.nodes.map(
                  (insight, index) => insight && <Waste key={index} session={session} insight={insight} />,
                )}
              </button>
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}

type Insight = NonNullable<NonNullable<DaySession['wasteInsights']>['nodes'][number]>;

function Waste({ session, insight }: { readonly session: DaySession; readonly insight: Insight }) {
  const from = Date.parse(session.startTime);
  const length = endOf(session) - from;
  const left = (100 * (Date.parse(insight.startedAtTime) - from)) / length;
  const width = (100_000 * insight.wasteDurationSec) / length;
  return <span className="waste" style={{ left: `${left}%`, width: `${width}%` }} />;
}

/** A session that is still open is drawn as a beginning. */
function endOf({ startTime, endTime }: DaySession): number {
  return endTime ? Math.max(Date.parse(endTime), Date.parse(startTime) + 60_000) : Date.parse(startTime) + 600_000;
}

function floorHour(moment: number): number {
  const date = new Date(moment);
  // By the clock of the browser: some zones are half an hour apart from the rest.
  return date.setMinutes(0, 0, 0);
}

function labelOf({ startTime, endTime, durationSec, waste }: DaySession): string {
  const length = durationSec == null ? 'open' : duration(durationSec);
  const wasted = waste ? `, ${duration(waste.wasteDurationSec)} wasted` : '';
  return `${time(startTime)}${endTime ? ` to ${time(endTime)}` : ''}, ${length}${wasted}`;
}
