import type { Listing } from './listing.ts';

/** Stands for the key of each row of a list's pages, which have been asked for and have not come yet. */
export class Expected {
  readonly listing: Listing;
  readonly #fields = new Set<unknown>();

  constructor(listing: Listing) {
    this.listing = listing;
  }

  /** Whether the field has not been here yet: of all pages of a list it asks for the same. */
  isNewTo(field: unknown): boolean {
    return this.#fields.size < this.#fields.add(field).size;
  }
}
