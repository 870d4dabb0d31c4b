import { describe, expect, it } from 'vitest';
import { emptyReference } from './support/reference.ts';
import { itTitles } from './support/titles.ts';

const { add, read } = emptyReference();

describe('units', () => {
  it('units-1 resources of the media type curriculum/unit, with or without a course', async () => {
    const course = await add.resource({ media_type: 'curriculum/course' });
    const placed = await add.resource({ name: 'Unit 2', media_type: 'curriculum/unit' });
    await add.relation({ source_id: placed, destination_id: course });
    const others = [
      'curriculum/subject',
      'curriculum/course',
      'curriculum/lesson',
      'curriculum/topic',
      'curriculum/section',
      'curriculum/level',
      'Curriculum/Unit',
      'curriculum/units',
      'unit',
      null,
    ];
    for (const media_type of others) await add.resource({ media_type });
    await add.test();
    await add.question({ media_type: 'curriculum/unit' });
    const id = await add.resource({ name: 'Fractions', media_type: 'curriculum/unit' });
    expect(await read('units')).toEqual([
      { id, title: 'Fractions' },
      { id: placed, title: 'Unit 2' },
    ]);
  });

  itTitles(
    'units-1',
    (entity) => add.resource({ ...entity, media_type: 'curriculum/unit' }),
    () => read('units'),
  );
});
