import type { Measure } from '../schema/measures.ts';
import { Groups } from './groups.ts';
import type { GroupsArgs } from './groupsArgs.ts';
import type { Listing, Page } from './listing.ts';
import type { Summary } from './summary.ts';

/** What a connection is before anything of it is read: each of its fields reads what it needs. */
export class ListPage implements Summary {
  readonly #listing: Listing;
  readonly #parent: string | null;

  constructor(listing: Listing, parent: string | null) {
    this.#listing = listing;
    this.#parent = parent;
  }

  get atHand(): Page | undefined {
    return this.#listing.pageAtHand(this.#parent);
  }

  page(): Promise<Page> {
    return this.#listing.page(this.#parent);
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
