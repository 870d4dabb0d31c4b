import { createHash } from 'node:crypto';
import { badCursor, badInput } from '../src/failures.ts';
import type { Context } from '../src/context.ts';
import type { RawRows } from '../src/flight.ts';
import { columnsToList } from './columns.ts';
import { keyColumnOf, parentsOf, sourceOf, windowText, type List, type Window } from './list.ts';
import { orderOf, type Order, type OrderKey, type Position } from './order.ts';
import { Selection, type AnyRow } from './select.ts';
import { possibleIds, Sql } from './sql.ts';

export interface PageArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/** A part of a list, in order. */
export interface Page {
  readonly nodes: readonly AnyRow[];
  cursor(index: number): string;
  /** Whether there is more in the direction of reading. */
  readonly hasMore: boolean;
}

export const pageSize = { usual: 20, most: 1_000 };

/** What a connection is before anything of it is read: each of its fields reads what it needs, in one batch for all parents. */
export class ListPage {
  readonly #context: Context;
  readonly #list: List;
  readonly #span: Span;
  readonly #parent: string | null;
  readonly #signature: string;

  constructor(context: Context, list: List, args: PageArgs, parent: string | null = null) {
    this.#context = context;
    this.#list = list;
    this.#span = spanOf(args);
    this.#parent = parent;
    const { view, way, ...rest } = list;
    this.#signature = JSON.stringify([view.name, way?.name, way?.from, way?.through?.view.name, rest]);
  }

  page(): Promise<Page> {
    const { limit, isReversed, cursor } = this.#span;
    return this.#batch(`page ${limit} ${isReversed} ${cursor}`, (parents) => this.#readPages(parents));
  }

  async hasNextPage(): Promise<boolean> {
    return this.#span.isReversed ? this.#hasOtherSide() : (await this.page()).hasMore;
  }

  async hasPreviousPage(): Promise<boolean> {
    return this.#span.isReversed ? (await this.page()).hasMore : this.#hasOtherSide();
  }

  /** How many rows there are altogether. Read only when it is asked for. */
  totalCount(): Promise<number> {
    return this.#batch('total', (parents) => this.#readTotals(parents));
  }

