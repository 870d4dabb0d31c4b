import type { Dataset } from '../dataset.ts';
import { addQuestion } from '../demo/curriculum.ts';
import { demoId } from '../ids.ts';
import { apps, students } from '../landmarks.ts';
import type { Oddity } from './oddity.ts';
import { addOddSession } from './sessions.ts';

function attemptId(name: string): string {
  return demoId(`attempt/${name}`);
}

export const attempts = {
  first: attemptId('first'),
  repeatInSession: attemptId('repeat in session'),
  repeatLater: attemptId('repeat later'),
  datedSecond: attemptId('dated second'),
  undatedFirst: attemptId('undated first'),
  undated: attemptId('undated'),
  open: attemptId('open'),
  withoutSession: attemptId('without session'),
  ofTwoSessions: attemptId('of two sessions'),
  ofNoClientTime: attemptId('of no client time'),
  ofClientTimeOnly: attemptId('of client time only'),
  partlyRight: attemptId('partly right'),
  zeroOfZero: attemptId('zero of zero'),
  withoutMaximum: attemptId('without maximum'),
  withoutGiven: attemptId('without given'),
  onUnknownResource: attemptId('on unknown resource'),
  onAddress: attemptId('on address'),
  unscoredFirst: attemptId('unscored first'),
  scoredRepeat: attemptId('scored repeat'),
  ofNeighbour: attemptId('of neighbour'),
  ofFormerStudent: attemptId('of former student'),
} as const;

export const attemptSessions = {
  /** Two students answered in it. */
  shared: demoId('session/shared'),
  later: demoId('session/later'),
  /** Every attempt of it is without a score. */
  unscored: demoId('session/unscored'),
} as const;

const student = students.underscore;

interface AttemptFacts {
  readonly id: string;
  readonly question: string;
  readonly user?: string;
  /** Minutes and seconds past the beginning of the shared session's hour; null where nobody wrote it down. */
  readonly from: string | null;
  readonly to: string | null;
  readonly duration?: string;
  readonly score?: readonly [given: number | null, max: number | null];
  readonly sessions?: readonly string[];
}

const at = (time: string | null) => (time === null ? null : `2026-09-29T16:${time}Z`);

function addOddAttempt(data: Dataset, facts: AttemptFacts): void {
  const { id, question, user = student, from, to, duration, score, sessions = [attemptSessions.shared] } = facts;
  const row = { id, assignee_id: user, assignable_id: question, duration: duration ?? null };
  data.add('caliper_attempt', { ...row, started_at_time: at(from), ended_at_time: at(to) });
  if (score) data.add('caliper_score', { attempt_id: id, score_given: score[0], max_score: score[1] });
  sessions.forEach((session, index) => {
    const event_time = at(to ?? from ?? `3${index}:00`);
    data.add('caliper_event', { id: `urn:event:${id}:${index}`, attempt_id: id, session_id: session, event_time });
  });
}

/** A question of its own for every oddity, so that nobody else has tried it before. */
function spareQuestion(name: string): string {
  return demoId(`spare question/${name}`);
}

function addSpare(data: Dataset, name: string): string {
  addQuestion(data, spareQuestion(name), `Spare question: ${name}`, 'quiz');
  return spareQuestion(name);
}

