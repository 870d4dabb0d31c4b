import { describe, expect, it } from 'vitest';
import { emptyReference } from './support/reference.ts';

const { add, read } = emptyReference();

const unit = (id: string) => add.resource({ id, media_type: 'curriculum/unit' });
const course = (id: string) => add.resource({ id, media_type: 'curriculum/course' });

describe('unit_courses', () => {
  it('unit_courses-1 one row per unit and course that it is part of, however often it was placed', async () => {
    const [shared, other] = [await unit('shared'), await unit('other')];
    const [algebra, biology] = [await course('algebra'), await course('biology')];
    for (const item_order of [1, 1, 7, null]) {
      await add.relation({ source_id: shared, destination_id: algebra, item_order });
    }
    await add.relation({ source_id: shared, destination_id: biology });
    await add.relation({ source_id: other, destination_id: biology });
    expect(await read('unit_courses')).toEqual([
      { unit_id: other, course_id: biology },
      { unit_id: shared, course_id: algebra },
      { unit_id: shared, course_id: biology },
    ]);
  });

  it('unit_courses-1 no other relation, no other direction, no other kind of resource', async () => {
    const [id, algebra] = [await unit('unit'), await course('algebra')];
    const lesson = await add.resource({ media_type: 'curriculum/lesson' });
    const unnamed = await add.resource({ media_type: null });
    await add.relation({ source_id: id, destination_id: algebra, relationship_type: 'isRelatedTo' });
    await add.relation({ source_id: id, destination_id: algebra, relationship_type: 'ispartof' });
    await add.relation({ source_id: algebra, destination_id: id });
    await add.relation({ source_id: lesson, destination_id: algebra });
    await add.relation({ source_id: unnamed, destination_id: algebra });
    await add.relation({ source_id: id, destination_id: unnamed });
    await add.relation({ source_id: id, destination_id: lesson });
    expect(await read('unit_courses')).toEqual([]);
  });

  it('unit_courses-2 direct parents that exist: none through a section, none that dangles', async () => {
    const [id, algebra] = [await unit('unit'), await course('algebra')];
    const section = await add.resource({ media_type: 'curriculum/section' });
    await unit('alone');
    await add.relation({ source_id: id, destination_id: section });
    await add.relation({ source_id: section, destination_id: algebra });
    await add.relation({ source_id: id, destination_id: 'https://gone.test/course' });
    await add.relation({ source_id: 'https://gone.test/unit', destination_id: algebra });
    expect(await read('unit_courses')).toEqual([]);
  });
});
