import type DataLoader from 'dataloader';
import type { Measure } from '../schema/measures.ts';
import type { Context } from '../src/context.ts';
import type { RawRows } from '../src/flight.ts';
import { columnsToList } from './columns.ts';
import { decodeCursor, encodeCursor, positions } from './cursor.ts';
import { keyColumnOf, parentsOf, sourceOf, windowText, type List, type Window } from './list.ts';
import { orderOf } from './order.ts';
import type { Position } from './position.ts';
import { Selection, type AnyRow } from './select.ts';
import type { Span } from './span.ts';
import { all, possibleIds, Sql } from './sql.ts';
import { Measures } from './summary.ts';

/** A part of a list, in order. */
export interface Page {
  readonly nodes: readonly AnyRow[];
  cursor(index: number): string;
  /** Whether there is more in the direction of reading. */
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
  #pages: DataLoader<string, Page> | undefined;

  constructor(context: Context, list: List, span: Span) {
    this.span = span;
    this.#context = context;
    this.#list = list;
    const { view, way, ...rest } = list;
    this.#signature = JSON.stringify([view.name, way?.name, way?.from, way?.through?.view.name, rest]);
  }

  page(parent: string | null): Promise<Page> {
    const { limit, isReversed, cursor } = this.span;
    this.#pages ??= this.#batch(`page ${limit} ${isReversed} ${cursor}`, (parents) => this.#readPages(parents));
    return this.#pages.load(this.#keyOf(parent));
  }

  /** What the whole list comes to. All that a tick asks for, of whichever parents, is one select. */
  value(parent: string | null, measure: Measure): Promise<unknown> {
    const batch = this.#context.batch<unknown>(`summary ${this.#signature}`, (keys) => this.#readMeasures(keys));
    return batch.load(JSON.stringify([this.#keyOf(parent), measure]));
  }

  /** Whether there is anything before `after`, or behind `before`. */
  async hasOtherSide(parent: string | null): Promise<boolean> {
    const { cursor, isReversed } = this.span;
    if (cursor === undefined) return false;
    const sides = this.#batch(`other side ${isReversed} ${cursor}`, async (parents) => {
      const window = { limit: 1, isReversed: !isReversed, isInclusive: true };
      const { perParent } = await this.#readWindows(parents, window, () => new Selection());
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
    const columns = columnsToList(this.#context, this.#list.view);
    const read = await this.#readWindows(parents, { limit: limit + 1, isReversed }, (sql, alias) =>
      new Selection().addColumns(sql, this.#list.view, alias, columns),
    );
    const { perParent, selection, order, at, offset, from } = read;
    return perParent.map((raw) => {
      const shown = raw.length > limit ? raw.slice(0, limit) : raw;
      const nodes = shown.map((one) => selection.row(one, offset));
      if (isReversed) nodes.reverse();
      let position: ((index: number) => Position) | undefined;
      return {
        nodes,
        hasMore: raw.length > limit,
        cursor(index) {
          position ??= positions(shown, order, at, isReversed, from);
          return encodeCursor(order, position(isReversed ? nodes.length - 1 - index : index));
        },
      };
    });
  }

  async #readWindows(
    parents: readonly string[] | null,
    { limit, isReversed, isInclusive }: Omit<Window, 'from'>,
    select: (sql: Sql, alias: string) => Selection,
  ) {
    const sql = new Sql(this.#context.reader, { isKeyed: parents !== null });
    const known = parents && possibleIds(keyColumnOf(sql, this.#list), parents);
    const unnested = known && parentsOf(sql, this.#list, known);
    const source = sourceOf(sql, this.#list);
    const order = orderOf(sql, this.#list.view, source.alias, this.#list.orderBy ?? []);
    const selection = select(sql, source.alias);
    const offset = parents ? 1 : 0;
    const at = isInclusive ? [] : order.keys.map(({ value }, index) => selection.add(value, `k${index}`) + offset);
    const from = this.span.cursor === undefined ? undefined : decodeCursor(order, this.span.cursor);
    const window: Window = { limit, isReversed, ...(isInclusive && { isInclusive }), ...(from && { from }) };
    const inner = windowText(sql, source, order, selection.text, window);
    const text = unnested ? `select k.n, p.*\nfrom ${unnested}\ncross join lateral (\n${inner}\n) p` : inner;
    const rows = await this.#read(text, sql, known);
    return { selection, order, at, offset, from, perParent: known ? divide(rows, parents, known) : [rows] };
  }

  async #readMeasures(keys: readonly string[]): Promise<readonly unknown[]> {
    const asked = keys.map((key) => JSON.parse(key) as [parent: string, measure: Measure]);
    const parents = this.#list.way ? [...new Set(asked.map(([parent]) => parent))] : null;
    const sql = new Sql(this.#context.reader, { isKeyed: parents !== null });
    const known = parents && possibleIds(keyColumnOf(sql, this.#list), parents);
    const unnested = known && parentsOf(sql, this.#list, known);
    const { alias, from, conditions } = sourceOf(sql, this.#list);
    const selection = new Selection();
    const measures = new Measures(
      sql,
      this.#list.view,
      alias,
      selection,
      asked.map(([, measure]) => measure),
    );
    const where = conditions.length > 0 ? `\nwhere ${all(conditions)}` : '';
    const inner = `select ${selection.text}\nfrom ${from}${where}`;
    const text = unnested ? `select k.n, s.*\nfrom ${unnested}\ncross join lateral (\n${inner}\n) s` : inner;
    const rows = await this.#read(text, sql, known);
    const perParent = known ? divide(rows, parents, known) : [rows];
    const byParent = new Map((parents ?? ['']).map((parent, index) => [parent, perParent[index]![0]]));
    return asked.map(([parent, measure]) => measures.read(measure, byParent.get(parent), parents ? 1 : 0));
  }

  #read(text: string, sql: Sql, parents: readonly string[] | null): Promise<RawRows> {
    if (parents?.length === 0) return Promise.resolve([]);
    return this.#context.reader.read({
      view: this.#list.view.name,
      text,
      values: sql.values,
      ...(parents && { keys: parents.length }),
    });
  }
}

/** The rows of each parent, found by the number that stands first in them. A parent without rows has none. */
function divide(rows: RawRows, parents: readonly string[], known: readonly string[]): RawRows[] {
  const byNumber: RawRows[] = known.map(() => []);
  for (const row of rows) byNumber[Number(row[0]) - 1]!.push(row);
  if (known.length === parents.length) return byNumber;
  const byKey = new Map(known.map((key, index) => [key, byNumber[index]!]));
  return parents.map((parent) => byKey.get(parent) ?? []);
}