const oddTries: readonly Oddity[] = [
  {
    name: 'repeats: in the same session and in a later one',
    at: [attempts.first, attempts.repeatInSession, attempts.repeatLater],
    sql: `select from caliper_attempt where id in ($1, $2, $3) group by assignee_id, assignable_id having count(*) = 3`,
    add: (data) => {
      const span = { from: '2026-09-29T16:00:00Z', to: '2026-09-29T16:40:00Z', client: apps.pageAndLantern };
      addOddSession(data, { id: attemptSessions.shared, user: student, ...span });
      const later = { from: '2026-09-29T16:45:00Z', to: '2026-09-29T16:59:00Z', client: apps.pageAndLantern };
      addOddSession(data, { id: attemptSessions.later, user: student, ...later });
      const question = addSpare(data, 'repeats');
      // The later ones come first here: the order of the rows says nothing.
      const sessions = [attemptSessions.later];
      addOddAttempt(data, { id: attempts.repeatLater, question, from: '46:00', to: '46:30', score: [1, 1], sessions });
      addOddAttempt(data, { id: attempts.repeatInSession, question, from: '03:00', to: '03:20', score: [1, 1] });
      addOddAttempt(data, { id: attempts.first, question, from: '01:00', to: '01:50', score: [0, 1] });
    },
  },
  {
    name: 'an attempt without times beside a dated one on the same question',
    at: [attempts.undatedFirst, attempts.datedSecond],
    sql: `select from caliper_attempt where id in ($1, $2) group by assignable_id having count(started_at_time) = 1 and count(*) = 2`,
    add: (data) => {
      const question = addSpare(data, 'dates');
      addOddAttempt(data, { id: attempts.undatedFirst, question, from: null, to: null, score: [1, 1] });
      addOddAttempt(data, { id: attempts.datedSecond, question, from: '05:00', to: '05:12', score: [0, 1] });
    },
  },
  {
    name: 'an attempt without times, and no other on that question',
    at: [attempts.undated],
    sql: `select from caliper_attempt where id = $1 and started_at_time is null and ended_at_time is null and duration is null`,
    add: (data) => {
      const question = addSpare(data, 'no date at all');
      addOddAttempt(data, { id: attempts.undated, question, from: null, to: null });
    },
  },
  {
    name: 'an attempt that was never finished',
    at: [attempts.open],
    sql: `select from caliper_attempt where id = $1 and started_at_time is not null and ended_at_time is null`,
    add: (data) =>
      addOddAttempt(data, { id: attempts.open, question: addSpare(data, 'left open'), from: '06:00', to: null }),
  },
  {
    name: 'an attempt that no event ties to a session',
    at: [attempts.withoutSession],
    sql: `select from caliper_attempt a where id = $1 and not exists (select from caliper_event where attempt_id = a.id)`,
    add: (data) => {
      const question = addSpare(data, 'without session');
      addOddAttempt(data, { id: attempts.withoutSession, question, from: '07:00', to: '07:30', sessions: [] });
    },
  },
  {
    name: 'an attempt whose events name two sessions at the same moment',
    at: [attempts.ofTwoSessions],
    sql: `select from caliper_event where attempt_id = $1 having count(distinct session_id) = 2`,
    add: (data) => {
      const question = addSpare(data, 'two sessions');
      const sessions = [attemptSessions.shared, attemptSessions.later];
      addOddAttempt(data, { id: attempts.ofTwoSessions, question, from: '08:00', to: '08:30', sessions });
    },
  },
  {
    name: 'a duration of zero from the client, and a duration without times',
    at: [attempts.ofNoClientTime, attempts.ofClientTimeOnly],
    sql: `select from caliper_attempt where (id = $1 and duration = '0' and ended_at_time > started_at_time)
      or (id = $2 and duration > '0' and started_at_time is null) having count(*) = 2`,
    add: (data) => {
      const [zero, only] = [addSpare(data, 'client says zero'), addSpare(data, 'client says it all')];
      const span = { from: '09:00', to: '09:40', duration: '0 seconds' };
      addOddAttempt(data, { id: attempts.ofNoClientTime, question: zero, ...span, score: [1, 1] });
      const length = { from: null, to: null, duration: '75.5 seconds' };
      addOddAttempt(data, { id: attempts.ofClientTimeOnly, question: only, ...length, score: [1, 1] });
    },
  },
  {
    name: 'attempts on a resource that nobody knows, and on an address',
    at: [attempts.onUnknownResource, attempts.onAddress],
    sql: `select from caliper_attempt a where id in ($1, $2)
      and not exists (select from caliper_entity e where e.id = a.assignable_id) having count(*) = 2`,
    add: (data) => {
      const times = { from: '10:00', to: '10:20.123456' };
      addOddAttempt(data, { id: attempts.onUnknownResource, question: 'urn:removed:question:9', ...times });
      const address = 'https://lantern.example/read?page=2&book=%22Nine%20Blue%20Doors%22';
      addOddAttempt(data, { id: attempts.onAddress, question: address, from: '11:00', to: '15:00' });
    },
  },
];

