import { beforeEach, describe, expect, it } from 'vitest';
import { emptyReference } from './support/reference.ts';

const { add, read, readOne } = emptyReference();

describe('student_schools', () => {
  let school: string;
  let district: string;
  let ada: string;
  const links = () => read('student_schools', { columns: ['student_id', 'school_id', 'link_kind'] });

  beforeEach(async () => {
    school = await add.organization({ name: 'Birch School' });
    district = await add.organization({ type: 'district' });
    ada = await add.user();
  });

  it('student_schools-1 a student role at a school, by its type', async () => {
    await add.role({ user_id: ada, org_id: school, role_type: 'primary' });
    await add.role({ user_id: ada, org_id: school, role_type: 'secondary' });
    expect(await read('student_schools')).toEqual(
      ['primary_role', 'secondary_role'].map((link_kind) => ({
        student_id: ada,
        school_id: school,
        school_name: 'Birch School',
        link_kind,
        begin_date: null,
        end_date: null,
        org_ids: [school],
      })),
    );
  });

  it('student_schools-2 a student enrollment in a class of a school', async () => {
    await add.enrollment({ user_id: ada, class_id: await add.class({ school_id: school }) });
    await add.enrollment({ user_id: ada, class_id: await add.class({ school_id: null }) });
    await add.enrollment({ user_id: ada, class_id: await add.class({ school_id: district }) });
    expect(await links()).toEqual([{ student_id: ada, school_id: school, link_kind: 'enrollment' }]);
  });

  it('student_schools-3 no other organisation, no other role, nothing soft-deleted', async () => {
    const class_id = await add.class({ school_id: school });
    await add.role({ user_id: ada, org_id: district });
    await add.role({ user_id: ada, org_id: school, role: 'teacher' });
    await add.role({ user_id: ada, org_id: school, status: 'tobedeleted' });
    await add.enrollment({ user_id: ada, class_id, role: 'teacher' });
    await add.enrollment({ user_id: ada, class_id, status: 'tobedeleted' });
    expect(await links()).toEqual([]);
  });

  it('student_schools-4 once per kind and period', async () => {
    const year = { begin_date: '2025-08-15', end_date: '2026-06-12' };
    const role = { user_id: ada, org_id: school };
    await add.role({ ...role, ...year });
    await add.role({ ...role, ...year });
    await add.role({ ...role, role_type: 'secondary', ...year });
    await add.role({ ...role, begin_date: '2024-08-15', end_date: '2026-06-12' });
    await add.role({ ...role, begin_date: '2025-08-15', end_date: null });
    for (const title of ['Math', 'Reading', 'Science']) {
      await add.enrollment({ user_id: ada, class_id: await add.class({ title, school_id: school }), ...year });
    }
    await add.enrollment({
      user_id: ada,
      class_id: await add.class({ school_id: school, status: 'inactive' }),
      begin_date: '2024-08-15',
      end_date: '2025-06-12',
    });
    expect(await read('student_schools', { columns: ['link_kind', 'begin_date', 'end_date'] })).toEqual([
      { link_kind: 'enrollment', begin_date: '2024-08-15', end_date: '2025-06-12' },
      { link_kind: 'enrollment', begin_date: '2025-08-15', end_date: '2026-06-12' },
      { link_kind: 'primary_role', begin_date: '2024-08-15', end_date: '2026-06-12' },
      { link_kind: 'primary_role', begin_date: '2025-08-15', end_date: '2026-06-12' },
      { link_kind: 'primary_role', begin_date: '2025-08-15', end_date: null },
      { link_kind: 'secondary_role', begin_date: '2025-08-15', end_date: '2026-06-12' },
    ]);
  });

  it('student_schools-5 ended links stay, with the dates of the role or the enrollment', async () => {
    const ended = { begin_date: '2019-08-15', end_date: '2020-06-12', status: 'inactive' };
    await add.role({ user_id: ada, org_id: school, ...ended });
    await add.enrollment({ user_id: ada, class_id: await add.class({ school_id: school }), ...ended });
    expect(await read('student_schools', { columns: ['link_kind', 'begin_date', 'end_date'] })).toEqual([
      { link_kind: 'enrollment', begin_date: '2019-08-15', end_date: '2020-06-12' },
      { link_kind: 'primary_role', begin_date: '2019-08-15', end_date: '2020-06-12' },
    ]);
  });

  it('student_schools-6 a link by enrollment alone opens no scope', async () => {
    await add.enrollment({ user_id: ada, class_id: await add.class({ school_id: school }) });
    expect(await read('student_schools', { as: [school] })).toEqual([]);
    expect(await readOne('student_schools', { columns: ['link_kind', 'org_ids'] })).toEqual({
      link_kind: 'enrollment',
      org_ids: [],
    });
  });
});
