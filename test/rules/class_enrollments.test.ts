import { beforeEach, describe, expect, it } from 'vitest';
import { emptyReference } from './support/reference.ts';

const { add, read, readOne } = emptyReference();

describe('class_enrollments', () => {
  let user_id: string;
  beforeEach(async () => {
    user_id = await add.user();
  });
  const enroll = async (row: object = {}, ofClass: object = {}) =>
    add.enrollment({ user_id, class_id: await add.class(ofClass), ...row });

  it('class_enrollments-1 student enrollments only, one row each', async () => {
    const class_id = await add.class();
    const first = await add.enrollment({ user_id, class_id });
    const second = await add.enrollment({ user_id, class_id });
    for (const role of ['teacher', 'aide', 'guardian', 'Student']) await enroll({ role });
    const rows = await read('class_enrollments', { columns: ['enrollment_id', 'student_id', 'class_id'] });
    expect(rows).toEqual(
      [first, second].toSorted().map((enrollment_id) => ({ enrollment_id, student_id: user_id, class_id })),
    );
  });

  it('class_enrollments-2 ended, inactive and soft-deleted ones are history', async () => {
    await enroll({ begin_date: '2024-08-15', end_date: '2025-06-12', status: 'inactive' });
    await enroll({ begin_date: '2025-08-15', end_date: '2026-06-12' });
    await enroll({ begin_date: '2025-08-16', status: 'tobedeleted' });
    expect(await read('class_enrollments', { columns: ['begin_date', 'end_date', 'status'] })).toEqual([
      { begin_date: '2024-08-15', end_date: '2025-06-12', status: 'inactive' },
      { begin_date: '2025-08-15', end_date: '2026-06-12', status: 'active' },
      { begin_date: '2025-08-16', end_date: null, status: 'tobedeleted' },
    ]);
  });

  it('class_enrollments-3 a class without a title is shown as N/A', async () => {
    for (const title of [null, '', ' \t', ' Math ']) await enroll({}, { title });
    expect(await read('class_enrollments', { columns: ['class_title'] })).toEqual([
      { class_title: ' Math ' },
      { class_title: 'N/A' },
      { class_title: 'N/A' },
      { class_title: 'N/A' },
    ]);
  });

  it('class_enrollments-4 the course may be missing, or be one that the roster does not hold', async () => {
    const columns = ['course_id', 'course_title'];
    const gone = '99999999-9999-4999-8999-999999999999';
    const course_id = await add.course({ title: 'Algebra I' });
    await enroll({}, { course_id });
    await enroll({}, { course_id: gone });
    await enroll({}, { course_id: null });
    const rows = await read('class_enrollments', { columns });
    expect(rows).toHaveLength(3);
    expect(rows).toContainEqual({ course_id, course_title: 'Algebra I' });
    expect(rows).toContainEqual({ course_id: gone, course_title: null });
    expect(rows).toContainEqual({ course_id: null, course_title: null });
  });

  it('class_enrollments-5 the school may be missing', async () => {
    const school_id = await add.organization({ name: 'Birch School' });
    await enroll({}, { school_id });
    await enroll({}, { school_id: null });
    expect(await read('class_enrollments', { columns: ['school_name', 'school_id'] })).toEqual([
      { school_name: 'Birch School', school_id },
      { school_name: null, school_id: null },
    ]);
  });

  it('class_enrollments-6 primary when it says so, unknown is not', async () => {
    await enroll({ primary: true, begin_date: '2025-01-01' });
    await enroll({ primary: false, begin_date: '2025-01-02' });
    await enroll({ primary: null, begin_date: '2025-01-03' });
    expect(await read('class_enrollments', { columns: ['begin_date', 'is_primary'] })).toEqual([
      { begin_date: '2025-01-01', is_primary: true },
      { begin_date: '2025-01-02', is_primary: false },
      { begin_date: '2025-01-03', is_primary: false },
    ]);
  });

  it('class_enrollments-7 several subjects and several grades multiply nothing', async () => {
    const class_id = await add.class();
    await add.enrollment({ user_id, class_id });
    const subjects = [await add.subject(), await add.subject()].toSorted();
    const grades = [await add.grade(), await add.grade(), await add.grade()].toSorted();
    for (const subject_id of [...subjects.toReversed(), null, subjects[0]!]) {
      await add.classSubject({ class_id, subject_id });
    }
    for (const placement_grade_id of [...grades.toReversed(), null, grades[0]!]) {
      await add.classGrade({ class_id, placement_grade_id });
    }
    expect(await readOne('class_enrollments', { columns: ['subject_ids', 'grade_ids'] })).toEqual({
      subject_ids: subjects,
      grade_ids: grades,
    });
  });

  it('class_enrollments-7 the arrays are empty where the class has none', async () => {
    const other = await add.class();
    await add.classSubject({ class_id: other, subject_id: await add.subject() });
    await add.classGrade({ class_id: other, placement_grade_id: await add.grade() });
    await enroll();
    expect(await readOne('class_enrollments', { columns: ['subject_ids', 'grade_ids'] })).toEqual({
      subject_ids: [],
      grade_ids: [],
    });
  });

  it('class_enrollments-8 the role is always student', async () => {
    await enroll();
    await enroll({ role: 'teacher' });
    expect(await read('class_enrollments', { columns: ['role'] })).toEqual([{ role: 'student' }]);
  });

  it('class_enrollments-9 an unknown begin and an open end are passed on', async () => {
    await enroll({ begin_date: null, end_date: '2026-06-12' });
    await enroll({ begin_date: '2025-08-15', end_date: null });
    await enroll();
    expect(await read('class_enrollments', { columns: ['begin_date', 'end_date'] })).toEqual([
      { begin_date: '2025-08-15', end_date: null },
      { begin_date: null, end_date: '2026-06-12' },
      { begin_date: null, end_date: null },
    ]);
  });
});
