import { beforeEach, describe, expect, it } from 'vitest';
import { emptyReference, type ViewRow } from './support/reference.ts';

const { add, read, readOne, query } = emptyReference();

describe('attempts', () => {
  let school: string;
  let ada: string;
  const at = (minute: number) => `2026-03-14T09:${String(minute).padStart(2, '0')}:00Z`;
  const attempt = (row: Omit<Parameters<typeof add.attempt>[0], 'assignee_id'> = {}) =>
    add.attempt({ assignee_id: ada, ...row });
  /** The attempt is told by its end, which nothing else depends on. */
  const shown = (rows: readonly ViewRow[]) => rows.map((row) => row['end_time']);

  beforeEach(async () => {
    school = await add.organization();
    ada = await add.studentAt(school);
  });

  it('attempts-1 the first attempt of a student on a resource, not the repeats in any session', async () => {
    const bea = await add.studentAt(school);
    const [morning, evening] = [await add.session(), await add.session()];
    const tries: [who: string, resource: string, minute: number, session: string][] = [
      [ada, 'fractions', 10, morning],
      [ada, 'fractions', 20, morning],
      [ada, 'fractions', 30, evening],
      [ada, 'decimals', 25, evening],
      [bea, 'fractions', 40, evening],
    ];
    for (const [assignee_id, assignable_id, minute, session_id] of tries) {
      const attempt_id = await add.attempt({ assignee_id, assignable_id, started_at_time: at(minute) });
      await add.event({ attempt_id, session_id });
    }
    const columns = ['student_id', 'resource_id', 'session_id', 'start_time'];
    const rows = await read('attempts', { columns });
    expect(rows).toHaveLength(3);
    expect(rows).toEqual(
      expect.arrayContaining([
        { student_id: ada, resource_id: 'fractions', session_id: morning, start_time: '2026-03-14 09:10:00+00' },
        { student_id: ada, resource_id: 'decimals', session_id: evening, start_time: '2026-03-14 09:25:00+00' },
        { student_id: bea, resource_id: 'fractions', session_id: evening, start_time: '2026-03-14 09:40:00+00' },
      ]),
    );
  });

  it('attempts-1 the first attempt lies outside of the scope of nobody: repeats stay hidden from a school too', async () => {
    const elsewhere = await add.organization();
    await add.role({ user_id: ada, org_id: elsewhere });
    await attempt({ assignable_id: 'x', started_at_time: at(1) });
    await attempt({ assignable_id: 'x', started_at_time: at(2) });
    for (const as of [[school], [elsewhere], '*']) expect(await read('attempts', { as })).toHaveLength(1);
  });

  it('attempts-2 the start decides, not the order of arrival or of the ids', async () => {
    await attempt({ id: 'a', assignable_id: 'x', started_at_time: at(30), ended_at_time: at(31) });
    await attempt({ id: 'b', assignable_id: 'x', started_at_time: at(10), ended_at_time: at(50) });
    await attempt({ id: 'c', assignable_id: 'x', started_at_time: at(20), ended_at_time: at(21) });
    expect(shown(await read('attempts'))).toEqual(['2026-03-14 09:50:00+00']);
  });

  it('attempts-2 an undated attempt is the first only where none is dated', async () => {
    await attempt({ id: 'a', assignable_id: 'x', started_at_time: null, ended_at_time: at(1) });
    await attempt({ id: 'b', assignable_id: 'x', started_at_time: at(10), ended_at_time: at(11) });
    await attempt({ id: 'c', assignable_id: 'y', started_at_time: null, ended_at_time: at(12) });
    expect(shown(await read('attempts', { columns: ['resource_id', 'end_time'] }))).toEqual([
      '2026-03-14 09:11:00+00',
      '2026-03-14 09:12:00+00',
    ]);
  });

  it('attempts-2 of equal starts the earlier end is the first, then the smaller id; a missing end comes last', async () => {
    const start = { started_at_time: at(10) };
    await attempt({ id: 'a', assignable_id: 'x', ...start, ended_at_time: null });
    await attempt({ id: 'b', assignable_id: 'x', ...start, ended_at_time: at(30) });
    await attempt({ id: 'c', assignable_id: 'x', ...start, ended_at_time: at(20) });
    await attempt({ id: 'e', assignable_id: 'y', ...start, ended_at_time: at(40), duration: '2 seconds' });
    await attempt({ id: 'd', assignable_id: 'y', ...start, ended_at_time: at(40), duration: '1 second' });
    await attempt({ id: 'g', assignable_id: 'z', duration: '2 seconds' });
    await attempt({ id: 'f', assignable_id: 'z', duration: '1 second' });
    expect(await read('attempts', { columns: ['resource_id', 'end_time', 'duration_sec'] })).toEqual([
      { resource_id: 'x', end_time: '2026-03-14 09:20:00+00', duration_sec: 600 },
      { resource_id: 'y', end_time: '2026-03-14 09:40:00+00', duration_sec: 1 },
      { resource_id: 'z', end_time: null, duration_sec: 1 },
    ]);
  });

  it('attempts-3 student and resource as recorded, whatever the resource is', async () => {
    const known = [await add.question({ id: 'q' }), await add.test({ id: 't' })];
    const resources = [...known, 'https://gone.test/1', 'urn:uuid:gone'];
    for (const assignable_id of resources) await attempt({ assignable_id });
    expect(await read('attempts', { columns: ['student_id', 'resource_id'] })).toEqual(
      ['https://gone.test/1', 'q', 't', 'urn:uuid:gone'].map((resource_id) => ({ student_id: ada, resource_id })),
    );
  });

  it('attempts-4 the session is that of the earliest event that carries one; events do not multiply', async () => {
    const [first, second] = [await add.session({ id: 'first' }), await add.session({ id: 'second' })];
    const events: Record<string, [id: string, session: string | null, time: string | null][]> = {
      'by time': [
        ['a1', second, at(20)],
        ['a2', first, at(10)],
        ['a3', first, at(10)],
      ],
      'first without a session': [
        ['b1', null, at(1)],
        ['b2', first, at(10)],
      ],
      'timeless last': [
        ['c1', second, null],
        ['c2', first, at(10)],
      ],
      'timeless only': [['d1', first, null]],
      'then by id': [
        ['e2', second, at(10)],
        ['e1', first, at(10)],
      ],
      none: [],
      'never a session': [
        ['f1', null, at(1)],
        ['f2', null, null],
      ],
    };
    for (const [assignable_id, ofAttempt] of Object.entries(events)) {
      const attempt_id = await attempt({ assignable_id });
      for (const [id, session_id, event_time] of ofAttempt) await add.event({ id, attempt_id, session_id, event_time });
    }
    await add.event({ session_id: second });
    expect(await read('attempts', { columns: ['resource_id', 'session_id'] })).toEqual([
      { resource_id: 'by time', session_id: first },
      { resource_id: 'first without a session', session_id: first },
      { resource_id: 'never a session', session_id: null },
      { resource_id: 'none', session_id: null },
      { resource_id: 'then by id', session_id: first },
      { resource_id: 'timeless last', session_id: first },
      { resource_id: 'timeless only', session_id: first },
    ]);
    const ofSecond = await query("select resource_id from attempts where session_id = any ('{second}')");
    expect(ofSecond).toEqual([]);
  });

  it('attempts-5 the date is the UTC day of the start, null exactly without a start', async () => {
    await attempt({ assignable_id: 'a', started_at_time: '2026-03-14T23:59:59.999Z' });
    await attempt({ assignable_id: 'b', started_at_time: '2026-03-15T00:00:00Z' });
    await attempt({ assignable_id: 'c', ended_at_time: '2026-03-15T00:00:00Z' });
    for (const zone of ['Pacific/Kiritimati', 'America/Los_Angeles']) {
      await query(`set local timezone = '${zone}'`);
      expect(await read('attempts', { columns: ['resource_id', 'date'] })).toEqual([
        { resource_id: 'a', date: '2026-03-14' },
        { resource_id: 'b', date: '2026-03-15' },
        { resource_id: 'c', date: null },
      ]);
    }
  });

  it('attempts-6 an open attempt is a row without an end', async () => {
    await attempt({ started_at_time: at(10) });
    expect(await readOne('attempts', { columns: ['start_time', 'end_time', 'duration_sec'] })).toEqual({
      start_time: '2026-03-14 09:10:00+00',
      end_time: null,
      duration_sec: null,
    });
  });

  it('attempts-7 the duration of the client first, else end minus start, in whole seconds', async () => {
    const start = { started_at_time: at(10) };
    await attempt({ assignable_id: 'a client', ...start, ended_at_time: at(20), duration: '38.5 seconds' });
    await attempt({ assignable_id: 'b zero', ...start, ended_at_time: at(20), duration: '0' });
    await attempt({ assignable_id: 'c computed', ...start, ended_at_time: '2026-03-14T09:10:02.5Z' });
    await attempt({ assignable_id: 'd computed', ...start, ended_at_time: '2026-03-14T09:10:02.499Z' });
    await attempt({ assignable_id: 'e client alone', duration: '1 hour 1 second' });
    await attempt({ assignable_id: 'f open', ...start });
    await attempt({ assignable_id: 'g undated', ended_at_time: at(20) });
    expect(await read('attempts', { columns: ['resource_id', 'duration_sec'] })).toEqual([
      { resource_id: 'a client', duration_sec: 39 },
      { resource_id: 'b zero', duration_sec: 0 },
      { resource_id: 'c computed', duration_sec: 3 },
      { resource_id: 'd computed', duration_sec: 2 },
      { resource_id: 'e client alone', duration_sec: 3601 },
      { resource_id: 'f open', duration_sec: null },
      { resource_id: 'g undated', duration_sec: null },
    ]);
  });

  it('attempts-8 correct is given equals maximum, any other score is not, and without one it is unknown', async () => {
    const scores: [resource: string, given: number | null, most: number | null, correct: boolean | null][] = [
      ['a right', 1, 1, true],
      ['b scale', 1.5, 1.5, true],
      ['c wrong', 0, 1, false],
      ['d partial', 0.5, 1, false],
      ['e above', 2, 1, false],
      ['f nothing of nothing', 0, 0, true],
      ['g no maximum', 1, null, false],
      ['h not given', null, 1, null],
      ['i empty', null, null, null],
    ];
    for (const [assignable_id, score_given, max_score] of scores) {
      await add.score({ attempt_id: await attempt({ assignable_id }), score_given, max_score });
    }
    await attempt({ assignable_id: 'j no score' });
    expect(await read('attempts', { columns: ['resource_id', 'is_correct'] })).toEqual([
      ...scores.map(([resource_id, , , is_correct]) => ({ resource_id, is_correct })),
      { resource_id: 'j no score', is_correct: null },
    ]);
  });

  it('attempts-9 the first attempt stays the first, though only its repeat was scored', async () => {
    await attempt({ id: 'b', assignable_id: 'x', started_at_time: at(10) });
    const repeat = await attempt({ id: 'a', assignable_id: 'x', started_at_time: at(20), ended_at_time: at(21) });
    await add.score({ attempt_id: repeat, score_given: 1, max_score: 1 });
    await add.event({ attempt_id: repeat, session_id: await add.session() });
    expect(await readOne('attempts', { columns: ['session_id', 'end_time', 'is_correct'] })).toEqual({
      session_id: null,
      end_time: null,
      is_correct: null,
    });
  });
});
