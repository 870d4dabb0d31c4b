import type { Leveled } from './levels.ts';

interface Above {
  /** Has pages of the list read for each of its own rows, and with them. */
  readBelow(list: Leveled): void;
}

/** Stands for the key of each row of a list's pages, which have been asked for and have not come yet. */
export class Expected {
  readonly rows: Above;
  readonly #fields = new Set<unknown>();

  constructor(rows: Above) {
    this.rows = rows;
  }

  /** Whether the field has not been here yet: of all pages of a list it asks for the same. */
  isNewTo(field: unknown): boolean {
    return this.#fields.size < this.#fields.add(field).size;
  }
}
