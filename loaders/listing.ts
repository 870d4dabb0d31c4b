import type DataLoader from 'dataloader';
import type { Measure } from '../schema/measures.ts';
import type { View } from '../schema/view.ts';
import type { Context } from '../src/context.ts';
import type { RawRows } from '../src/flight.ts';
import { columnsToList } from './columns.ts';
import { cursorWriter, decodeCursor, positions } from './cursor.ts';
import { GroupedListing } from './groups.ts';
import type { GroupsArgs } from './groupsArgs.ts';
import { sourceOf, windowText, type List, type Window } from './list.ts';
import { orderOf, type Order } from './order.ts';
import type { Position } from './position.ts';
import { readPerParent } from './perParent.ts';
import { Selection, type AnyRow } from './select.ts';
import type { Span } from './span.ts';
import { all, type Sql } from './sql.ts';
import { Measures } from './summary.ts';

/** A part of a list, in order. */
export interface Page {
  readonly nodes: readonly AnyRow[];
  /** Known in a document that asks for cursors; others are spared the columns that they are made of. */
  cursor(index: number): string;
  /** Whether there is more in the direction of reading; told only in a document that asks for it. */
  readonly hasMore: boolean;
}

/**
 * The lists that one field asks for, alike for all parents: what is read of them is read in one batch. A list of a whole view
 * has no parent, and is a batch of one.
 */
export class Listing {
  readonly span: Span;
  readonly #context: Context;
  readonly #list: List;
  readonly #signature: string;
  readonly #groups = new Map<GroupsArgs, GroupedListing>();
  readonly #atHand = new Map<string, Page>();
  #pages: DataLoader<string, Page> | undefined;

  constructor(context: Context, list: List, span: Span) {
    this.span = span;
    this.#context = context;
    this.#list = list;
    const { view, way, ...rest } = list;
    const { name, from, to, through } = way ?? {};
    this.#signature = JSON.stringify([view.name, name, from, to, through?.view.name, through?.near, rest]);
  }

