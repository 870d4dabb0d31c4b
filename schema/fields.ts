import { fieldName, type Column, type View } from './view.ts';
import { waysOf, type Way } from './ways.ts';

/** What a name of a view's filter or order stands for: a column of its own, or the way to another view. */
export type Meaning = { readonly column: string; readonly facts: Column } | { readonly way: Way };

const meanings = new WeakMap<View, ReadonlyMap<string, Meaning>>();

export function meaningsOf(view: View): ReadonlyMap<string, Meaning> {
  const known = meanings.get(view);
  if (known) return known;
  const found = new Map<string, Meaning>([
    ...waysOf(view).map((way): [string, Meaning] => [way.name, { way }]),
    ...Object.entries(view.columns).map(([column, facts]): [string, Meaning] => [fieldName(column), { column, facts }]),
  ]);
  meanings.set(view, found);
  return found;
}

/** An enum shows a word that the catalogue does not know as this one. */
export const otherWord = 'OTHER';
