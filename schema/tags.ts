import type { Column } from './view.ts';

/** Directives that a subgraph's SDL shows on an element; they live in its extensions. */
export type Directives = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

export function directives(directives: Directives): { extensions: { directives: Directives } } {
  return { extensions: { directives } };
}

/** Personal data is tagged on the field, its filter and its order alike: a contract that drops the tag leaves no side door. */
export function personal(column: Column): { extensions?: { directives: Directives } } {
  return column.isPersonal ? directives({ tag: [{ name: 'pii' }] }) : {};
}
