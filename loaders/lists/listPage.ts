import type { Measure } from '../../schema/measures.ts';
import { Groups } from '../groups/groups.ts';
import type { GroupsArgs } from '../groups/groupsArgs.ts';
import type { Summary } from '../sql/summary.ts';
import { Expected } from './expected.ts';
import type { Listing } from './listing.ts';
import type { Page } from './pageReading.ts';

/** What a connection is before anything of it is read: each of its fields reads what it needs. */
export class ListPage implements Summary {
  readonly #listing: Listing;
  readonly #of: string | Expected | null;

  constructor(listing: Listing, parent: string | Expected | null) {
    this.#listing = listing;
    this.#of = parent;
  }

  /** The parent, once it is known. */
  get #parent(): string | null {
    if (this.#of instanceof Expected) throw new Error('A row is expected, and not there yet.');
    return this.#of;
  }

  get atHand(): Page | undefined {
    return this.#listing.pageAtHand(this.#parent);
  }

  page(): Promise<Page> {
    return this.#listing.page(this.#parent);
  }

  /** Sets going that the page is read, and says what stands for its rows until then. */
  expect(): Expected {
    if (this.#of instanceof Expected) this.#of.rows.readBelow(this.#listing);
    else this.#listing.pageAhead(this.#parent);
    return this.#listing.expected;
  }

  async hasNextPage(): Promise<boolean> {
    return this.#listing.span.isReversed ? this.#listing.hasOtherSide(this.#parent) : (await this.page()).hasMore;
  }

  async hasPreviousPage(): Promise<boolean> {
    return this.#listing.span.isReversed ? (await this.page()).hasMore : this.#listing.hasOtherSide(this.#parent);
  }

  groups(args: GroupsArgs): Groups {
    return new Groups(this.#listing.groups(args), this.#parent);
  }

  value(measure: Measure): Promise<number> {
    return this.#listing.value(this.#parent, measure) as Promise<number>;
  }
}