const oddScores: readonly Oddity[] = [
  {
    name: 'a score of a part, and one of nothing out of nothing',
    at: [attempts.partlyRight, attempts.zeroOfZero],
    sql: `select from caliper_score where (attempt_id = $1 and score_given > 0 and score_given < max_score)
      or (attempt_id = $2 and score_given = 0 and max_score = 0) having count(*) = 2`,
    add: (data) => {
      const [part, nothing] = [addSpare(data, 'two and a half of four'), addSpare(data, 'zero of zero')];
      const times = { from: '16:00', to: '16:45' };
      addOddAttempt(data, { id: attempts.partlyRight, question: part, ...times, score: [2.5, 4] });
      addOddAttempt(data, { id: attempts.zeroOfZero, question: nothing, from: '17:00', to: '17:05', score: [0, 0] });
    },
  },
  {
    name: 'a score without a maximum, and one that was never given',
    at: [attempts.withoutMaximum, attempts.withoutGiven],
    sql: `select from caliper_score where (attempt_id = $1 and max_score is null) or (attempt_id = $2 and score_given is null)
      having count(*) = 2`,
    add: (data) => {
      const [open, later] = [addSpare(data, 'no maximum'), addSpare(data, 'not yet marked')];
      const times = { from: '18:00', to: '18:20' };
      addOddAttempt(data, { id: attempts.withoutMaximum, question: open, ...times, score: [1, null] });
      addOddAttempt(data, { id: attempts.withoutGiven, question: later, from: '19:00', to: '19:20', score: [null, 5] });
    },
  },
  {
    name: 'a first attempt without a score, and a repeat with one',
    at: [attempts.unscoredFirst, attempts.scoredRepeat],
    sql: `select from caliper_attempt a left join caliper_score on attempt_id = a.id
      where a.id in ($1, $2) group by assignable_id having count(*) = 2 and count(score_given) = 1`,
    add: (data) => {
      addOddSession(data, {
        id: attemptSessions.unscored,
        user: student,
        from: '2026-09-29T16:20:00Z',
        to: '2026-09-29T16:25:00Z',
      });
      const question = addSpare(data, 'scored later');
      const sessions = [attemptSessions.unscored];
      addOddAttempt(data, { id: attempts.unscoredFirst, question, from: '20:00', to: '20:30', sessions });
      addOddAttempt(data, { id: attempts.scoredRepeat, question, from: '30:00', to: '30:25', score: [1, 1] });
    },
  },
  {
    name: 'two students in one session, which belongs to the first of them',
    at: [attempts.ofNeighbour, attemptSessions.shared],
    sql: `select from caliper_attempt a join caliper_event e on e.attempt_id = a.id join caliper_session s on s.id = e.session_id
      where a.id = $1 and s.id = $2 and s.user_id <> a.assignee_id`,
    add: (data) => {
      const [question, user] = [spareQuestion('repeats'), students.backslash];
      addOddAttempt(data, { id: attempts.ofNeighbour, user, question, from: '02:00', to: '02:30', score: [1, 1] });
    },
  },
  {
    name: 'an attempt of a former student',
    at: [attempts.ofFormerStudent, students.former],
    sql: `select from caliper_attempt where id = $1 and assignee_id = $2`,
    add: (data) => {
      const [question, user] = [spareQuestion('repeats'), students.former];
      addOddAttempt(data, { id: attempts.ofFormerStudent, user, question, from: '02:00', to: '02:30', sessions: [] });
    },
  },
];

/** Tries and scores that break what is tempting to assume about them. */
export const oddAttempts: readonly Oddity[] = [...oddTries, ...oddScores];
