import { beforeEach, describe, expect, it } from 'vitest';
import { emptyReference } from './support/reference.ts';

const { add, read, readOne } = emptyReference();

describe('course_enrollments', () => {
  let user_id: string;
  let course_id: string;

  beforeEach(async () => {
    user_id = await add.user();
    course_id = await add.course({ title: 'Algebra I' });
  });

  const enroll = async (row: object = {}, ofClass: object = {}) =>
    add.enrollment({ user_id, class_id: await add.class({ course_id, ...ofClass }), ...row });
  const rolledUp = async (column: string) => (await readOne('course_enrollments', { columns: [column] }))[column];

  it('course_enrollments-1 student enrollments by student and course of the class', async () => {
    await enroll();
    await enroll();
    await enroll({ role: 'teacher', begin_date: '2019-08-15' });
    const other = await add.user();
    await enroll({ user_id: other });
    const second = await add.course();
    await enroll({}, { course_id: second });
    await enroll({ user_id: await add.user(), role: 'teacher' });
    const rows = await read('course_enrollments', {
      columns: ['student_id', 'course_id', 'class_count', 'begin_date'],
    });
    expect(rows).toHaveLength(3);
    expect(rows).toContainEqual({ student_id: user_id, course_id, class_count: 2, begin_date: null });
    expect(rows).toContainEqual({ student_id: other, course_id, class_count: 1, begin_date: null });
    expect(rows).toContainEqual({ student_id: user_id, course_id: second, class_count: 1, begin_date: null });
  });

  it('course_enrollments-2 no course, no row; a course that is not there keeps its row', async () => {
    const gone = '99999999-9999-4999-8999-999999999999';
    await enroll({}, { course_id: null });
    await enroll({}, { course_id: gone });
    expect(await read('course_enrollments', { columns: ['course_id', 'course_title'] })).toEqual([
      { course_id: gone, course_title: null },
    ]);
  });

  it('course_enrollments-3 the title of the course, null when it has none', async () => {
    await enroll();
    expect(await rolledUp('course_title')).toBe('Algebra I');
    await enroll({}, { course_id: await add.course({ title: null }) });
    expect(await read('course_enrollments', { columns: ['course_title'] })).toContainEqual({ course_title: null });
  });

  it('course_enrollments-4 the earliest known begin', async () => {
    await enroll({ begin_date: null });
    expect(await rolledUp('begin_date')).toBeNull();
    await enroll({ begin_date: '2025-08-15' });
    await enroll({ begin_date: '2024-08-15', status: 'inactive' });
    expect(await rolledUp('begin_date')).toBe('2024-08-15');
  });

  it('course_enrollments-5 the latest end, unless one is open', async () => {
    await enroll({ end_date: '2026-06-12' });
    await enroll({ end_date: '2025-06-12', status: 'inactive' });
    expect(await rolledUp('end_date')).toBe('2026-06-12');
    await enroll({ end_date: null, status: 'inactive' });
    expect(await rolledUp('end_date')).toBeNull();
  });

  it('course_enrollments-6 primary: true before false before unknown', async () => {
    await enroll({ primary: null });
    expect(await rolledUp('has_primary')).toBeNull();
    await enroll({ primary: false });
    expect(await rolledUp('has_primary')).toBe(false);
    await enroll({ primary: true });
    expect(await rolledUp('has_primary')).toBe(true);
  });

  it('course_enrollments-7 two periods in one class are one class', async () => {
    const class_id = await add.class({ course_id });
    await add.enrollment({ user_id, class_id, begin_date: '2024-08-15', end_date: '2025-06-12' });
    await add.enrollment({ user_id, class_id, begin_date: '2025-08-15' });
    expect(await rolledUp('class_count')).toBe(1);
    await enroll();
    expect(await rolledUp('class_count')).toBe(2);
  });

  it('course_enrollments-8 schools and subjects of all classes, distinct and ascending', async () => {
    const schools = [await add.organization(), await add.organization()].toSorted();
    const subjects = [await add.subject(), await add.subject(), await add.subject()].toSorted();
    for (const [index, school_id] of [schools[1]!, schools[0]!, schools[1]!, null].entries()) {
      const class_id = await add.class({ course_id, school_id });
      await add.enrollment({ user_id, class_id });
      await add.classSubject({ class_id, subject_id: subjects[2 - (index % 3)]! });
      await add.classSubject({ class_id, subject_id: null });
    }
    expect(await readOne('course_enrollments', { columns: ['school_ids', 'subject_ids'] })).toEqual({
      school_ids: schools,
      subject_ids: subjects,
    });
  });

  it('course_enrollments-8 the arrays are empty where the classes name none', async () => {
    // Neither a class of the course that she is not in, nor an item of the same id, has a say.
    const other = await add.class({ course_id, school_id: await add.organization() });
    await add.classSubject({ class_id: other, subject_id: await add.subject() });
    await enroll({}, { school_id: null });
    expect(await readOne('course_enrollments', { columns: ['school_ids', 'subject_ids'] })).toEqual({
      school_ids: [],
      subject_ids: [],
    });
  });

  it('course_enrollments-9 soft-deleted enrollments take no part', async () => {
    await enroll({ status: 'tobedeleted' });
    expect(await read('course_enrollments')).toEqual([]);
    await enroll({ begin_date: '2025-08-15', end_date: '2026-06-12', primary: false });
    await enroll({ begin_date: '2019-08-15', end_date: null, primary: true, status: 'tobedeleted' }, {});
    expect(await readOne('course_enrollments')).toEqual({
      student_id: user_id,
      course_id,
      course_title: 'Algebra I',
      school_ids: [],
      subject_ids: [],
      begin_date: '2025-08-15',
      end_date: '2026-06-12',
      has_primary: false,
      class_count: 1,
    });
  });

  it('course_enrollments-9 a soft-deleted class does', async () => {
    await enroll({}, { status: 'tobedeleted' });
    expect(await rolledUp('class_count')).toBe(1);
  });
});
