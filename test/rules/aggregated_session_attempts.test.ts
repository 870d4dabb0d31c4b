import { beforeEach, describe, expect, it } from 'vitest';
import { emptyReference } from './support/reference.ts';

const { add, read, readOne, query } = emptyReference();

describe('aggregated_session_attempts', () => {
  let school: string;
  let ada: string;
  let session: string;
  const at = (time: string) => `2026-03-14T${time}Z`;
  const numbers = ['total_questions_answered', 'total_questions_correct', 'avg_duration_sec'];

  type Attempt = Partial<Parameters<typeof add.attempt>[0]> & {
    readonly session_id?: string;
    readonly score?: readonly [given: number | null, most: number | null];
  };
  /** An attempt of Ada's in the session, unless told otherwise. */
  const attempt = async ({ session_id = session, score, ...row }: Attempt = {}) => {
    const attempt_id = await add.attempt({ assignee_id: ada, ...row });
    await add.event({ attempt_id, session_id });
    if (score) await add.score({ attempt_id, score_given: score[0], max_score: score[1] });
    return attempt_id;
  };

  beforeEach(async () => {
    school = await add.organization();
    ada = await add.studentAt(school);
    session = await add.session({ id: 'session', user_id: ada });
  });

  it('aggregated_session_attempts-1 one row per session and student', async () => {
    const bea = await add.studentAt(school);
    const other = await add.session({ id: 'other', user_id: ada });
    await attempt();
    await attempt();
    await attempt({ assignee_id: bea });
    await attempt({ session_id: other });
    const rows = await read('aggregated_session_attempts', { columns: ['session_id', 'student_id'] });
    expect(rows).toHaveLength(3);
    expect(rows).toEqual(
      expect.arrayContaining([
        { session_id: session, student_id: ada },
        { session_id: session, student_id: bea },
        { session_id: other, student_id: ada },
      ]),
    );
  });

  it('aggregated_session_attempts-2 attempts without a session take no part', async () => {
    await add.score({ attempt_id: await add.attempt({ assignee_id: ada }), score_given: 1, max_score: 1 });
    const eventful = await add.attempt({ assignee_id: ada });
    await add.event({ attempt_id: eventful });
    expect(await read('aggregated_session_attempts')).toEqual([]);
  });

  it('aggregated_session_attempts-2 an attempt counts once, in the session of its earliest event that carries one', async () => {
    const other = await add.session({ id: 'other' });
    const attempt_id = await add.attempt({ assignee_id: ada });
    await add.score({ attempt_id, score_given: 1, max_score: 1 });
    const events: [id: string, session: string | null, time: string | null][] = [
      ['a', other, null],
      ['b', other, at('09:30:00')],
      ['d', other, at('09:10:00')],
      ['c', session, at('09:10:00')],
      ['e', session, at('09:20:00')],
      ['f', null, at('09:00:00')],
    ];
    for (const [id, session_id, event_time] of events) await add.event({ id, attempt_id, session_id, event_time });
    const columns = ['session_id', 'total_questions_answered'];
    expect(await readOne('aggregated_session_attempts', { columns })).toEqual({
      session_id: session,
      total_questions_answered: 1,
    });
  });

  it('aggregated_session_attempts-2 of timeless events the one with the smaller id counts', async () => {
    const [other, attempt_id] = [await add.session({ id: 'other' }), await add.attempt({ assignee_id: ada })];
    await add.event({ id: 'b', attempt_id, session_id: other });
    await add.event({ id: 'a', attempt_id, session_id: session });
    const columns = ['session_id'];
    expect(await readOne('aggregated_session_attempts', { columns })).toEqual({ session_id: session });
  });

  it('aggregated_session_attempts-3 the date is the UTC day of the earliest start, of any attempt', async () => {
    await attempt({ started_at_time: '2026-03-15T00:00:00Z', score: [1, 1] });
    await attempt({ started_at_time: '2026-03-14T23:59:59.5Z' });
    await attempt();
    for (const zone of ['Pacific/Kiritimati', 'America/Los_Angeles']) {
      await query(`set local timezone = '${zone}'`);
      expect(await readOne('aggregated_session_attempts', { columns: ['date'] })).toEqual({ date: '2026-03-14' });
    }
  });

  it('aggregated_session_attempts-3 no date where every attempt is undated', async () => {
    await attempt({ ended_at_time: at('09:00:00'), score: [1, 1] });
    await attempt();
    expect(await readOne('aggregated_session_attempts', { columns: ['date'] })).toEqual({ date: null });
  });

  it('aggregated_session_attempts-4 answered are the attempts with a score, right or wrong', async () => {
    for (const score of [
      [1, 1],
      [0, 1],
      [0.5, 1],
      [1, null],
      [null, 1],
      [null, null],
    ] as const)
      await attempt({ score });
    await attempt();
    expect(await readOne('aggregated_session_attempts', { columns: ['total_questions_answered'] })).toEqual({
      total_questions_answered: 4,
    });
  });

  it('aggregated_session_attempts-5 correct are those that reached the maximum', async () => {
    for (const score of [
      [1, 1],
      [0, 0],
      [2, 1],
      [0.5, 1],
      [1, null],
      [null, null],
    ] as const)
      await attempt({ score });
    expect(await readOne('aggregated_session_attempts', { columns: numbers.slice(0, 2) })).toEqual({
      total_questions_answered: 5,
      total_questions_correct: 2,
    });
  });

  it('aggregated_session_attempts-6 without any score there is still a row, of zeros', async () => {
    await attempt();
    expect(await readOne('aggregated_session_attempts')).toEqual({
      session_id: session,
      student_id: ada,
      date: null,
      total_questions_answered: 0,
      total_questions_correct: 0,
      avg_duration_sec: null,
      org_ids: [school],
    });
  });

  it('aggregated_session_attempts-7 repeats count', async () => {
    const earlier = await add.session();
    const tried = { assignable_id: 'x', score: [1, 1], duration: '10 seconds' } as const;
    await attempt({ ...tried, session_id: earlier, started_at_time: at('08:00:00') });
    await attempt({ ...tried, started_at_time: at('09:00:00') });
    await attempt({ ...tried, started_at_time: at('09:10:00') });
    const columns = ['session_id', 'total_questions_answered'];
    expect(await read('aggregated_session_attempts', { columns })).toEqual([
      { session_id: session, total_questions_answered: 2 },
      { session_id: earlier, total_questions_answered: 1 },
    ]);
  });

  it('aggregated_session_attempts-8 the mean of the client durations, else of end minus start, rounded once', async () => {
    const score = [0, 1] as const;
    const times = { started_at_time: at('09:00:00'), ended_at_time: at('10:00:00') };
    await attempt({ score, duration: '1.4 seconds', ...times });
    await attempt({ score, started_at_time: at('09:00:00'), ended_at_time: at('09:00:04.4') });
    await attempt({ score, duration: '1.7 seconds' });
    await attempt({ score, started_at_time: at('09:00:00') });
    await attempt({ score, ended_at_time: at('09:00:00') });
    // 7.5 / 3 is 2.5; of rounded seconds it would be 2.33, of the client's alone 1.55, over all five 1.5.
    expect(await readOne('aggregated_session_attempts', { columns: ['avg_duration_sec'] })).toEqual({
      avg_duration_sec: 3,
    });
  });

  it('aggregated_session_attempts-8 a client duration of zero is a duration', async () => {
    const times = { started_at_time: at('09:00:00'), ended_at_time: at('10:00:00') };
    await attempt({ score: [1, 1], duration: '0', ...times });
    await attempt({ score: [1, 1], duration: '20 seconds' });
    expect(await readOne('aggregated_session_attempts', { columns: ['avg_duration_sec'] })).toEqual({
      avg_duration_sec: 10,
    });
  });

  it('aggregated_session_attempts-9 no average without a usable duration', async () => {
    await attempt({ score: [1, 1], started_at_time: at('09:00:00') });
    const lesson = await add.resource({ media_type: 'curriculum/lesson' });
    await attempt({ assignable_id: lesson, duration: '90 seconds' });
    expect(await readOne('aggregated_session_attempts', { columns: numbers })).toEqual({
      total_questions_answered: 1,
      total_questions_correct: 1,
      avg_duration_sec: null,
    });
  });

  it('aggregated_session_attempts-10 lessons stay out of the average, unscored questions do not', async () => {
    const question = await add.question();
    const lesson = await add.resource({ media_type: 'curriculum/lesson' });
    await attempt({ assignable_id: question, duration: '10 seconds' });
    await attempt({ assignable_id: 'https://gone.test/question', duration: '30 seconds', score: [0, 1] });
    await attempt({ assignable_id: question, duration: '20 seconds', score: [null, 1] });
    await attempt({ assignable_id: lesson, duration: '600 seconds' });
    await attempt({ assignable_id: lesson, duration: '600 seconds', score: [null, 1] });
    await attempt({ assignable_id: await add.test(), duration: '600 seconds' });
    expect(await readOne('aggregated_session_attempts', { columns: numbers })).toEqual({
      total_questions_answered: 1,
      total_questions_correct: 0,
      avg_duration_sec: 20,
    });
  });
});
