import { describe, expect, it } from 'vitest';
import { emptyReference } from './support/reference.ts';
import { itTitles } from './support/titles.ts';

const { add, read } = emptyReference();

describe('questions', () => {
  it('questions-1 one row per assessment item, with or without a test', async () => {
    const id = await add.question({ id: 'bare', name: '2x + 3 = 11' });
    const reused = await add.question({ id: 'reused', name: 'x - 1 = 0' });
    for (let n = 0; n < 2; n += 1) await add.relation({ source_id: reused, destination_id: await add.test() });
    await add.resource({ media_type: 'quiz' });
    expect(await read('questions')).toEqual([
      { id, title: '2x + 3 = 11', type: null },
      { id: reused, title: 'x - 1 = 0', type: null },
    ]);
  });

  it('questions-2 its type is the media type as it is, null when missing', async () => {
    for (const [id, media_type] of Object.entries({ a: 'quiz', b: 'Guiding ', c: 'a new one', d: '', e: null })) {
      await add.question({ id, media_type });
    }
    expect(await read('questions', { columns: ['id', 'type'] })).toEqual([
      { id: 'a', type: 'quiz' },
      { id: 'b', type: 'Guiding ' },
      { id: 'c', type: 'a new one' },
      { id: 'd', type: '' },
      { id: 'e', type: null },
    ]);
  });

  itTitles(
    'questions-2',
    (entity) => add.question(entity),
    () => read('questions'),
  );
});
