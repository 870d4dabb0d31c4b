import { describe, expect, it } from 'vitest';
import { emptyReference } from './support/reference.ts';
import { itTitles } from './support/titles.ts';

const { add, read } = emptyReference();

describe('lessons', () => {
  it('lessons-1 resources of the media type curriculum/lesson only', async () => {
    const others = [
      'curriculum/subject',
      'curriculum/course',
      'curriculum/unit',
      'curriculum/topic',
      'curriculum/section',
      'curriculum/level',
      'Curriculum/Lesson',
      'curriculum/lessons',
      'lesson',
      null,
    ];
    for (const media_type of others) await add.resource({ media_type });
    await add.test();
    await add.question({ media_type: 'curriculum/lesson' });
    const id = await add.resource({ name: 'Fractions', media_type: 'curriculum/lesson' });
    expect(await read('lessons')).toEqual([{ id, title: 'Fractions' }]);
  });

  itTitles(
    'lessons-1',
    (entity) => add.resource({ ...entity, media_type: 'curriculum/lesson' }),
    () => read('lessons'),
  );
});
