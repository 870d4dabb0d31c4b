import { beforeEach, describe, expect, it } from 'vitest';
import { emptyReference } from './support/reference.ts';

const { add, read, readOne, query } = emptyReference();

describe('sessions', () => {
  let school: string;
  let ada: string;

  beforeEach(async () => {
    school = await add.organization();
    ada = await add.studentAt(school);
  });

  it('sessions-1 one row per session, with or without insights, person, app, start or end', async () => {
    const application_id = await add.app();
    for (const user_id of [ada, null]) {
      for (const client_id of ['app', null]) {
        for (const started_at_time of ['2026-03-14T09:00:00Z', null]) {
          for (const ended_at_time of ['2026-03-14T10:00:00Z', null]) {
            const bare = { user_id, client_id, started_at_time, ended_at_time };
            await add.session(bare);
            const caliper_session_id = await add.session(bare);
            await add.insightsSession({ caliper_session_id, user_id: ada, application_id });
          }
        }
      }
    }
    const rows = await read('sessions', { columns: ['id'] });
    expect(new Set(rows.map(({ id }) => id)).size).toBe(32);
    expect(rows).toHaveLength(32);
  });

  it('sessions-2 student and app are those of the session, as recorded', async () => {
    const application_id = await add.app();
    const bea = await add.studentAt(school);
    await add.session({ id: 'urn:uuid:a', user_id: ada, client_id: 'https://app.test/client' });
    await add.session({ id: 'b', user_id: null, client_id: null });
    await add.insightsSession({ caliper_session_id: 'urn:uuid:a', user_id: bea, application_id });
    await add.insightsSession({ caliper_session_id: 'b', user_id: bea, application_id });
    expect(await read('sessions', { columns: ['id', 'student_id', 'learning_app_id'] })).toEqual([
      { id: 'b', student_id: null, learning_app_id: null },
      { id: 'urn:uuid:a', student_id: ada, learning_app_id: 'https://app.test/client' },
    ]);
  });

  it('sessions-3 start and end as stored', async () => {
    const times = [
      ['2026-03-14 23:59:59.999999+00', '2026-03-15 00:30:00+00'],
      ['2026-03-15 00:00:00+00', null],
      [null, '2026-03-15 00:30:00+00'],
      [null, null],
    ] as const;
    for (const [started_at_time, ended_at_time] of times) await add.session({ started_at_time, ended_at_time });
    expect(await read('sessions', { columns: ['start_time', 'end_time'] })).toEqual(
      times.map(([start_time, end_time]) => ({ start_time, end_time })),
    );
  });

  it('sessions-3 the date is the UTC day of the start', async () => {
    await add.session({ id: 'a', started_at_time: '2026-03-14T23:59:59.999Z', ended_at_time: '2026-03-15T00:30:00Z' });
    await add.session({ id: 'b', started_at_time: '2026-03-15T00:00:00Z' });
    await add.session({ id: 'c', ended_at_time: '2026-03-15T00:30:00Z' });
    for (const zone of ['Pacific/Kiritimati', 'America/Los_Angeles']) {
      await query(`set local timezone = '${zone}'`);
      expect(await read('sessions', { columns: ['id', 'date'] })).toEqual([
        { id: 'a', date: '2026-03-14' },
        { id: 'b', date: '2026-03-15' },
        { id: 'c', date: null },
      ]);
    }
  });

  it('sessions-4 whole seconds between start and end, null without either', async () => {
    const start = '2026-03-14T09:00:00Z';
    const ends: [id: string, end: string | null, seconds: number | null][] = [
      ['a', '2026-03-14T09:32:44Z', 1964],
      ['b', '2026-03-14T09:00:02.499999Z', 2],
      ['c', '2026-03-14T09:00:02.5Z', 3],
      ['d', '2026-03-14T09:00:03.5Z', 4],
      ['e', '2026-03-16T10:00:00Z', 176_400],
      ['f', start, 0],
      ['g', null, null],
    ];
    for (const [id, ended_at_time] of ends) await add.session({ id, started_at_time: start, ended_at_time });
    await add.session({ id: 'h', ended_at_time: start });
    expect(await read('sessions', { columns: ['id', 'duration_sec'] })).toEqual([
      ...ends.map(([id, , duration_sec]) => ({ id, duration_sec })),
      { id: 'h', duration_sec: null },
    ]);
  });

  it('sessions-5 webcam and proctoring from the insights session, false when missing', async () => {
    const application_id = await add.app();
    const flags: [id: string, webcam: boolean | null, proctored: boolean | null][] = [
      ['a', true, true],
      ['b', true, false],
      ['c', false, true],
      ['d', null, null],
    ];
    for (const [id, webcam_enabled, is_proctored] of flags) {
      const caliper_session_id = await add.session({ id });
      await add.insightsSession({ caliper_session_id, user_id: ada, application_id, webcam_enabled, is_proctored });
    }
    await add.session({ id: 'e' });
    expect(await read('sessions', { columns: ['id', 'webcam_enabled', 'is_proctored'] })).toEqual([
      { id: 'a', webcam_enabled: true, is_proctored: true },
      { id: 'b', webcam_enabled: true, is_proctored: false },
      { id: 'c', webcam_enabled: false, is_proctored: true },
      { id: 'd', webcam_enabled: false, is_proctored: false },
      { id: 'e', webcam_enabled: false, is_proctored: false },
    ]);
  });

  it('sessions-6 sessions of anybody, whatever her role', async () => {
    const teacher = await add.user();
    await add.role({ user_id: teacher, org_id: school, role: 'teacher' });
    await add.session({ user_id: teacher });
    expect(await readOne('sessions', { as: [school], columns: ['student_id', 'org_ids'] })).toEqual({
      student_id: teacher,
      org_ids: [school],
    });
  });

  it('scope-11 a session of nobody is for callers without a limit', async () => {
    const application_id = await add.app();
    const caliper_session_id = await add.session();
    await add.insightsSession({ caliper_session_id, user_id: ada, application_id });
    expect(await read('sessions', { as: [school] })).toEqual([]);
    expect(await readOne('sessions', { columns: ['org_ids'] })).toEqual({ org_ids: [] });
  });
});
