import { describe, expect, it } from 'vitest';
import { emptyReference } from './support/reference.ts';

const { add, read } = emptyReference();

const names = () => read('students_enrollments', { columns: ['organization_name'] });

describe('students_enrollments', () => {
  it('students_enrollments-1 student roles at organisations of every type, no class enrollments', async () => {
    const [school, district, department] = [
      await add.organization({ name: 'School' }),
      await add.organization({ name: 'District', type: 'district' }),
      await add.organization({ name: 'Department', type: 'department' }),
    ];
    const elsewhere = await add.organization({ name: 'Elsewhere' });
    const ada = await add.studentAt(school, district, department);
    await add.role({ user_id: ada, org_id: elsewhere, role: 'teacher' });
    await add.enrollment({ user_id: ada, class_id: await add.class({ school_id: elsewhere }) });
    expect(await names()).toEqual([
      { organization_name: 'Department' },
      { organization_name: 'District' },
      { organization_name: 'School' },
    ]);
  });

  it('students_enrollments-2 one row per student and name', async () => {
    const [one, two] = [await add.organization({ name: 'Same' }), await add.organization({ name: 'Same' })];
    const ada = await add.studentAt(one, one, two);
    const boris = await add.studentAt(one);
    expect(await read('students_enrollments')).toEqual(
      [
        { student_id: ada, organization_name: 'Same', org_ids: [one, two].toSorted() },
        { student_id: boris, organization_name: 'Same', org_ids: [one] },
      ].toSorted((a, b) => (a.student_id < b.student_id ? -1 : 1)),
    );
  });

  it('students_enrollments-3 primary and secondary, ended ones included, soft-deleted ones not', async () => {
    const user_id = await add.user();
    const at = async (name: string, row: object) =>
      add.role({ user_id, org_id: await add.organization({ name }), ...row });
    await at('Deleted', { status: 'tobedeleted' });
    await at('Ended', { end_date: '2020-06-12' });
    await at('Inactive', { status: 'inactive' });
    await at('Secondary', { role_type: 'secondary' });
    expect(await names()).toEqual([
      { organization_name: 'Ended' },
      { organization_name: 'Inactive' },
      { organization_name: 'Secondary' },
    ]);
  });
});
