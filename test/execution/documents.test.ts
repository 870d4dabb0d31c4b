import { Kind, parse, visit, type DocumentNode } from 'graphql';
import { expect, test } from 'vitest';
import { createDocuments } from '../../src/execution/documents.ts';

/** The fiftieth of them is one too many. */
const large = (): DocumentNode => ofLetters(2_000_000);

/** A node, and a text that is as long as it says. */
function ofLetters(length: number): DocumentNode {
  return { kind: Kind.DOCUMENT, definitions: [], loc: { source: { body: { length } } } } as unknown as DocumentNode;
}

async function filled(count: number) {
  const documents = createDocuments();
  for (let n = 0; n < count; n++) await documents.set(String(n), large());
  const isHeld = async (...keys: readonly (string | number)[]) => {
    const found = await Promise.all(keys.map((key) => documents.get(String(key))));
    return found.map((document) => document !== undefined);
  };
  return { documents, isHeld };
}

test('of more documents than there is room for, the oldest are forgotten', async () => {
  const { documents, isHeld } = await filled(49);
  expect(await isHeld(0)).toEqual([true]);
  await documents.set('49', large());
  // The first has been asked for since.
  expect(await isHeld(0, 1, 2, 48, 49)).toEqual([true, false, true, true, true]);
  await documents.set('50', large());
  expect(await isHeld(3, 0, 2, 48, 49, 50)).toEqual([false, true, true, true, true, true]);
});

test('one that is set again takes the place of itself, and one that is deleted takes none', async () => {
  const { documents, isHeld } = await filled(49);
  for (let n = 0; n < 100; n++) await documents.set('7', large());
  expect(await isHeld(0, 7, 48)).toEqual([true, true, true]);
  expect(await documents.delete('7')).toBe(true);
  expect(await documents.delete('7')).toBe(false);
  await documents.set('49', large());
  expect(await isHeld(1, 7, 49)).toEqual([true, false, true]);
});

test('one that fills all the room is held, and one that is larger is not', async () => {
  const { documents, isHeld } = await filled(1);
  await documents.set('all', ofLetters(200 * (500_000 - 14)));
  expect(await isHeld(0, 'all')).toEqual([false, true]);
  await documents.set('more', ofLetters(200 * (500_000 - 14) + 1));
  await documents.set('small', parse('{ __typename }'));
  expect(await isHeld('all', 'more', 'small')).toEqual([false, false, true]);
});

test('no token of a text is held, comments least of all, and each node still knows where it stands', async () => {
  const text = '# of a comment\n{ students(first: 3) { nodes { id } } }';
  const document = parse(text);
  await createDocuments().set('it', document);
  const pieces: string[] = [];
  visit(document, {
    Name({ loc }) {
      pieces.push(text.slice(loc!.start, loc!.end));
    },
    enter({ loc }) {
      expect([loc!.startToken, loc!.endToken]).toEqual([undefined, undefined]);
    },
  });
  expect(pieces).toEqual(['students', 'first', 'nodes', 'id']);
});
