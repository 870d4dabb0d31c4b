import { describe, expect, it } from 'vitest';
import { emptyReference } from './support/reference.ts';

const { add, read, readOne } = emptyReference();

describe('classes', () => {
  it('classes-1 every class, with or without students, course or school, of any status', async () => {
    const school_id = await add.organization();
    const course_id = await add.course();
    const full = await add.class({ title: 'full', course_id, school_id });
    await add.enrollment({ user_id: await add.user(), class_id: full });
    await add.enrollment({ user_id: await add.user(), class_id: full });
    await add.class({ title: 'inactive', course_id, school_id, status: 'inactive' });
    await add.class({ title: 'lone' });
    await add.class({ title: 'deleted', school_id, status: 'tobedeleted' });
    expect(await read('classes', { columns: ['title', 'status'] })).toEqual([
      { title: 'deleted', status: 'tobedeleted' },
      { title: 'full', status: 'active' },
      { title: 'inactive', status: 'inactive' },
      { title: 'lone', status: 'active' },
    ]);
  });

  it('classes-2 title, code and type stay null, and blank stays blank', async () => {
    const columns = ['title', 'class_code', 'class_type'];
    await add.class({ title: null });
    await add.class({ title: '', class_code: 'MATH-101-P3', class_type: 'homeroom' });
    expect(await read('classes', { columns })).toEqual([
      { title: '', class_code: 'MATH-101-P3', class_type: 'homeroom' },
      { title: null, class_code: null, class_type: null },
    ]);
    await expect(add.class({ class_type: 'other' })).rejects.toThrow('check constraint');
  });

  it('classes-3 names of the roster course and of the organisation, null without them', async () => {
    const columns = ['title', 'course_id', 'course_title', 'school_id', 'school_name'];
    const school_id = await add.organization({ name: 'North', type: 'district' });
    const course_id = await add.course({ title: 'Algebra I' });
    const untitled = await add.course({ title: null });
    const gone = '99999999-9999-4999-8999-999999999999';
    await add.class({ title: 'a', course_id, school_id });
    await add.class({ title: 'b', course_id: untitled });
    await add.class({ title: 'c', course_id: gone });
    await add.class({ title: 'd' });
    const noSchool = { school_id: null, school_name: null };
    expect(await read('classes', { columns })).toEqual([
      { title: 'a', course_id, course_title: 'Algebra I', school_id, school_name: 'North' },
      { title: 'b', course_id: untitled, course_title: null, ...noSchool },
      { title: 'c', course_id: gone, course_title: null, ...noSchool },
      { title: 'd', course_id: null, course_title: null, ...noSchool },
    ]);
  });

  it('classes-4 subjects and grades are distinct, ascending and without nulls', async () => {
    const class_id = await add.class();
    const subjects = [await add.subject(), await add.subject(), await add.subject()].toSorted();
    const grades = [await add.grade(), await add.grade()].toSorted();
    for (const subject_id of [subjects[2]!, null, subjects[0]!, subjects[2]!, subjects[1]!]) {
      await add.classSubject({ class_id, subject_id });
    }
    for (const placement_grade_id of [grades[1]!, grades[0]!, null, grades[1]!]) {
      await add.classGrade({ class_id, placement_grade_id });
    }
    expect(await readOne('classes', { columns: ['subject_ids', 'grade_ids'] })).toEqual({
      subject_ids: subjects,
      grade_ids: grades,
    });
  });

  it('classes-4 the arrays are empty where nothing but a null is linked', async () => {
    const class_id = await add.class();
    await add.classSubject({ class_id, subject_id: null });
    await add.classGrade({ class_id, placement_grade_id: null });
    await add.class();
    const empty = { subject_ids: [], grade_ids: [] };
    expect(await read('classes', { columns: ['subject_ids', 'grade_ids'] })).toEqual([empty, empty]);
  });

  it('classes-4 the subjects and grades of another class are not its own', async () => {
    const [mine, other] = [await add.class({ title: 'mine' }), await add.class({ title: 'other' })];
    const subject_id = await add.subject();
    const placement_grade_id = await add.grade();
    await add.classSubject({ class_id: other, subject_id });
    await add.classGrade({ class_id: other, placement_grade_id });
    expect(await read('classes', { columns: ['id', 'subject_ids', 'grade_ids'] })).toContainEqual({
      id: mine,
      subject_ids: [],
      grade_ids: [],
    });
  });

  it('classes-5 the status is active unless said otherwise', async () => {
    await add.class();
    expect(await readOne('classes', { columns: ['status'] })).toEqual({ status: 'active' });
    await expect(add.class({ status: null })).rejects.toThrow('null value');
  });
});
