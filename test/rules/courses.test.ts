import { describe, expect, it } from 'vitest';
import { emptyReference } from './support/reference.ts';
import { itTitles } from './support/titles.ts';

const { add, read, readOne } = emptyReference();

const course = (id = 'course') => add.resource({ id, name: 'Algebra I', media_type: 'curriculum/course' });
const subject = (id: string) => add.resource({ id, media_type: 'curriculum/subject' });

describe('courses', () => {
  it('courses-1 resources of the media type curriculum/course, and nothing else', async () => {
    for (const media_type of ['curriculum/subject', 'curriculum/courses', 'Curriculum/Course', 'course', null]) {
      await add.resource({ media_type });
    }
    await add.course({ title: 'Algebra I' });
    await add.item({ item_type: 'course' });
    const id = await course();
    expect(await read('courses')).toEqual([{ id, subject_id: null, title: 'Algebra I' }]);
  });

  it('courses-2 the subject that the course is part of', async () => {
    await add.relation({ source_id: await course(), destination_id: await subject('maths'), item_order: 3 });
    expect(await readOne('courses')).toEqual({ id: 'course', subject_id: 'maths', title: 'Algebra I' });
  });

  it('courses-2 no subject where none resolves', async () => {
    const unit = await add.resource({ media_type: 'curriculum/unit' });
    const [maths, id] = [await subject('maths'), await course()];
    await add.relation({ source_id: id, destination_id: 'https://gone.test/subject' });
    await add.relation({ source_id: id, destination_id: unit });
    await add.relation({ source_id: id, destination_id: maths, relationship_type: 'isRelatedTo' });
    await add.relation({ source_id: maths, destination_id: id });
    await add.relation({ source_id: unit, destination_id: maths });
    expect(await readOne('courses', { columns: ['subject_id'] })).toEqual({ subject_id: null });
  });

  it('courses-2 of several subjects the first in order, those without an order last, then the smallest id', async () => {
    const orders: Record<string, [subject: string, order: number | null][]> = {
      byOrder: [
        ['a', 2],
        ['c', 1],
        ['b', null],
      ],
      byId: [
        ['c', 1],
        ['b', 1],
      ],
      unordered: [
        ['c', null],
        ['b', null],
      ],
      twice: [
        ['a', 1],
        ['a', 2],
      ],
    };
    for (const id of ['a', 'b', 'c']) await subject(id);
    for (const [id, subjects] of Object.entries(orders)) {
      await course(id);
      for (const [destination_id, item_order] of subjects)
        await add.relation({ source_id: id, destination_id, item_order });
    }
    expect(await read('courses', { columns: ['id', 'subject_id'] })).toEqual([
      { id: 'byId', subject_id: 'b' },
      { id: 'byOrder', subject_id: 'c' },
      { id: 'twice', subject_id: 'a' },
      { id: 'unordered', subject_id: 'b' },
    ]);
  });

  itTitles(
    'courses-3',
    (entity) => add.resource({ ...entity, media_type: 'curriculum/course' }),
    () => read('courses'),
  );
});
