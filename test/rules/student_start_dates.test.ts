import { beforeEach, describe, expect, it } from 'vitest';
import { emptyReference } from './support/reference.ts';

const { add, read, readOne } = emptyReference();

describe('student_start_dates', () => {
  let school: string;
  let ada: string;

  beforeEach(async () => {
    school = await add.organization();
    ada = await add.user();
  });

  const role = (row: Parameters<typeof add.role>[0] | object) => add.role({ user_id: ada, org_id: school, ...row });
  const anchor = async (column: string) => (await readOne('student_start_dates', { columns: [column] }))[column];

  it('student_start_dates-1 every holder of a student role, also without a date, and nobody else', async () => {
    await role({});
    await role({ status: 'inactive' });
    const former = await add.user();
    await add.role({ user_id: former, org_id: school, end_date: '2020-06-12' });
    await add.role({ user_id: await add.user(), org_id: school, role: 'teacher', admission_date: '2025-08-15' });
    await add.role({ user_id: await add.user(), org_id: school, status: 'tobedeleted', admission_date: '2025-08-15' });
    await add.enrollment({ user_id: await add.user(), class_id: await add.class(), begin_date: '2025-08-15' });

    const none = { admission_date: null, earliest_enrollment_date: null, earliest_map_date: null };
    expect(await read('student_start_dates')).toEqual(
      [
        { student_id: ada, ...none, org_ids: [school] },
        { student_id: former, ...none, org_ids: [] },
      ].toSorted((a, b) => (a.student_id < b.student_id ? -1 : 1)),
    );
  });

  describe('admission_date', () => {
    it('student_start_dates-2 a primary role before any other, the earliest of them', async () => {
      await role({ role_type: 'secondary', admission_date: '2020-01-01' });
      await role({ role_type: 'primary', admission_date: '2024-08-15' });
      await role({ role_type: 'primary', admission_date: '2023-08-15', end_date: '2024-06-12', status: 'inactive' });
      await role({ role_type: 'primary', admission_date: '2019-01-01', status: 'tobedeleted' });
      expect(await anchor('admission_date')).toBe('2023-08-15');
    });

    it('student_start_dates-2 a primary role without a date gives way to any that carries one', async () => {
      await role({ role_type: 'primary', begin_date: '2018-08-15' });
      await role({ role_type: 'secondary', admission_date: '2022-08-15' });
      await role({ role_type: 'secondary', admission_date: '2021-08-15' });
      expect(await anchor('admission_date')).toBe('2021-08-15');
    });

    it('student_start_dates-2 the begin of a role is not its admission', async () => {
      await role({ begin_date: '2025-08-15' });
      expect(await anchor('admission_date')).toBeNull();
    });

    it('student_start_dates-3 districts and other roles do not count', async () => {
      const district = await add.organization({ type: 'district' });
      await role({ org_id: district, admission_date: '2019-01-01' });
      await role({ role: 'teacher', admission_date: '2019-01-01' });
      await role({ role_type: 'secondary', admission_date: '2024-08-15' });
      expect(await anchor('admission_date')).toBe('2024-08-15');
    });
  });

  it('student_start_dates-4 the earliest known begin of a student enrollment in any class', async () => {
    await role({});
    const class_id = await add.class({ school_id: null });
    await add.enrollment({
      user_id: ada,
      class_id,
      begin_date: '2024-09-02',
      end_date: '2025-06-12',
      status: 'inactive',
    });
    await add.enrollment({ user_id: ada, class_id, begin_date: '2025-09-02' });
    await add.enrollment({ user_id: ada, class_id });
    await add.enrollment({ user_id: ada, class_id, begin_date: '2019-09-02', role: 'teacher' });
    await add.enrollment({ user_id: ada, class_id, begin_date: '2019-09-02', status: 'tobedeleted' });
    expect(await anchor('earliest_enrollment_date')).toBe('2024-09-02');
  });

  it('student_start_dates-5 the earliest active result with a report', async () => {
    await role({});
    const result = (score_date: string | null, rest: object = {}) =>
      add.assessmentResult({ student_id: ada, score_date, ...rest });
    for (const report_url of [null, '', '  \t']) await result('2019-09-15', { report_url });
    for (const status of ['inactive', 'tobedeleted']) await result('2019-09-15', { status });
    await add.assessmentResult({ student_id: await add.user(), score_date: '2019-09-15' });
    await result(null);
    expect(await anchor('earliest_map_date')).toBeNull();
    await result('2026-01-20');
    await result('2025-09-15');
    expect(await anchor('earliest_map_date')).toBe('2025-09-15');
  });

  it('student_start_dates-6 no anchor fills another', async () => {
    const columns = ['admission_date', 'earliest_enrollment_date', 'earliest_map_date'];
    const none = { admission_date: null, earliest_enrollment_date: null, earliest_map_date: null };
    await role({ admission_date: '2025-08-15' });
    expect(await readOne('student_start_dates', { columns })).toEqual({ ...none, admission_date: '2025-08-15' });

    const boris = await add.studentAt(school);
    await add.enrollment({ user_id: boris, class_id: await add.class(), begin_date: '2025-09-02' });
    const carla = await add.studentAt(school);
    await add.assessmentResult({ student_id: carla, score_date: '2025-09-15' });
    const rows = await read('student_start_dates', { columns });
    expect(rows).toContainEqual({ ...none, earliest_enrollment_date: '2025-09-02' });
    expect(rows).toContainEqual({ ...none, earliest_map_date: '2025-09-15' });
  });
});
