import { keyColumn, type View } from '../../schema/view.ts';
import type { Context } from '../../src/context.ts';
import type { RawRows } from '../../src/door/flight.ts';
import type { Reader } from '../../src/door/reader.ts';
import { sourceOf, windowText, type List, type Window } from '../sql/list.ts';
import { orderOf } from '../sql/order.ts';
import { Selection, type AnyRow } from '../sql/select.ts';
import type { Span } from '../span.ts';
import type { Sql } from '../sql/sql.ts';
import { columnsToList } from './columns.ts';
import { cursorsOf, decodeCursor, type Placing } from './cursor.ts';

/** A part of a list, in order. */
export interface Page {
  readonly nodes: readonly AnyRow[];
  /** Known in a document that asks for cursors; others are spared the columns that they are made of. */
  cursor(index: number): string;
  /** Whether there is more in the direction of reading; told only in a document that asks for it. */
  readonly hasMore: boolean;
}

export interface WrittenPage extends Placing {
  readonly text: string;
  readonly selection: Selection;
  /** The place of the rows' own key, if they have one. */
  readonly key: number | undefined;
}

/** How the pages of a list are read: what is written for them, and what is made of the rows that come back. */
export class PageReading {
  /** All that the text follows from, if it is one that may be kept. */
  readonly name: string | undefined;
  readonly #reader: Reader;
  readonly #list: List;
  readonly #span: Span;
  readonly #columns: readonly string[];
  /** Whether a row is read beyond the page: it tells that there is more, and is not shown. */
  readonly isBeyond: boolean;
  readonly #isPlaced: boolean;

  constructor(context: Context, list: List, span: Span, signature: string) {
    this.#reader = context.reader;
    this.#list = list;
    this.#span = span;
    this.#columns = columnsToList(context, list, span.isReversed);
    this.isBeyond = asksForMore(context);
    this.#isPlaced = asksForPlaces(context, list.view);
    if (isPlain(list, span))
      this.name = `${signature} ${span.limit} ${this.isBeyond} ${span.isReversed} ${this.#columns.join()} ${this.#isPlaced}`;
  }

  /** How many rows a page has at most. */
  get shown(): number {
    return this.#span.limit;
  }

  write(sql: Sql): WrittenPage {
    const window = { limit: this.isBeyond ? this.shown + 1 : this.shown, isReversed: this.#span.isReversed };
    const selection = new Selection();
    const { rows, order, from, textOf } = placeWindow(sql, this.#list, this.#span, window);
    selection.addColumns(rows, this.#columns);
    const own = keyColumn(this.#list.view);
    const key = own === undefined ? undefined : selection.add(rows.column(own).sql, 'key');
    const at = this.#isPlaced ? order.keys.map(({ value }, index) => selection.add(value, `k${index}`)) : [];
    return { text: textOf(selection.text), selection, key, order, at, from };
  }

  /** `offset` is the place of the first column of the page. */
  page(written: WrittenPage, raw: RawRows, offset: number): Page {
    const { limit, isReversed } = this.#span;
    const shown = raw.length > limit ? raw.slice(0, limit) : raw;
    const nodes = shown.map((one) => written.selection.row(this.#reader, one, offset));
    if (isReversed) nodes.reverse();
    const cursor = this.#isPlaced ? cursorsOf(written, { raw: shown, offset, isReversed }) : unplaced;
    return { nodes, hasMore: raw.length > limit, cursor };
  }
}

/** What a window of the list reads from, and its text once it is known what is selected. */
export function placeWindow(sql: Sql, list: List, span: Span, window: Omit<Window, 'way' | 'from'>) {
  const source = sourceOf(sql, list);
  const order = orderOf(source.rows, list.orderBy ?? []);
  const from = span.cursor === undefined ? undefined : decodeCursor(order, span.cursor);
  const textOf = (selected: string) =>
    windowText(source, order, selected, { way: list.way, ...window, ...(from && { from }) });
  return { rows: source.rows, order, from, textOf };
}

/** Nobody has put anything into it that would be kept with its statement, and would hardly ever be asked for again. */
function isPlain({ where, asOf, orderBy = [] }: List, { cursor }: Span): boolean {
  if (where || asOf !== undefined || cursor !== undefined) return false;
  return orderBy.every((key) => Object.values(key).every((value) => typeof value === 'string'));
}

function unplaced(): string {
  throw new Error('A cursor was asked for in a document that asks for none.');
}

function asksForPlaces({ selected }: Context, { type }: View): boolean {
  if (!selected || selected.has(`${type}Edge`, 'cursor')) return true;
  return selected.has('PageInfo', 'startCursor') || selected.has('PageInfo', 'endCursor');
}

function asksForMore({ selected }: Context): boolean {
  return !selected || selected.has('PageInfo', 'hasNextPage') || selected.has('PageInfo', 'hasPreviousPage');
}
