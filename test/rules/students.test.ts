import { describe, expect, it } from 'vitest';
import { emptyReference } from './support/reference.ts';

const { add, read, readOne, query } = emptyReference();

describe('students', () => {
  it('students-1 a user with a student role, once however many and whatever became of them', async () => {
    const [cedar, birch] = [await add.organization(), await add.organization()];
    const ada = await add.studentAt(cedar, birch, cedar);
    const former = await add.user();
    await add.role({ user_id: former, org_id: cedar, end_date: '2020-06-12', status: 'inactive' });
    const deleted = await add.user();
    await add.role({ user_id: deleted, org_id: cedar, status: 'tobedeleted' });
    await add.user();

    const rows = await read('students', { columns: ['id'] });
    expect(rows.map(({ id }) => String(id)).toSorted()).toEqual([ada, former].toSorted());
  });

  it('students-2 educators and family are out, unless they are students too', async () => {
    const org_id = await add.organization();
    for (const role of ['teacher', 'principal', 'aide', 'administrator', 'parent', 'guardian', 'Student']) {
      await add.role({ user_id: await add.user(), org_id, role });
    }
    const both = await add.studentAt(org_id);
    await add.role({ user_id: both, org_id, role: 'teacher' });
    expect(await read('students', { columns: ['id'] })).toEqual([{ id: both }]);
  });

  it('students-3 the name is given and family name with one space between them', async () => {
    const org_id = await add.organization();
    await add.role({ user_id: await add.user({ given_name: 'Ada  May', family_name: 'van Dam' }), org_id });
    await add.role({ user_id: await add.user({ given_name: '', family_name: 'Prince' }), org_id });
    await add.role({ user_id: await add.user({ given_name: 'Cher', family_name: '' }), org_id });
    await add.role({ user_id: await add.user({ given_name: 'Cher', family_name: '' }), org_id });
    expect(await read('students', { columns: ['name'] })).toEqual([
      { name: 'Ada  May van Dam' },
      { name: 'Cher' },
      { name: 'Cher' },
      { name: 'Prince' },
    ]);
  });

  it('students-3 the email keeps its case, and no other user may have it in another', async () => {
    const ada = await add.user({ email: 'Ada.Lovelace@School.test' });
    await add.role({ user_id: ada, org_id: await add.organization() });
    expect(await readOne('students')).toMatchObject({ id: ada, email: 'Ada.Lovelace@School.test' });
    await expect(add.user({ email: 'ada.lovelace@school.test' })).rejects.toThrow('duplicate key');
  });

  it('students-4 an enrollment does not make a student', async () => {
    const class_id = await add.class({ school_id: await add.organization() });
    await add.enrollment({ user_id: await add.user(), class_id });
    expect(await read('students')).toEqual([]);
    expect(await query('select count(*) from one_roster_enrollment')).toEqual([{ count: 1 }]);
  });
});
