import type { Dataset } from '../dataset.ts';
import { demoId } from '../ids.ts';
import { adults, apps, outsiders, students } from '../landmarks.ts';
import type { Oddity } from './oddity.ts';

export const sessions = {
  /** The three ways in which sessions are named. */
  byUrn: `urn:uuid:${demoId('session/by urn')}`,
  byId: demoId('session/by id'),
  byAddress: 'https://lantern.example/sessions/42?class=4A&tab=1#review',
  withoutStudent: demoId('session/without student'),
  withoutApp: demoId('session/without app'),
  withoutStart: demoId('session/without start'),
  withoutTimes: demoId('session/without times'),
  open: demoId('session/open'),
  ofNoLength: demoId('session/of no length'),
  ofHalfASecond: demoId('session/of half a second'),
  toTheMicrosecond: demoId('session/to the microsecond'),
  acrossMidnight: demoId('session/across midnight'),
  ofTwoDays: demoId('session/of two days'),
  ofGuide: demoId('session/of guide'),
  ofForeignApp: demoId('session/of foreign app'),
  ofUnknownApp: demoId('session/of unknown app'),
  ofFormerStudent: demoId('session/of former student'),
  ofSoftDeletedStudent: demoId('session/of soft deleted student'),
  ofFutureStudent: demoId('session/of future student'),
} as const;

interface SessionFacts {
  readonly id: string;
  readonly user?: string | null;
  readonly client?: string | null;
  readonly from: string | null;
  readonly to: string | null;
}

export function addOddSession(data: Dataset, { id, user = students.emoji, client, from, to }: SessionFacts): void {
  data.add('caliper_session', {
    id,
    user_id: user,
    client_id: client === undefined ? apps.numberGrove : client,
    started_at_time: from,
    ended_at_time: to,
  });
}

const from = '2026-09-22T15:00:00Z';
const to = '2026-09-22T15:30:00Z';

