import { describe, expect, it } from 'vitest';
import { emptyReference } from './support/reference.ts';

const { add, read } = emptyReference();

const shown = (source: string, destination: string, type = 'isPartOf', order: number | null = null) => ({
  source_resource_id: source,
  destination_resource_id: destination,
  relationship_type: type,
  item_order: order,
});

describe('resource_relations', () => {
  it('resource_relations-1 every relation in its direction, of any type', async () => {
    await add.relation({ source_id: 'a', destination_id: 'b' });
    await add.relation({ source_id: 'b', destination_id: 'a' });
    await add.relation({ source_id: 'a', destination_id: 'b', relationship_type: 'isRelatedTo', item_order: 2 });
    await add.relation({ source_id: 'a', destination_id: 'a', relationship_type: 'a new one' });
    expect(await read('resource_relations')).toEqual([
      shown('a', 'a', 'a new one'),
      shown('a', 'b'),
      shown('a', 'b', 'isRelatedTo', 2),
      shown('b', 'a'),
    ]);
  });

  it('resource_relations-2 ends need not resolve', async () => {
    const unit = await add.resource({ id: 'unit', media_type: 'curriculum/unit' });
    await add.relation({ source_id: unit, destination_id: 'https://gone.test/course' });
    await add.relation({ source_id: 'urn:uuid:gone', destination_id: unit });
    expect(await read('resource_relations')).toEqual([
      shown('unit', 'https://gone.test/course'),
      shown('urn:uuid:gone', 'unit'),
    ]);
  });

  it('resource_relations-2 what is the same in everything is there once, another order is another row', async () => {
    for (const item_order of [1, 1, 1, 2, null, null]) {
      await add.relation({ source_id: 'a', destination_id: 'b', item_order });
    }
    await add.relation({ source_id: 'a', destination_id: 'b', relationship_type: 'isRelatedTo', item_order: 1 });
    expect(await read('resource_relations')).toEqual([
      shown('a', 'b', 'isPartOf', 1),
      shown('a', 'b', 'isPartOf', 2),
      shown('a', 'b', 'isPartOf', null),
      shown('a', 'b', 'isRelatedTo', 1),
    ]);
  });
});
