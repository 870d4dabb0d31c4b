import { describe, expect, it } from 'vitest';
import { emptyReference } from './support/reference.ts';

const { add, read } = emptyReference();

describe('test_parents', () => {
  it('test_parents-1 one row per test and assignable resource that it is part of', async () => {
    const [first, second] = [await add.test({ id: 'first' }), await add.test({ id: 'second' })];
    const topic = await add.resource({ id: 'topic', media_type: 'curriculum/topic' });
    const unit = await add.resource({ id: 'unit', media_type: 'curriculum/unit' });
    for (const item_order of [1, 2]) await add.relation({ source_id: first, destination_id: topic, item_order });
    await add.relation({ source_id: first, destination_id: unit });
    await add.relation({ source_id: second, destination_id: topic });
    expect(await read('test_parents')).toEqual([
      { test_id: first, parent_id: topic, parent_type: 'curriculum/topic' },
      { test_id: first, parent_id: unit, parent_type: 'curriculum/unit' },
      { test_id: second, parent_id: topic, parent_type: 'curriculum/topic' },
    ]);
  });

  it('test_parents-1 only tests have parents here, and a test is none', async () => {
    const topic = await add.resource({ media_type: 'curriculum/topic' });
    const test = await add.test();
    for (const child of [await add.question(), await add.resource({ media_type: 'curriculum/lesson' })]) {
      await add.relation({ source_id: child, destination_id: topic });
    }
    for (const parent of [await add.test(), await add.question()]) {
      await add.relation({ source_id: test, destination_id: parent });
    }
    expect(await read('test_parents')).toEqual([]);
  });

  it('test_parents-2 a parent of any type, also one that nobody knows, and of none', async () => {
    const source_id = await add.test();
    for (const [id, media_type] of Object.entries({ a: 'curriculum/level', b: 'a new one', c: null })) {
      await add.relation({ source_id, destination_id: await add.resource({ id, media_type }) });
    }
    expect(await read('test_parents', { columns: ['parent_id', 'parent_type'] })).toEqual([
      { parent_id: 'a', parent_type: 'curriculum/level' },
      { parent_id: 'b', parent_type: 'a new one' },
      { parent_id: 'c', parent_type: null },
    ]);
  });

  it('test_parents-3 no dangling end, no other relation, no other direction, no grandparent', async () => {
    const test = await add.test();
    const lesson = await add.resource({ id: 'lesson', media_type: 'curriculum/lesson' });
    const unit = await add.resource({ id: 'unit', media_type: 'curriculum/unit' });
    await add.relation({ source_id: test, destination_id: 'https://gone.test/topic' });
    await add.relation({ source_id: 'https://gone.test/test', destination_id: unit });
    await add.relation({ source_id: test, destination_id: unit, relationship_type: 'isRelatedTo' });
    await add.relation({ source_id: unit, destination_id: test });
    await add.relation({ source_id: test, destination_id: lesson });
    await add.relation({ source_id: lesson, destination_id: unit });
    expect(await read('test_parents', { columns: ['test_id', 'parent_id'] })).toEqual([
      { test_id: test, parent_id: lesson },
    ]);
  });

  it('test_parents-4 two identifiers of what looks like one parent stay two', async () => {
    const source_id = await add.test();
    const id = '88405b15-2d9f-41f1-82c5-0e986e48a3f9';
    for (const form of [id, `urn:uuid:${id}`, id.toUpperCase(), `https://app.test/topic/${id}`]) {
      const parent = await add.resource({ id: form, name: 'Fractions', media_type: 'curriculum/topic' });
      await add.relation({ source_id, destination_id: parent });
    }
    expect(await read('test_parents')).toHaveLength(4);
  });
});