  /** Whether there is anything before `after`, or behind `before`. */
  async #hasOtherSide(): Promise<boolean> {
    const { cursor, isReversed } = this.#span;
    if (cursor === undefined) return false;
    return this.#batch(`other side ${isReversed} ${cursor}`, async (parents) => {
      const window = { limit: 1, isReversed: !isReversed, isInclusive: true };
      const { perParent } = await this.#readWindows(parents, window, () => new Selection());
      return perParent.map((raw) => raw.length > 0);
    });
  }

  /** Parents of one list and one span share a batch; a whole view is a batch of one. */
  #batch<V>(what: string, read: (parents: readonly string[] | null) => Promise<readonly V[]>): Promise<V> {
    if (this.#list.way && this.#parent === null)
      throw new Error(`${this.#list.way.name} was asked for without a parent.`);
    const loader = this.#context.batch<V>(`${what} ${this.#signature}`, (keys) => read(this.#list.way ? keys : null));
    return loader.load(this.#parent ?? '');
  }

  async #readPages(parents: readonly string[] | null): Promise<readonly Page[]> {
    const { limit, isReversed } = this.#span;
    const columns = columnsToList(this.#context, this.#list.view);
    const read = await this.#readWindows(parents, { limit: limit + 1, isReversed }, (sql, alias) =>
      new Selection().addColumns(sql, this.#list.view, alias, columns),
    );
    const { perParent, selection, order, at, offset, from } = read;
    return perParent.map((raw) => {
      const shown = raw.slice(0, limit);
      const position = positions(shown, order, at, isReversed, from);
      const nodes = shown.map((one) => selection.row(one, offset));
      if (isReversed) nodes.reverse();
      return {
        nodes,
        hasMore: raw.length > limit,
        cursor: (index) => encodeCursor(order, position(isReversed ? nodes.length - 1 - index : index)),
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
    const from = this.#span.cursor === undefined ? undefined : decodeCursor(order, this.#span.cursor);
    const window: Window = { limit, isReversed, ...(isInclusive && { isInclusive }), ...(from && { from }) };
    const inner = windowText(sql, source, order, selection.text, window);
    const text = unnested ? `select k.n, p.*\nfrom ${unnested}\ncross join lateral (\n${inner}\n) p` : inner;
    const rows = await this.#read(text, sql, known);
    return { selection, order, at, offset, from, perParent: known ? divide(rows, parents, known) : [rows] };
  }

  async #readTotals(parents: readonly string[] | null): Promise<readonly number[]> {
    const sql = new Sql(this.#context.reader, { isKeyed: parents !== null });
    const known = parents && possibleIds(keyColumnOf(sql, this.#list), parents);
    const unnested = known && parentsOf(sql, this.#list, known);
    const { from, conditions } = sourceOf(sql, this.#list);
    const where = conditions.length > 0 ? `\nwhere ${conditions.join('\n  and ')}` : '';
    const count = `select count(*)\nfrom ${from}${where}`;
    const text = unnested ? `select k.n, (\n${count}\n)\nfrom ${unnested}` : count;
    const rows = await this.#read(text, sql, known);
    if (!known) return [Number(rows[0]![0])];
    return divide(rows, parents, known).map(([raw]) => (raw ? Number(raw[1]) : 0));
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
  const byKey = new Map(known.map((key, index) => [key, byNumber[index]!]));
  return parents.map((parent) => byKey.get(parent) ?? []);
}

interface Span {
  readonly limit: number;
  readonly isReversed: boolean;
  readonly cursor: string | undefined;
}

function spanOf({ first, after, last, before }: PageArgs): Span {
  const isReversed = last !== null && last !== undefined;
  if (isReversed && first !== null && first !== undefined) throw badInput('Ask for first or for last, not for both.');
  if (isReversed && after) throw badInput('after goes with first; last goes with before.');
  if (!isReversed && before) throw badInput('before goes with last; first goes with after.');
  const limit = (isReversed ? last : first) ?? pageSize.usual;
  if (limit < 0 || limit > pageSize.most) throw badInput(`A page has 0 to ${pageSize.most} rows.`);
  return { limit, isReversed, cursor: (isReversed ? before : after) ?? undefined };
}

/** Where each row stands. Rows that are equal in every key are numbered, from the end at which the page was read. */
function positions(
  raw: RawRows,
  { keys }: Order,
  at: readonly number[],
  isReversed: boolean,
  from: Position | undefined,
) {
  const valuesOf = (row: RawRows[number]) => at.map((index) => row[index]!);
  const step = isReversed ? -1 : 1;
  let numbered: readonly Position[] | undefined;
  return (index: number): Position => {
    if (!numbered) {
      let last = from;
      numbered = raw.map((row) => {
        const values = valuesOf(row);
        const isCopy = last?.values.every((value, key) => isSame(keys[key]!, value, values[key]!));
        last = { values, copy: isCopy ? last!.copy + step : step };
        return last;
      });
    }
    return numbered[index]!;
  };
}

/** PostgreSQL writes equal numbers differently: 1 and 1.00, 0 and -0. */
function isSame({ column }: OrderKey, one: string | null, other: string | null): boolean {
  if (one === other || one === null || other === null) return one === other;
  return (column.kind === 'float' || column.kind === 'int') && plain(one) === plain(other);
}

function plain(number: string): string {
  const short = number.includes('.') && !number.includes('e') ? number.replace(/\.?0+$/, '') : number;
  return short === '-0' ? '0' : short;
}

function seal(order: Order): string {
  return createHash('sha256').update(order.name).digest('base64url').slice(0, 8);
}

function encodeCursor(order: Order, { values, copy }: Position): string {
  return Buffer.from(JSON.stringify([seal(order), copy, ...values])).toString('base64url');
}

/** A cursor is a filter under the caller's own scope, so it holds no secret; it only has to fit its list and order. */
function decodeCursor(order: Order, cursor: string): Position {
  const [hash, copy, ...values] = parse(cursor);
  const isWhole =
    values.length === order.keys.length && values.every((value) => value === null || typeof value === 'string');
  const counts = Number.isInteger(copy) && copy !== 0 && Math.abs(copy as number) < 1e9;
  if (hash !== seal(order) || !isWhole || !counts) throw badCursor();
  return { values, copy: copy as number };
}

function parse(cursor: string): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
}
