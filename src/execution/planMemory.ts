/** A field of a plan takes half a kilobyte, with what else is remembered of it. */
const mostFields = 75_000;

/** Of a document, as many nodes take as much. */
export const nodesOfField = 2.5;

/** A plan that may be needed again. */
export interface Kept {
  /** How many fields it has by now, those of abstract types as they are met, and its document, which it keeps, counted as fields. */
  readonly fields: number;
  readonly forget: () => void;
}

/**
 * How much all plans of the process may hold. Fragments and switches make a plan of megabytes from a document of a kilobyte, so
 * that the documents are remembered within bounds says nothing about the plans that hang on them. Those go first that nobody has
 * used for longest.
 */
export class PlanMemory {
  #fields = 0;
  readonly #kept = new Set<Kept>();

  keep(plan: Kept): void {
    this.#kept.add(plan);
    // One for itself: a plan may have no fields at all.
    this.#add(1 + plan.fields);
  }

  use(plan: Kept): void {
    if (this.#kept.delete(plan)) this.#kept.add(plan);
  }

  /** The plan has one field more. */
  grew(plan: Kept): void {
    if (this.#kept.has(plan)) this.#add(1);
  }

  #add(fields: number): void {
    this.#fields += fields;
    for (const oldest of this.#kept) {
      if (this.#fields <= mostFields) return;
      this.#kept.delete(oldest);
      this.#fields -= 1 + oldest.fields;
      oldest.forget();
    }
  }
}
