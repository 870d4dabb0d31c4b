import { describe, expect, it } from 'vitest';
import { emptyReference } from './support/reference.ts';

const { add, read, readOne } = emptyReference();

async function withRole(role: string, org_id: string, rest: { status?: string; end_date?: string } = {}) {
  const id = await add.user();
  await add.role({ user_id: id, org_id, role, ...rest });
  return id;
}

describe('guides', () => {
  it('guides-1 teachers and principals, once each', async () => {
    const org_id = await add.organization();
    const teacher = await withRole('teacher', org_id);
    await add.role({ user_id: teacher, org_id: await add.organization(), role: 'principal' });
    await add.role({ user_id: teacher, org_id, role: 'teacher', role_type: 'secondary' });
    const principal = await withRole('principal', org_id);
    const former = await withRole('teacher', org_id, { status: 'inactive', end_date: '2020-06-12' });
    await withRole('teacher', org_id, { status: 'tobedeleted' });

    const rows = await read('guides', { columns: ['id'] });
    expect(rows.map(({ id }) => String(id)).toSorted()).toEqual([teacher, principal, former].toSorted());
  });

  it('guides-2 nobody else, unless she is also a teacher or a principal', async () => {
    const org_id = await add.organization();
    for (const role of ['aide', 'administrator', 'parent', 'guardian', 'student', 'Teacher'])
      await withRole(role, org_id);
    const both = await withRole('parent', org_id);
    await add.role({ user_id: both, org_id, role: 'teacher' });
    expect(await read('guides', { columns: ['id'] })).toEqual([{ id: both }]);
  });

  it('guides-3 one part of the name is enough, and the email may be missing', async () => {
    const org_id = await add.organization();
    const maria = await add.user({ given_name: 'Maria', family_name: '', email: null });
    await add.role({ user_id: maria, org_id, role: 'teacher' });
    expect(await readOne('guides')).toEqual({ id: maria, name: 'Maria', email: null, org_ids: [org_id] });

    const paul = await add.user({ given_name: 'Paul', family_name: 'Ito', email: 'Paul@school.test' });
    await add.role({ user_id: paul, org_id, role: 'principal' });
    const rows = await read('guides', { columns: ['name', 'email'] });
    expect(rows).toContainEqual({ name: 'Paul Ito', email: 'Paul@school.test' });
  });

  it("guides-4 the organisations are the guide's own, not those of her students", async () => {
    const [hers, theirs] = [await add.organization(), await add.organization()];
    const guide = await withRole('teacher', hers);
    await add.agent({ source_user_id: await add.studentAt(theirs), agent_user_id: guide });
    expect(await readOne('guides', { columns: ['org_ids'] })).toEqual({ org_ids: [hers] });
    expect(await read('guides', { as: [theirs] })).toEqual([]);
    expect(await read('guides', { as: [hers, theirs], columns: ['id', 'org_ids'] })).toEqual([
      { id: guide, org_ids: [hers] },
    ]);
  });

  it('guides-5 the role makes a guide, not a relationship to a student', async () => {
    const org_id = await add.organization();
    const unassigned = await withRole('teacher', org_id);
    const student = await add.studentAt(org_id);
    await add.agent({ source_user_id: student, agent_user_id: await add.user(), relationship_type: 'teacher' });
    expect(await read('guides', { columns: ['id'] })).toEqual([{ id: unassigned }]);
  });
});
