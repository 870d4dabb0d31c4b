import { beforeEach, describe, expect, it } from 'vitest';
import { emptyReference } from './support/reference.ts';

const { add, read, readOne, query } = emptyReference();

describe('students_xp', () => {
  let school: string;
  let ada: string;
  let app: string;
  const morning = '2026-03-14T09:00:00Z';

  type Entry = Partial<Parameters<typeof add.xp>[0]>;
  const xp = (row: Entry = {}) =>
    add.xp({ user_id: ada, application_id: app, value: 10, date_created: morning, ...row });

  beforeEach(async () => {
    school = await add.organization();
    ada = await add.studentAt(school);
    app = await add.app();
  });

  it('students_xp-1 a sum per student, app, session and day', async () => {
    const session_id = await add.session({ id: 'session' });
    const event_id = await add.event({ session_id });
    await xp({ event_id });
    await xp({ event_id: await add.event({ session_id }), value: 5, date_created: '2026-03-14T23:00:00Z' });
    expect(await readOne('students_xp')).toEqual({
      student_id: ada,
      learning_app_id: app,
      session_id,
      date: '2026-03-14',
      total_value: 15,
      org_ids: [school],
    });
    await xp({ event_id, user_id: await add.studentAt(school) });
    await xp({ event_id, application_id: await add.app() });
    await xp({ event_id: await add.event({ session_id: await add.session() }) });
    await xp({ event_id, date_created: '2026-03-15T09:00:00Z' });
    const rows = await read('students_xp', { columns: ['total_value'] });
    expect(rows.map((row) => row['total_value'])).toEqual([10, 10, 10, 10, 15]);
  });

  it('students_xp-2 without an event, or with one that has no session, there is one group without a session', async () => {
    const session_id = await add.session({ id: 'session' });
    await xp({ event_id: null, value: 1 });
    await xp({ event_id: await add.event({ session_id: null }), value: 2 });
    await xp({ event_id: await add.event({ session_id }), value: 4 });
    expect(await read('students_xp', { columns: ['session_id', 'total_value'] })).toEqual([
      { session_id, total_value: 4 },
      { session_id: null, total_value: 3 },
    ]);
  });

  it('students_xp-2 without a day there is one group without a day', async () => {
    await xp({ date_created: null, value: 1 });
    await xp({ date_created: null, value: 2 });
    await xp({ value: 4 });
    expect(await read('students_xp', { columns: ['date', 'total_value'] })).toEqual([
      { date: '2026-03-14', total_value: 4 },
      { date: null, total_value: 3 },
    ]);
  });

  it('students_xp-3 corrections are subtracted, and totals of zero and below stay', async () => {
    const [zero, below] = [await add.app({ name: 'zero' }), await add.app({ name: 'below' })];
    for (const value of [30, -12]) await xp({ value });
    for (const value of [10, -10]) await xp({ value, application_id: zero });
    await xp({ value: -5, application_id: below });
    const rows = await read('students_xp', { columns: ['total_value'] });
    expect(rows.map((row) => row['total_value'])).toEqual([-5, 0, 18]);
  });

  it('students_xp-4 the day is the UTC day of the entry, not of its event or session', async () => {
    const session_id = await add.session({ started_at_time: '2026-01-01T09:00:00Z' });
    const event_id = await add.event({ session_id, event_time: '2026-02-01T09:00:00Z' });
    await xp({ event_id, date_created: '2026-03-14T23:59:59.999Z' });
    await xp({ event_id, date_created: '2026-03-15T00:00:00Z' });
    for (const zone of ['Pacific/Kiritimati', 'America/Los_Angeles']) {
      await query(`set local timezone = '${zone}'`);
      expect(await read('students_xp', { columns: ['date'] })).toEqual([
        { date: '2026-03-14' },
        { date: '2026-03-15' },
      ]);
    }
  });

  it('students_xp-5 fractions are kept', async () => {
    for (const value of [0.1, 0.2, 0.25]) await xp({ value });
    expect(await readOne('students_xp', { columns: ['total_value::text'] })).toEqual({ total_value: '0.55' });
  });
});
