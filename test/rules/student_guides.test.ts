import { beforeEach, describe, expect, it } from 'vitest';
import { emptyReference } from './support/reference.ts';

const { add, read, readOne } = emptyReference();

describe('student_guides', () => {
  let school: string;
  let source_user_id: string;
  let agent_user_id: string;

  beforeEach(async () => {
    school = await add.organization();
    source_user_id = await add.user({ given_name: 'Ada', family_name: 'Lovelace' });
    await add.role({ user_id: source_user_id, org_id: school });
    agent_user_id = await add.user({ given_name: 'Maria', family_name: '' });
  });

  it('student_guides-1 source is the student, agent the guide, of teachers and principals', async () => {
    await add.agent({ source_user_id, agent_user_id, relationship_type: 'teacher' });
    await add.agent({ source_user_id, agent_user_id, relationship_type: 'principal' });
    expect(await read('student_guides', { columns: ['student_id', 'guide_id', 'relationship_type'] })).toEqual([
      { student_id: source_user_id, guide_id: agent_user_id, relationship_type: 'principal' },
      { student_id: source_user_id, guide_id: agent_user_id, relationship_type: 'teacher' },
    ]);
  });

  it('student_guides-2 family, peers and administration are no guides', async () => {
    for (const relationship_type of ['parent', 'guardian', 'peer', 'administrator', 'Teacher']) {
      await add.agent({ source_user_id, agent_user_id, relationship_type });
    }
    expect(await read('student_guides')).toEqual([]);
  });

  it('student_guides-3 every relationship ever, ended ones and repeated periods included', async () => {
    const pair = { source_user_id, agent_user_id };
    await add.agent({ ...pair, begin_date: '2024-08-15', end_date: '2025-06-12', status: 'inactive' });
    await add.agent({ ...pair, begin_date: '2024-08-15', end_date: '2025-06-12', status: 'inactive' });
    await add.agent({ ...pair, status: 'tobedeleted', end_date: '2025-06-12' });
    await add.agent({ ...pair, relationship_type: 'principal' });
    await add.agent({ ...pair });
    expect(await read('student_guides', { columns: ['relationship_type', 'status'] })).toEqual([
      { relationship_type: 'principal', status: 'active' },
      { relationship_type: 'teacher', status: 'active' },
      { relationship_type: 'teacher', status: 'inactive' },
      { relationship_type: 'teacher', status: 'inactive' },
      { relationship_type: 'teacher', status: 'tobedeleted' },
    ]);
  });

  it('student_guides-4 a missing begin stays unknown, a missing end stays open', async () => {
    await add.agent({ source_user_id, agent_user_id, end_date: '2025-06-12' });
    await add.agent({ source_user_id, agent_user_id, begin_date: '2025-08-15' });
    expect(await read('student_guides', { columns: ['begin_date', 'end_date'] })).toEqual([
      { begin_date: '2025-08-15', end_date: null },
      { begin_date: null, end_date: '2025-06-12' },
    ]);
  });

  it('student_guides-5 assigned when created, changed when last modified, and neither is a beginning', async () => {
    await add.agent({
      source_user_id,
      agent_user_id,
      date_created: '2025-08-01T10:00:00.000001Z',
      date_last_modified: '2025-09-02T11:00:00Z',
    });
    const columns = ['assigned_date', 'last_modified_date', 'begin_date'];
    expect(await readOne('student_guides', { columns })).toEqual({
      assigned_date: '2025-08-01 10:00:00.000001+00',
      last_modified_date: '2025-09-02 11:00:00+00',
      begin_date: null,
    });
  });

  it('student_guides-6 both are named as everywhere else', async () => {
    await add.agent({ source_user_id, agent_user_id });
    expect(await readOne('student_guides', { columns: ['student_name', 'guide_name'] })).toEqual({
      student_name: 'Ada Lovelace',
      guide_name: 'Maria',
    });
    const faceless = await add.user({ given_name: '', family_name: 'Prince' });
    await add.role({ user_id: faceless, org_id: school });
    await add.agent({ source_user_id: faceless, agent_user_id: source_user_id });
    expect(await read('student_guides', { columns: ['student_name', 'guide_name'] })).toContainEqual({
      student_name: 'Prince',
      guide_name: 'Ada Lovelace',
    });
  });

  it("student_guides-7 seen through the student's organisations of today, the guide's do not matter", async () => {
    const [former, hers] = [await add.organization(), await add.organization()];
    await add.role({ user_id: source_user_id, org_id: former, end_date: '2020-06-12' });
    await add.role({ user_id: agent_user_id, org_id: hers, role: 'teacher' });
    await add.agent({ source_user_id, agent_user_id, status: 'inactive', end_date: '2020-06-12' });
    expect(await read('student_guides', { as: [hers, former] })).toEqual([]);
    expect(await readOne('student_guides', { as: [school, former, hers], columns: ['org_ids'] })).toEqual({
      org_ids: [school],
    });
  });

  it('student_guides-8 one open period per student, guide and type', async () => {
    await add.agent({ source_user_id, agent_user_id, relationship_type: 'principal' });
    await add.agent({ source_user_id, agent_user_id, end_date: '2025-06-12' });
    await add.agent({ source_user_id, agent_user_id });
    await expect(add.agent({ source_user_id, agent_user_id })).rejects.toThrow('duplicate key');
  });
});
