import { beforeEach, describe, expect, it } from 'vitest';
import { emptyReference } from './support/reference.ts';

const { add, read, readOne } = emptyReference();

describe('placement_results', () => {
  let school: string;
  let student_id: string;
  let subject_id: string;

  beforeEach(async () => {
    school = await add.organization();
    student_id = await add.studentAt(school);
    subject_id = await add.subject();
  });

  it('placement_results-1 one row per student and subject', async () => {
    const second = await add.subject();
    await add.placement({ student_id, subject_id });
    await add.placement({ student_id, subject_id: second });
    const rows = await read('placement_results', { columns: ['student_id', 'subject_id'] });
    expect(rows).toEqual([subject_id, second].toSorted().map((subject_id) => ({ student_id, subject_id })));
    await expect(add.placement({ student_id, subject_id })).rejects.toThrow('duplicate key');
  });

  it('placement_results-2 a grade only once completed', async () => {
    const grade_id = await add.grade();
    const placed = async (status: string, grade: string | null) =>
      add.placement({ student_id, subject_id: await add.subject(), status, grade_id: grade });
    await placed('Completed', grade_id);
    await placed('Completed', null);
    await placed('InProgress', grade_id);
    await placed('NotStarted', grade_id);
    expect(await read('placement_results', { columns: ['placement_status', 'grade_id'] })).toEqual([
      { placement_status: 'Completed', grade_id },
      { placement_status: 'Completed', grade_id: null },
      { placement_status: 'InProgress', grade_id: null },
      { placement_status: 'NotStarted', grade_id: null },
    ]);
  });

  it('placement_results-3 a placement that has not begun is a row', async () => {
    await add.placement({ student_id, subject_id });
    expect(await readOne('placement_results')).toEqual({
      student_id,
      subject_id,
      grade_id: null,
      placement_status: 'NotStarted',
      last_updated: null,
      org_ids: [school],
    });
  });

  it('placement_results-4 last updated when last modified', async () => {
    await add.placement({ student_id, subject_id, date_last_modified: '2026-02-09T14:30:00.123456Z' });
    expect(await readOne('placement_results', { columns: ['last_updated'] })).toEqual({
      last_updated: '2026-02-09 14:30:00.123456+00',
    });
  });
});
