import type { Measure } from '../../schema/measures.ts';
import type { Context } from '../../src/context.ts';
import { GroupedListing } from '../groups/groups.ts';
import type { GroupsArgs } from '../groups/groupsArgs.ts';
import { sourceOf, type List } from '../sql/list.ts';
import { readPerParent } from '../perParent.ts';
import { Selection } from '../sql/select.ts';
import type { Span } from '../span.ts';
import { whereAll, type Sql } from '../sql/sql.ts';
import { Measures } from '../sql/summary.ts';
import { Expected } from './expected.ts';
import { canFollow, type Leveled } from './levels.ts';
import { PageBatch } from './pageBatch.ts';
import { PageReading, placeWindow, type Page } from './pageReading.ts';

/**
 * The lists that one field asks for, alike for all parents: what is read of them is read in one batch. A list of a whole view
 * has no parent, and is a batch of one.
 */
export class Listing implements Leveled {
  readonly list: List;
  readonly span: Span;
  readonly #context: Context;
  readonly #signature: string;
  readonly #groups = new Map<GroupsArgs, GroupedListing>();
  /** Lists of its rows, which are read along with them; alike under two names, once. */
  readonly #below = new Map<string, Leveled>();
  #expected: Expected | undefined;
  #batchOfPages: PageBatch | undefined;
  #reading: PageReading | undefined;

  constructor(context: Context, list: List, span: Span) {
    this.list = list;
    this.span = span;
    this.#context = context;
    const { view, way, ...rest } = list;
    const { name, through } = way ?? {};
    this.#signature = JSON.stringify([view.name, name, through?.view.name, through?.near, rest]);
  }

  get reading(): PageReading {
    this.#reading ??= new PageReading(this.#context, this.list, this.span, this.#signature);
    return this.#reading;
  }

  get expected(): Expected {
    this.#expected ??= new Expected(this);
    return this.#expected;
  }

  get below(): Iterable<Leveled> {
    return this.#below.values();
  }

  page(parent: string | null): Promise<Page> {
    return this.#pages.load(this.#keyOf(parent));
  }

  /** Sets going that the page is read, and with it the lists that are then asked for of its rows. */
  pageAhead(parent: string | null): void {
    this.#pages.loadAhead(this.#keyOf(parent), this);
  }

  /** Before its own pages are read: for each of their rows, a page of that list is to be read with them, if it can be. */
  readBelow(list: Leveled): void {
    const { name } = list.reading;
    if (name !== undefined && !this.#below.has(name) && canFollow(this.#context, this, list))
      this.#below.set(name, list);
  }

  keep(parent: string, page: Page): void {
    this.#pages.keep(parent, page);
  }

  /** The page, if it has been read. */
  pageAtHand(parent: string | null): Page | undefined {
    return this.#pages.atHand(this.#keyOf(parent));
  }

  /** What the whole list comes to. All that a tick asks for, of whichever parents, is one select. */
  value(parent: string | null, measure: Measure): Promise<unknown> {
    const batch = this.#context.batch<unknown>(`summary ${this.#signature}`, (keys) => this.#readMeasures(keys));
    return batch.load(JSON.stringify([this.#keyOf(parent), measure]));
  }

  /** Its rows in groups: what the arguments mean is worked out once for all parents. */
  groups(args: GroupsArgs): GroupedListing {
    const known = this.#groups.get(args) ?? new GroupedListing(this.#context, this.list, this.#signature, args);
    this.#groups.set(args, known);
    return known;
  }

  /** Whether there is anything before `after`, or behind `before`. */
  async hasOtherSide(parent: string | null): Promise<boolean> {
    const { cursor, isReversed } = this.span;
    if (cursor === undefined) return false;
    const name = `other side ${isReversed} ${JSON.stringify(cursor)} ${this.#signature}`;
    const sides = this.#context.batch<boolean>(name, (keys) => this.#readOtherSide(this.list.way ? keys : null));
    return sides.load(this.#keyOf(parent));
  }

  get #pages(): PageBatch {
    const { limit, isReversed, cursor } = this.span;
    this.#batchOfPages ??= this.#context.once(
      `page ${limit} ${isReversed} ${JSON.stringify(cursor)} ${this.#signature}`,
      () => new PageBatch(this.#context, this.list, this.reading),
    );
    return this.#batchOfPages;
  }

  #keyOf(parent: string | null): string {
    if (this.list.way && parent === null) throw new Error(`${this.list.way.name} was asked for without a parent.`);
    return parent ?? '';
  }

  async #readOtherSide(parents: readonly string[] | null): Promise<readonly boolean[]> {
    const isReversed = !this.span.isReversed;
    const write = (sql: Sql) => {
      const { textOf } = placeWindow(sql, this.list, this.span, { limit: 1, isReversed, isInclusive: true });
      return { text: textOf('1') };
    };
    const { rows } = await readPerParent(this.#context, this.list, parents, write);
    return rows.map((raw) => raw.length > 0);
  }

  async #readMeasures(keys: readonly string[]): Promise<readonly unknown[]> {
    const asked = keys.map((key) => JSON.parse(key) as [parent: string, measure: Measure]);
    const parents = this.list.way ? [...new Set(asked.map(([parent]) => parent))] : null;
    const { written, rows, offset } = await readPerParent(this.#context, this.list, parents, (sql) => {
      const { rows, from, conditions } = sourceOf(sql, this.list);
      const selection = new Selection();
      const each = asked.map(([, measure]) => measure);
      const measures = new Measures(rows, selection, each);
      return { measures, text: `select ${selection.text}\nfrom ${from}${whereAll(conditions)}` };
    });
    const byParent = new Map((parents ?? ['']).map((parent, index) => [parent, rows[index]![0]]));
    return asked.map(([parent, measure]) => written.measures.read(measure, byParent.get(parent), offset));
  }
}
