import { describe, expect, it } from 'vitest';
import { emptyReference } from './support/reference.ts';
import { itTitles } from './support/titles.ts';

const { add, read } = emptyReference();

describe('subjects', () => {
  it('subjects-1 resources of the media type curriculum/subject, and no CASE subject', async () => {
    await add.subject({ title: 'Mathematics' });
    const others = [
      'curriculum/course',
      'curriculum/unit',
      'curriculum/lesson',
      'curriculum/topic',
      'curriculum/section',
      'curriculum/level',
      'Curriculum/Subject',
      'curriculum/subjects',
      'subject',
      null,
    ];
    for (const media_type of others) await add.resource({ media_type });
    await add.test();
    await add.question({ media_type: 'curriculum/subject' });
    const id = await add.resource({ name: 'Fractions', media_type: 'curriculum/subject' });
    expect(await read('subjects')).toEqual([{ id, title: 'Fractions' }]);
  });

  itTitles(
    'subjects-1',
    (entity) => add.resource({ ...entity, media_type: 'curriculum/subject' }),
    () => read('subjects'),
  );
});