  page(parent: string | null): Promise<Page> {
    const { limit, isReversed, cursor } = this.span;
    this.#pages ??= this.#batch(`page ${limit} ${isReversed} ${JSON.stringify(cursor)}`, (parents) =>
      this.#readPages(parents),
    );
    return this.#pages.load(this.#keyOf(parent));
  }

  /** The page, if it has been read: to wait for it once more would be a promise for each parent. */
  pageAtHand(parent: string | null): Page | undefined {
    return this.#atHand.get(this.#keyOf(parent));
  }

  /** What the whole list comes to. All that a tick asks for, of whichever parents, is one select. */
  value(parent: string | null, measure: Measure): Promise<unknown> {
    const batch = this.#context.batch<unknown>(`summary ${this.#signature}`, (keys) => this.#readMeasures(keys));
    return batch.load(JSON.stringify([this.#keyOf(parent), measure]));
  }

  /** Its rows in groups: what the arguments mean is worked out once for all parents. */
  groups(args: GroupsArgs): GroupedListing {
    const known = this.#groups.get(args) ?? new GroupedListing(this.#context, this.#list, this.#signature, args);
    this.#groups.set(args, known);
    return known;
  }

  /** Whether there is anything before `after`, or behind `before`. */
  async hasOtherSide(parent: string | null): Promise<boolean> {
    const { cursor, isReversed } = this.span;
    if (cursor === undefined) return false;
    const sides = this.#batch(`other side ${isReversed} ${JSON.stringify(cursor)}`, async (parents) => {
      const window = { limit: 1, isReversed: !isReversed, isInclusive: true };
      const { perParent } = await this.#readWindows(parents, window, () => new Selection(), 'nothing', false);
      return perParent.map((raw) => raw.length > 0);
    });
    return sides.load(this.#keyOf(parent));
  }

  #keyOf(parent: string | null): string {
    if (this.#list.way && parent === null) throw new Error(`${this.#list.way.name} was asked for without a parent.`);
    return parent ?? '';
  }

  #batch<V>(what: string, read: (parents: readonly string[] | null) => Promise<readonly V[]>): DataLoader<string, V> {
    return this.#context.batch<V>(`${what} ${this.#signature}`, (keys) => read(this.#list.way ? keys : null));
  }

  async #readPages(parents: readonly string[] | null): Promise<readonly Page[]> {
    const { limit, isReversed } = this.span;
    const columns = columnsToList(this.#context, this.#list, isReversed);
    const asked = asksForMore(this.#context) ? limit + 1 : limit;
    const select = (sql: Sql, alias: string) => new Selection().addColumns(sql, this.#list.view, alias, columns);
    const isPlaced = asksForPlaces(this.#context, this.#list.view);
    const window = { limit: asked, isReversed };
    const read = await this.#readWindows(parents, window, select, `${columns.join()} ${isPlaced}`, isPlaced);
    return read.perParent.map((raw, index) => {
      const shown = raw.length > limit ? raw.slice(0, limit) : raw;
      const nodes = shown.map((one) => read.selection.row(one, read.offset));
      if (isReversed) nodes.reverse();
      const cursor = isPlaced ? cursorsOf(shown, read, isReversed) : unplaced;
      const page: Page = { nodes, hasMore: raw.length > limit, cursor };
      this.#atHand.set(this.#keyOf(parents?.[index] ?? null), page);
      return page;
    });
  }

  async #readWindows(
    parents: readonly string[] | null,
    { limit, isReversed, isInclusive }: Omit<Window, 'from'>,
    select: (sql: Sql, alias: string) => Selection,
    selected: string,
    isPlaced: boolean,
  ) {
    const write = (sql: Sql) => {
      const source = sourceOf(sql, this.#list);
      const order = orderOf(sql, this.#list.view, source.alias, this.#list.orderBy ?? []);
      const selection = select(sql, source.alias);
      const at = isPlaced ? order.keys.map(({ value }, index) => selection.add(value, `k${index}`)) : [];
      const from = this.span.cursor === undefined ? undefined : decodeCursor(order, this.span.cursor);
      const window: Window = {
        way: this.#list.way,
        limit,
        isReversed,
        ...(isInclusive && { isInclusive }),
        ...(from && { from }),
      };
      return { selection, order, at, from, text: windowText(sql, source, order, selection.text, window) };
    };
    const name = isPlain(this.#list, this.span)
      ? `${this.#signature} ${limit} ${isReversed} ${isInclusive} ${selected}`
      : undefined;
    const { written, rows, offset } = await readPerParent(this.#context, this.#list, parents, write, name);
    const { selection, order, at, from } = written;
    return { selection, order, from, at: at.map((place) => place + offset), offset, perParent: rows };
  }

  async #readMeasures(keys: readonly string[]): Promise<readonly unknown[]> {
    const asked = keys.map((key) => JSON.parse(key) as [parent: string, measure: Measure]);
    const parents = this.#list.way ? [...new Set(asked.map(([parent]) => parent))] : null;
    const { written, rows, offset } = await readPerParent(this.#context, this.#list, parents, (sql) => {
      const { alias, from, conditions } = sourceOf(sql, this.#list);
      const selection = new Selection();
      const each = asked.map(([, measure]) => measure);
      const measures = new Measures(sql, this.#list.view, alias, selection, each);
      const where = conditions.length > 0 ? `\nwhere ${all(conditions)}` : '';
      return { measures, text: `select ${selection.text}\nfrom ${from}${where}` };
    });
    const byParent = new Map((parents ?? ['']).map((parent, index) => [parent, rows[index]![0]]));
    return asked.map(([parent, measure]) => written.measures.read(measure, byParent.get(parent), offset));
  }
}

/** Nobody has put anything into it that would be kept with its statement, and would hardly ever be asked for again. */
function isPlain({ where, asOf, orderBy = [] }: List, { cursor }: Span): boolean {
  if (where || asOf !== undefined || cursor !== undefined) return false;
  return orderBy.every((key) => Object.values(key).every((value) => typeof value === 'string'));
}

/** Where each row stands, from the values that the list is sorted by. */
function cursorsOf(
  shown: RawRows,
  { order, at, from }: { readonly order: Order; readonly at: readonly number[]; readonly from: Position | undefined },
  isReversed: boolean,
): (index: number) => string {
  let write: ((position: Position) => string) | undefined;
  const position = positions(shown, order, at, isReversed, from);
  return (index) => {
    write ??= cursorWriter(order);
    return write(position(isReversed ? shown.length - 1 - index : index));
  };
}

function unplaced(): string {
  throw new Error('A cursor was asked for in a document that asks for none.');
}

function asksForPlaces({ selected }: Context, { type }: View): boolean {
  if (!selected || selected.has(`${type}Edge`, 'cursor')) return true;
  return selected.has('PageInfo', 'startCursor') || selected.has('PageInfo', 'endCursor');
}

/** One row beyond the page tells whether there is more. */
function asksForMore({ selected }: Context): boolean {
  return !selected || selected.has('PageInfo', 'hasNextPage') || selected.has('PageInfo', 'hasPreviousPage');
}
