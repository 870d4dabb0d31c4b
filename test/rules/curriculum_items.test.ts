import { describe, expect, it } from 'vitest';
import { emptyReference } from './support/reference.ts';

const { add, read, readOne } = emptyReference();

describe('curriculum_items', () => {
  it('curriculum_items-1 one row per item of any type, also without document or subject', async () => {
    const types = ['Course', 'course', 'section', 'topic', 'level', 'standard', 'a new one', null];
    for (const item_type of types) await add.item({ item_type });
    const filed = await add.item({ item_type: 'standard', cf_document_id: await add.document() });
    for (let n = 0; n < 2; n += 1) await add.itemSubject({ cf_item_id: filed, subject_id: await add.subject() });
    expect(await read('curriculum_items')).toHaveLength(types.length + 1);
  });

  it('curriculum_items-2 title, code and type as stored', async () => {
    const id = await add.item({
      full_statement: ' Add within 20. ',
      human_coding_scheme: 'CCSS.MATH.1.OA.1',
      item_type: 'Standard',
    });
    expect(await readOne('curriculum_items')).toEqual({
      curriculum_item_id: id,
      curriculum_item_title: ' Add within 20. ',
      curriculum_item_code: 'CCSS.MATH.1.OA.1',
      curriculum_item_type: 'Standard',
    });
  });

  it('curriculum_items-2 no one of them stands in for another', async () => {
    const columns = ['curriculum_item_title', 'curriculum_item_code', 'curriculum_item_type'];
    await add.item({ full_statement: 'Add within 20.' });
    await add.item({ human_coding_scheme: '1.OA.1' });
    await add.item({ item_type: 'level' });
    await add.item({ full_statement: '' });
    expect(await read('curriculum_items', { columns })).toEqual([
      { curriculum_item_title: '', curriculum_item_code: null, curriculum_item_type: null },
      { curriculum_item_title: 'Add within 20.', curriculum_item_code: null, curriculum_item_type: null },
      { curriculum_item_title: null, curriculum_item_code: '1.OA.1', curriculum_item_type: null },
      { curriculum_item_title: null, curriculum_item_code: null, curriculum_item_type: 'level' },
    ]);
  });
});
