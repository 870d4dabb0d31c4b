import { describe, expect, it } from 'vitest';
import { emptyReference } from './support/reference.ts';

const { add, read } = emptyReference();

describe('students', () => {
  it('students-1 a user with a student role, once however many', async () => {
    const [cedar, birch] = [await add.organization(), await add.organization()];
    const ada = await add.studentAt(cedar, birch, cedar);
    expect(await read('students', { columns: ['id'] })).toEqual([{ id: ada }]);
  });
});
