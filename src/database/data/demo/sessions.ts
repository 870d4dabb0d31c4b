import type { Dataset } from '../dataset.ts';
import { iso } from './calendar.ts';
import type { Visit } from './visits.ts';

/** The rows of the sessions: the session, what was attempted in it, the events of both, and the points it earned. */
export function addSessions(data: Dataset, visits: readonly Visit[]): void {
  for (const visit of visits) {
    data.add('caliper_session', {
      id: visit.id,
      user_id: visit.pupil.id,
      client_id: visit.client,
      started_at_time: iso(visit.start),
      ended_at_time: visit.isClosed ? iso(endOf(visit)) : null,
    });
    addAttempts(data, visit);
    if (visit.isClosed) addPoints(data, visit);
  }
}

export function endOf(visit: Visit): number {
  return visit.start + visit.minutes * 60_000 + (visit.start % 60_000);
}

/** First the lesson or the test as a whole, then its questions one by one. */
function addAttempts(data: Dataset, visit: Visit): void {
  const { chance, answers, check, lesson } = visit;
  let clock = visit.start + chance.between(4, 40) * 1000;
  const right = answers.filter(Boolean).length;
  if (check) {
    const seconds = visit.minutes * 50;
    addAttempt(data, visit, { resource: check.check, from: clock, seconds, score: [right, answers.length] });
  } else if (chance.happens(0.8)) {
    const seconds = chance.between(90, 420);
    addAttempt(data, visit, { resource: lesson.id, from: clock, seconds });
    clock += seconds * 1000;
  }
  // A second try at a lesson meets the same questions again, in an order of its own.
  const questions = check?.checkQuestions ?? lesson.questions;
  const first = chance.between(0, questions.length - 1);
  answers.forEach((isRight, index) => {
    const resource = questions[(first + index) % questions.length];
    if (resource === undefined) return;
    const seconds = chance.between(8, 50) + Math.round(20 * (1 - visit.traits.focus));
    addAttempt(data, visit, { resource, from: clock, seconds, score: scoreOf(visit, isRight) });
    clock += (seconds + chance.between(1, 9)) * 1000;
  });
}

/** Most questions give one point; some give four, and a wrong answer then still earns a part of them. */
function scoreOf({ chance }: Visit, isRight: boolean): readonly [given: number, max: number] | undefined {
  if (chance.happens(0.03)) return undefined;
  if (chance.happens(0.12)) return [isRight ? 4 : chance.between(0, 3), 4];
  return [isRight ? 1 : 0, 1];
}

interface Try {
  readonly resource: string;
  readonly from: number;
  readonly seconds: number;
  readonly score?: readonly [given: number, max: number] | undefined;
}

function addAttempt(data: Dataset, visit: Visit, { resource, from, seconds, score }: Try): void {
  const { chance } = visit;
  const id = chance.uuid();
  const to = from + seconds * 1000 + chance.between(0, 999);
  const isClosed = visit.isClosed || chance.happens(0.6);
  data.add('caliper_attempt', {
    id,
    assignee_id: visit.pupil.id,
    assignable_id: resource,
    started_at_time: iso(from),
    ended_at_time: isClosed ? iso(to) : null,
    // The client subtracts the time in which its window was hidden.
    duration: chance.happens(0.55) ? `${seconds - chance.between(0, Math.floor(seconds / 5))} seconds` : null,
  });
  if (score) data.add('caliper_score', { attempt_id: id, score_given: score[0], max_score: score[1] });
  if (chance.happens(0.03)) return;
  if (chance.happens(0.06)) addEvent(data, visit, id, from);
  addEvent(data, visit, id, to);
}

function addEvent(data: Dataset, visit: Visit, attempt: string | null, time: number): string {
  const id = `urn:uuid:${visit.chance.uuid()}`;
  data.add('caliper_event', { id, attempt_id: attempt, session_id: visit.id, event_time: iso(time) });
  return id;
}

/** A point a minute for good work, half of it for the rest; now and then somebody takes points back. */
function addPoints(data: Dataset, visit: Visit): void {
  const { chance, answers, minutes } = visit;
  if (chance.happens(0.05)) return;
  const isGood = answers.filter(Boolean).length * 5 >= answers.length * 4;
  const value = isGood ? minutes : minutes / 2;
  const ended = endOf(visit);
  const event = addEvent(data, visit, null, ended);
  addEntry(data, visit, { event, value, time: ended + 1500 });
  if (chance.happens(0.007)) addEntry(data, visit, { event: null, value: -value, time: ended + 90_000_000 });
}

function addEntry(data: Dataset, visit: Visit, entry: { event: string | null; value: number; time: number }): void {
  data.add('tb_xp_ledger', {
    id: visit.chance.uuid(),
    user_id: visit.pupil.id,
    application_id: visit.app,
    event_id: entry.event,
    value: entry.value,
    date_created: iso(entry.time),
  });
}
