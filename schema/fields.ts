import { remembered } from './remembered.ts';
import { fieldName, type Column, type View } from './view.ts';
import { waysOf, type Way } from './ways.ts';

/** What a name of a view's filter or order stands for: a column of its own, or the way to another view. */
export type Meaning = { readonly column: string; readonly facts: Column } | { readonly way: Way };

export const meaningsOf = remembered((view: View): ReadonlyMap<string, Meaning> => {
  const columns = Object.entries(view.columns);
  return new Map<string, Meaning>([
    ...waysOf(view).map((way) => [way.name, { way }] as const),
    ...columns.map(([column, facts]) => [fieldName(column), { column, facts }] as const),
  ]);
});

/** An enum shows a word that the catalogue does not know as this one. */
export const otherWord = 'OTHER';
