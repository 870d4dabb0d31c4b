import { Kind, type DocumentNode, type SelectionSetNode } from 'graphql';
import { fragmentsOf } from './fragments.ts';

/**
 * How often the most repeated field of a document is asked for at one and the same place of the answer. Validation compares
 * each of them with each other one, so a thousand copies of a field take a million comparisons.
 *
 * Fragments are written out here, so this is for documents of which `shapeOf` has shown that they stay small, and end.
 */
export function repeatsIn(document: DocumentNode): number {
  const fragments = fragmentsOf(document);

  /** The selection sets below each field of these sets, by the name under which it is answered. */
  function gather(sets: readonly SelectionSetNode[], into: Map<string, { count: number; below: SelectionSetNode[] }>) {
    for (const selection of sets.flatMap(({ selections }) => selections)) {
      if (selection.kind === Kind.FIELD) {
        const name = (selection.alias ?? selection.name).value;
        const same = into.get(name) ?? { count: 0, below: [] };
        same.count++;
        if (selection.selectionSet) same.below.push(selection.selectionSet);
        into.set(name, same);
      } else {
        const inner =
          selection.kind === Kind.INLINE_FRAGMENT
            ? selection.selectionSet
            : fragments.get(selection.name.value)?.selectionSet;
        if (inner) gather([inner], into);
      }
    }
    return into;
  }

  function most(sets: readonly SelectionSetNode[]): number {
    let highest = 0;
    for (const { count, below } of gather(sets, new Map()).values()) highest = Math.max(highest, count, most(below));
    return highest;
  }

  // Each definition by itself: validation compares within fragments, too, used or not.
  const sets = document.definitions.map((one) =>
    'selectionSet' in one && one.selectionSet ? most([one.selectionSet]) : 0,
  );
  return Math.max(0, ...sets);
}
