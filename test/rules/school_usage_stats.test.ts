import { beforeEach, describe, expect, it } from 'vitest';
import { emptyReference } from './support/reference.ts';

const { add, read, readOne } = emptyReference();

describe('school_usage_stats', () => {
  let school: string;
  let ada: string;
  let application_id: string;
  let waste: string;

  beforeEach(async () => {
    school = await add.organization({ name: 'Birch School' });
    ada = await add.studentAt(school);
    application_id = await add.app();
    waste = await add.insightType({ is_waste: true });
  });

  const stats = async (column: string) => (await readOne('school_usage_stats', { columns: [column] }))[column];
  const session = (user_id: string | null, from: string, to: string | null) =>
    add.session({ user_id, started_at_time: `2026-06-17T${from}Z`, ended_at_time: to && `2026-06-17T${to}Z` });
  const insights = async (user_id: string) =>
    add.insightsSession({ caliper_session_id: await add.session({ user_id }), user_id, application_id });
  const insight = (session_id: string, from: string, to: string, insight_type_id = waste, is_visible = true) =>
    add.insight({
      session_id,
      insight_type_id,
      started_at_time: `2026-06-17T${from}Z`,
      ended_at_time: `2026-06-17T${to}Z`,
      is_visible,
    });

  it('school_usage_stats-1 every school, also without students, and only schools', async () => {
    await add.organization({ type: 'district' });
    const empty = await add.organization({ name: 'Empty School', status: 'tobedeleted' });
    expect(await read('school_usage_stats')).toContainEqual({
      school_id: empty,
      school_name: 'Empty School',
      student_count: 0,
      total_app_time_sec: 0,
      total_waste_time_sec: 0,
    });
    const rows = await read('school_usage_stats', { columns: ['school_name'] });
    expect(rows).toEqual([{ school_name: 'Birch School' }, { school_name: 'Empty School' }]);
  });

  it('school_usage_stats-2 the student count of schools', async () => {
    const class_id = await add.class({ school_id: school });
    await add.enrollment({ user_id: ada, class_id });
    await add.enrollment({ user_id: await add.user(), class_id, end_date: '2020-06-12' });
    await add.enrollment({ user_id: await add.user(), class_id, status: 'tobedeleted' });
    await add.role({ user_id: await add.user(), org_id: school, role: 'teacher' });
    expect(await stats('student_count')).toBe(2);
    expect(await readOne('schools', { columns: ['student_count'] })).toEqual({ student_count: 2 });
  });

  it('school_usage_stats-3 app time is the sum of rounded lengths, open sessions left out', async () => {
    await session(ada, '09:00:00', '09:01:00.4');
    await session(ada, '10:00:00', '10:00:10.4');
    await session(ada, '11:00:00', '11:00:00.4');
    await session(ada, '11:30:00', '11:30:00.5');
    await session(ada, '12:00:00', null);
    await add.session({ user_id: ada, ended_at_time: '2026-06-17T13:00:00Z' });
    expect(await stats('total_app_time_sec')).toBe(60 + 10 + 0 + 1);
  });

  it('school_usage_stats-3 sessions before and after the attachment count as well', async () => {
    const former = await add.user();
    await add.role({ user_id: former, org_id: school, begin_date: '2019-08-15', end_date: '2020-06-12' });
    await session(former, '09:00:00', '09:00:30');
    await session(await add.user(), '09:00:00', '09:00:07');
    await session(null, '09:00:00', '09:00:05');
    expect(await stats('total_app_time_sec')).toBe(30);
  });

  it('school_usage_stats-4 a session counts once, however often its student is attached', async () => {
    await add.role({ user_id: ada, org_id: school, role_type: 'secondary' });
    for (const title of ['Math', 'Reading']) {
      await add.enrollment({ user_id: ada, class_id: await add.class({ title, school_id: school }) });
    }
    await session(ada, '09:00:00', '09:00:30');
    await insight(await insights(ada), '09:00:00', '09:00:04');
    expect(await stats('total_app_time_sec')).toBe(30);
    expect(await stats('total_waste_time_sec')).toBe(4);
  });

  it('school_usage_stats-5 waste is the sum of qualifying waste insights, overlaps not merged', async () => {
    const his = await insights(ada);
    await insight(his, '09:00:00', '09:00:10.4');
    await insight(his, '09:00:05', '09:00:15.4');
    await insight(his, '09:00:00', '09:01:00', await add.insightType({ is_waste: false }));
    await insight(his, '09:00:00', '09:01:00', await add.insightType({ is_waste: true, visibility: 'internal' }));
    await insight(his, '09:00:00', '09:01:00', waste, false);
    const reviewed = await add.insightType({ is_waste: true, category: 'Proctoring' });
    await add.insightConfig({ insight_type_id: reviewed });
    await insight(his, '09:00:00', '09:01:00', reviewed);
    await add.review({ insight_id: await insight(his, '09:10:00', '09:10:03', reviewed) });
    await insight(await insights(await add.user()), '09:00:00', '09:01:00');
    expect(await stats('total_waste_time_sec')).toBe(10 + 10 + 3);
  });

  it('school_usage_stats-6 a student of two schools counts fully in both', async () => {
    const second = await add.organization({ name: 'Cedar School' });
    await add.enrollment({ user_id: ada, class_id: await add.class({ school_id: second }) });
    await session(ada, '09:00:00', '09:00:30');
    await insight(await insights(ada), '09:00:00', '09:00:04');
    const figures = { student_count: 1, total_app_time_sec: 30, total_waste_time_sec: 4 };
    expect(await read('school_usage_stats', { columns: ['school_id', ...Object.keys(figures)] })).toEqual(
      [school, second].toSorted().map((school_id) => ({ school_id, ...figures })),
    );
  });

  it('school_usage_stats-7 app time includes the waste', async () => {
    const caliper_session_id = await session(ada, '09:00:00', '09:00:30');
    await insight(
      await add.insightsSession({ caliper_session_id, user_id: ada, application_id }),
      '09:00:00',
      '09:00:25',
    );
    expect(await stats('total_app_time_sec')).toBe(30);
    expect(await stats('total_waste_time_sec')).toBe(25);
  });

  it('school_usage_stats-8 the figures are the same for everybody', async () => {
    await session(ada, '09:00:00', '09:00:30');
    await insight(await insights(ada), '09:00:00', '09:00:04');
    const all = await read('school_usage_stats', { as: 'unset' });
    expect(all).toMatchObject([{ student_count: 1, total_app_time_sec: 30, total_waste_time_sec: 4 }]);
    for (const as of [[], [await add.organization({ type: 'district' })], '*']) {
      expect(await read('school_usage_stats', { as })).toEqual(all);
    }
  });
});
