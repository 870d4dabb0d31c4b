import type { Dataset } from '../dataset.ts';

/** Something that real data hold, and that whoever reads them forgets. */
export interface Oddity {
  readonly name: string;
  /** Where to look: the ids that `sql` takes as `$1`, `$2` and so on. */
  readonly at: readonly string[];
  /** Answers at least one row where the oddity is there. */
  readonly sql: string;
  /** Puts it into the demo data; absent where the people and schools of the demo already have it. */
  readonly add?: (data: Dataset) => void;
}
