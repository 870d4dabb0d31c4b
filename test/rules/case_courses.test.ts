import { describe, expect, it } from 'vitest';
import { emptyReference } from './support/reference.ts';

const { add, read, readOne } = emptyReference();

describe('case_courses', () => {
  it('case_courses-1 items of the type course, in upper or lower case, and no others', async () => {
    for (const full_statement of ['Course', 'course', 'COURSE']) {
      await add.item({ full_statement, item_type: full_statement });
    }
    for (const item_type of ['courses', ' course', 'Course Section', 'section', 'standard', '', null]) {
      await add.item({ item_type });
    }
    expect(await read('case_courses', { columns: ['title'] })).toEqual([
      { title: 'COURSE' },
      { title: 'Course' },
      { title: 'course' },
    ]);
  });

  it('case_courses-2 the title is the full statement as it is, also when there is none', async () => {
    for (const full_statement of [' Algebra  I ', '', null]) {
      await add.item({ full_statement, human_coding_scheme: 'ALG1', item_type: 'Course' });
    }
    expect(await read('case_courses', { columns: ['title'] })).toEqual([
      { title: ' Algebra  I ' },
      { title: '' },
      { title: null },
    ]);
    await add.item({ full_statement: 'Geometry', item_type: 'Course' });
    const ids = await read('case_courses', { columns: ['id'] });
    const items = await read('curriculum_items', { columns: ['curriculum_item_id as id'] });
    expect(ids).toEqual(items);
  });

  it('case_courses-3 the subject that it is mapped to, null without one', async () => {
    const id = await add.item({ full_statement: 'Algebra I', item_type: 'Course' });
    expect(await readOne('case_courses')).toEqual({ id, title: 'Algebra I', case_subject_id: null });
    const subject_id = await add.subject();
    await add.itemSubject({ cf_item_id: id, subject_id });
    expect(await readOne('case_courses')).toEqual({ id, title: 'Algebra I', case_subject_id: subject_id });
  });

  it('case_courses-4 one row with several subjects, under the smallest id', async () => {
    const id = await add.item({ item_type: 'Course' });
    const subjects = [await add.subject(), await add.subject(), await add.subject()].toSorted();
    for (const subject_id of subjects.toReversed()) await add.itemSubject({ cf_item_id: id, subject_id });
    expect(await readOne('case_courses', { columns: ['case_subject_id'] })).toEqual({ case_subject_id: subjects[0] });
  });
});