/** Sessions that lack something, or that are longer, shorter or later than a session should be. */
export const oddSessions: readonly Oddity[] = [
  {
    name: 'sessions named by a URN, by a UUID and by an address',
    at: [sessions.byUrn, sessions.byId, sessions.byAddress],
    sql: `select from caliper_session where id in ($1, $2, $3) having count(*) = 3`,
    add: (data) => {
      addOddSession(data, { id: sessions.byUrn, from, to });
      addOddSession(data, { id: sessions.byId, from: '2026-09-23T15:00:00Z', to: '2026-09-23T15:20:00Z' });
      addOddSession(data, { id: sessions.byAddress, from: '2026-09-24T15:00:00Z', to: '2026-09-24T15:25:00Z' });
    },
  },
  {
    name: 'a session without a student',
    at: [sessions.withoutStudent],
    sql: `select from caliper_session where id = $1 and user_id is null`,
    add: (data) => addOddSession(data, { id: sessions.withoutStudent, user: null, from, to }),
  },
  {
    name: 'a session without an app',
    at: [sessions.withoutApp],
    sql: `select from caliper_session where id = $1 and client_id is null`,
    add: (data) => addOddSession(data, { id: sessions.withoutApp, client: null, from, to }),
  },
  {
    name: 'a session whose start is not known, and one that knows neither time',
    at: [sessions.withoutStart, sessions.withoutTimes],
    sql: `select from caliper_session where id in ($1, $2) and started_at_time is null having count(ended_at_time) = 1`,
    add: (data) => {
      addOddSession(data, { id: sessions.withoutStart, from: null, to });
      addOddSession(data, { id: sessions.withoutTimes, from: null, to: null });
    },
  },
  {
    name: 'a session that was never closed',
    at: [sessions.open],
    sql: `select from caliper_session where id = $1 and started_at_time is not null and ended_at_time is null`,
    add: (data) => addOddSession(data, { id: sessions.open, from, to: null }),
  },
  {
    name: 'a session of no length',
    at: [sessions.ofNoLength],
    sql: `select from caliper_session where id = $1 and started_at_time = ended_at_time`,
    add: (data) => addOddSession(data, { id: sessions.ofNoLength, from, to: from }),
  },
  {
    name: 'a session of two and a half seconds',
    at: [sessions.ofHalfASecond],
    sql: `select from caliper_session where id = $1 and ended_at_time - started_at_time = '2.5 seconds'`,
    add: (data) => addOddSession(data, { id: sessions.ofHalfASecond, from, to: '2026-09-22T15:00:02.5Z' }),
  },
  {
    name: 'a session whose times go to the microsecond',
    at: [sessions.toTheMicrosecond],
    sql: `select from caliper_session where id = $1 and started_at_time = '2026-10-05T14:00:00.000001Z'`,
    add: (data) => {
      const times = { from: '2026-10-05T14:00:00.000001Z', to: '2026-10-05T14:29:59.999999Z' };
      addOddSession(data, { id: sessions.toTheMicrosecond, ...times });
    },
  },
  {
    name: 'a session that is on one day at school and on the next in UTC',
    at: [sessions.acrossMidnight],
    sql: `select from caliper_session where id = $1
      and (started_at_time at time zone 'UTC')::date <> (started_at_time at time zone 'America/Chicago')::date`,
    add: (data) => {
      const times = { from: '2026-10-07T00:10:00Z', to: '2026-10-07T00:45:00Z' };
      addOddSession(data, { id: sessions.acrossMidnight, ...times });
    },
  },
  {
    name: 'a session that somebody forgot to close for two days',
    at: [sessions.ofTwoDays],
    sql: `select from caliper_session where id = $1 and ended_at_time - started_at_time > '2 days'`,
    add: (data) => {
      const times = { from: '2026-10-09T19:00:00Z', to: '2026-10-11T20:30:00Z' };
      addOddSession(data, { id: sessions.ofTwoDays, ...times });
    },
  },
  {
    name: 'a session of somebody who is no student',
    at: [sessions.ofGuide, adults.guide],
    sql: `select from caliper_session where id = $1 and user_id = $2
      and not exists (select from one_roster_role where user_id = $2 and role = 'student')`,
    add: (data) => addOddSession(data, { id: sessions.ofGuide, user: adults.guide, from, to }),
  },
  {
    name: 'a session whose app is named in another key space',
    at: [sessions.ofForeignApp],
    sql: `select from caliper_session where id = $1 and client_id like 'https://%'`,
    add: (data) => {
      const client = 'https://apps.example/number-grove';
      addOddSession(data, { id: sessions.ofForeignApp, client, from, to });
    },
  },
  {
    name: 'a session of an app that is not in the list',
    at: [sessions.ofUnknownApp],
    sql: `select from caliper_session s where id = $1
      and not exists (select from lti_application a where a.id::text = s.client_id)`,
    add: (data) => addOddSession(data, { id: sessions.ofUnknownApp, client: demoId('app/unknown'), from, to }),
  },
  {
    name: 'sessions of students whom no organisation has now',
    at: [sessions.ofFormerStudent, sessions.ofSoftDeletedStudent],
    sql: `select from caliper_session where id in ($1, $2) having count(distinct user_id) = 2`,
    add: (data) => {
      const past = { from: '2024-05-21T14:05:00Z', to: '2024-05-21T14:41:10.250Z' };
      addOddSession(data, { id: sessions.ofFormerStudent, user: students.former, ...past });
      const user = outsiders.softDeletedStudent;
      addOddSession(data, { id: sessions.ofSoftDeletedStudent, user, client: apps.summit, from, to });
    },
  },
  {
    name: 'a session of a student whose role has not begun',
    at: [sessions.ofFutureStudent],
    sql: `select from caliper_session s join one_roster_role r using (user_id) where s.id = $1 and begin_date > '2090-01-01'`,
    add: (data) => addOddSession(data, { id: sessions.ofFutureStudent, user: students.future, from, to }),
  },
];
