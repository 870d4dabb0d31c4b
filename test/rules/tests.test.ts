import { describe, expect, it } from 'vitest';
import { emptyReference } from './support/reference.ts';
import { itTitles } from './support/titles.ts';

const { add, read } = emptyReference();

describe('tests', () => {
  it('tests-1 one row per assessment, with or without parents or questions', async () => {
    const bare = await add.test({ id: 'bare', name: 'Mastery practice' });
    const placed = await add.test({ id: 'placed', name: 'Final test' });
    for (const media_type of ['curriculum/unit', 'curriculum/lesson']) {
      await add.relation({ source_id: placed, destination_id: await add.resource({ media_type }) });
    }
    for (let n = 0; n < 2; n += 1) await add.relation({ source_id: await add.question(), destination_id: placed });
    await add.entity();
    expect(await read('tests')).toEqual([
      { id: bare, title: 'Mastery practice' },
      { id: placed, title: 'Final test' },
    ]);
  });

  itTitles(
    'tests-1',
    (entity) => add.test(entity),
    () => read('tests'),
  );
});
