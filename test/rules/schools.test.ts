import { beforeEach, describe, expect, it } from 'vitest';
import { emptyReference } from './support/reference.ts';

const { add, read, readOne } = emptyReference();

describe('schools', () => {
  it('schools-1 organisations of type school, of any status, and no others', async () => {
    for (const type of ['district', 'department', 'local', 'School']) await add.organization({ type });
    for (const status of ['active', 'inactive', 'tobedeleted']) await add.organization({ name: status, status });
    expect(await read('schools', { columns: ['name', 'status'] })).toEqual([
      { name: 'active', status: 'active' },
      { name: 'inactive', status: 'inactive' },
      { name: 'tobedeleted', status: 'tobedeleted' },
    ]);
  });

  it('schools-2 the parent may be of any type, or missing', async () => {
    const district = await add.organization({ name: 'North District', type: 'district' });
    const campus = await add.organization({ name: 'Campus', parent_id: district });
    await add.organization({ name: 'Annex', parent_id: campus });
    await add.organization({ name: 'Lone' });
    expect(await read('schools', { columns: ['name', 'parent_id', 'parent_name'] })).toEqual([
      { name: 'Annex', parent_id: campus, parent_name: 'Campus' },
      { name: 'Campus', parent_id: district, parent_name: 'North District' },
      { name: 'Lone', parent_id: null, parent_name: null },
    ]);
  });

  it('schools-3 the identifier is null when none', async () => {
    const id = await add.organization({ identifier: null });
    expect(await readOne('schools')).toEqual({
      id,
      name: 'Cedar Hill Elementary',
      identifier: null,
      parent_id: null,
      parent_name: null,
      status: 'active',
      student_count: 0,
    });
    await add.organization({ identifier: 'S-042' });
    expect(await read('schools', { columns: ['identifier'] })).toContainEqual({ identifier: 'S-042' });
  });

  describe('student_count', () => {
    let school: string;
    let class_id: string;
    const count = async () => (await readOne('schools', { columns: ['student_count'] }))['student_count'];

    beforeEach(async () => {
      school = await add.organization();
      class_id = await add.class({ school_id: school });
    });

    it('schools-4 students by role or by enrollment, once each', async () => {
      const ada = await add.studentAt(school, school);
      await add.enrollment({ user_id: ada, class_id });
      await add.enrollment({ user_id: ada, class_id: await add.class({ school_id: school }) });
      await add.enrollment({ user_id: await add.user(), class_id });
      expect(await count()).toBe(2);
    });

    it('schools-4 former students count, soft-deleted links do not', async () => {
      const past = { end_date: '2020-06-12', status: 'inactive' };
      await add.role({ user_id: await add.user(), org_id: school, role_type: 'secondary', ...past });
      await add.enrollment({ user_id: await add.user(), class_id, ...past });
      await add.role({ user_id: await add.user(), org_id: school, status: 'tobedeleted' });
      await add.enrollment({ user_id: await add.user(), class_id, status: 'tobedeleted' });
      expect(await count()).toBe(2);
    });

    it('schools-4 a soft-deleted class still attaches its students', async () => {
      const closed = await add.class({ school_id: school, status: 'tobedeleted' });
      await add.enrollment({ user_id: await add.user(), class_id: closed });
      expect(await count()).toBe(1);
    });

    it('schools-5 teachers do not count, nor do students of a school below', async () => {
      await add.role({ user_id: await add.user(), org_id: school, role: 'teacher' });
      await add.enrollment({ user_id: await add.user(), class_id, role: 'teacher' });
      expect(await count()).toBe(0);

      const annex = await add.organization({ parent_id: school });
      await add.studentAt(annex);
      const rows = await read('schools', { columns: ['id', 'student_count'] });
      expect(rows).toContainEqual({ id: school, student_count: 0 });
      expect(rows).toContainEqual({ id: annex, student_count: 1 });
    });
  });
});
