import { describe, expect, it } from 'vitest';
import { emptyReference } from './support/reference.ts';

const { add, read, readOne } = emptyReference();

describe('case_subjects', () => {
  it('case_subjects-1 one row per subject, also when nothing refers to it', async () => {
    const title = 'Mathematics';
    const [alone, used] = [await add.subject({ title }), await add.subject({ title })];
    for (let n = 0; n < 2; n += 1) await add.itemSubject({ cf_item_id: await add.item(), subject_id: used });
    const rows = await read('case_subjects', { columns: ['id'] });
    expect(rows.map(({ id }) => id)).toEqual([alone, used].toSorted());
  });

  it('case_subjects-2 the description as given, nothing in its place', async () => {
    for (const description of ['Numbers.', '', null]) await add.subject({ title: 'Mathematics', description });
    expect(await read('case_subjects', { columns: ['title', 'description'] })).toEqual([
      { title: 'Mathematics', description: '' },
      { title: 'Mathematics', description: 'Numbers.' },
      { title: 'Mathematics', description: null },
    ]);
  });

  it('case_subjects-3 the hierarchy code is text', async () => {
    const id = await add.subject({ title: 'Reading', hierarchy_code: '007', description: null });
    expect(await readOne('case_subjects')).toEqual({
      id,
      title: 'Reading',
      hierarchy_code: '007',
      description: null,
    });
  });
});
