import { describe, expect, it } from 'vitest';
import { emptyReference } from './support/reference.ts';

const { add, read, readOne } = emptyReference();

describe('grades', () => {
  it('grades-1 one row per grade', async () => {
    const id = await add.grade({ grade_primary_identifier: 'KG', label: 'Kindergarten', order_number: 1 });
    expect(await readOne('grades')).toEqual({
      id,
      grade_identifier: 'KG',
      label: 'Kindergarten',
      order_number: 1,
    });
    await add.grade({ grade_primary_identifier: 'KG', label: 'Kindergarten', order_number: 2 });
    expect(await read('grades')).toHaveLength(2);
  });

  it('grades-2 the code is text', async () => {
    for (const code of ['01', '10', 'KG', 'PK']) await add.grade({ grade_primary_identifier: code });
    expect(await read('grades', { columns: ['grade_identifier'] })).toEqual(
      ['01', '10', 'KG', 'PK'].map((code) => ({ grade_identifier: code })),
    );
  });

  it('grades-3 the order number is unique and gives the sequence', async () => {
    for (const [index, code] of ['PK', 'KG', '01', '12', 'PS'].entries()) {
      await add.grade({ grade_primary_identifier: code, order_number: index - 1 });
    }
    const rows = await read('grades', { columns: ['order_number', 'grade_identifier'] });
    const sequence = rows.toSorted((a, b) => Number(a['order_number']) - Number(b['order_number']));
    expect(sequence.map((row) => row['grade_identifier'])).toEqual(['PK', 'KG', '01', '12', 'PS']);
    await expect(add.grade({ order_number: 0 })).rejects.toThrow('duplicate key');
  });
});
