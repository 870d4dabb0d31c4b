import { nothing, plus, type Load, type LoadKind, type Variables } from './load.ts';
import type { Compiled, Part, Parts, Size } from './parts.ts';

/** What a selection comes to once, and what it comes to more for each row of the page that it is selected on. */
interface Weight {
  readonly once: Load;
  readonly perRow: Load;
  /** Something is told of the whole page. */
  readonly isOfPage?: boolean;
}

/** What a row comes to of which nothing is shown. */
const unseenRow: Load = { ...nothing, nodes: 1, cost: 1 };

/** The field that weighs most: the names that lead to it, its share, and the page with which all would fit. */
export interface Heaviest {
  readonly path: string;
  readonly share: number;
  readonly fits: { readonly path: string; readonly first: number } | undefined;
}

interface Largest {
  readonly size: number;
  readonly path: string;
}

export class Weighing {
  readonly load: Load;
  /** The largest page that any field asks for, and where. */
  readonly page: Largest;
  /** What all filters and orders say, and which says most. */
  readonly conditions: { readonly all: number; readonly most: Largest };
  readonly #parts: Parts;
  readonly #variables: Variables;
  readonly #weights = new Map<Parts, Weight>();

  constructor({ parts }: Compiled, variables: Variables) {
    this.#parts = parts;
    this.#variables = variables;
    this.load = this.#weigh(parts).once;
    // References have a limit of their own: there are as many as lists of lists have rows, and no page would be smaller.
    this.page = this.#largest((part) => (part.sizes && part.name !== '_entities' ? this.#sizeOf(part) : 0));
    this.conditions = {
      all: this.#conditionsIn(parts, new Map()),
      most: this.#largest((part) => this.#conditionsOf(part)),
    };
  }

  heaviest(measure: LoadKind, allowed: number): Heaviest {
    const total = this.load[measure];
    let best: Heaviest = { path: '', share: total, fits: undefined };
    let path = '';
    let instances = 1;
    let page = 1;
    let parts: Parts | undefined = this.#parts;
    while (parts) {
      const part = this.#heaviestOf(parts, measure, page);
      if (!part) break;
      if (part.isPerRow) instances *= page;
      const share = instances * this.#weightOf(part)[measure];
      // Below half of the whole, no single field is to blame any more.
      if (best.path !== '' && share * 2 < best.share) break;
      if (!isWrapper(part)) path = path === '' ? part.name : `${path}.${part.name}`;
      page = this.#sizeOf(part);
      if (part.isPaged || best.path === '') {
        const first = part.isPaged ? this.#fits(part, measure, { total, allowed, instances, page }) : undefined;
        // Where even one row is too many, the page that it hangs on is the one to shorten.
        best = { path, share, fits: first === undefined ? best.fits : { path, first } };
      }
      if (part.sizes && !part.isConnection) instances *= page;
      parts = part.below;
    }
    return best;
  }

  /** Everything else as it is: how many rows of this page leave the document within the limit? */
  #fits(
    part: Part,
    measure: LoadKind,
    at: { total: number; allowed: number; instances: number; page: number },
  ): number | undefined {
    const perRow = this.#ownWeightOf(part).perRow[measure];
    const rest = at.total - at.instances * at.page * perRow;
    const rows = Math.floor((at.allowed - rest) / (at.instances * perRow));
    return rows >= 1 ? rows : undefined;
  }

  #heaviestOf(parts: Parts, measure: LoadKind, page: number): Part | undefined {
    let heaviest: { part: Part; weight: number } | undefined;
    for (const part of allFields(parts)) {
      const weight = this.#weightOf(part)[measure] * (part.isPerRow ? page : 1);
      if (!heaviest || weight > heaviest.weight) heaviest = { part, weight };
    }
    return heaviest?.part;
  }

  #weigh(parts: Parts): Weight {
    const known = this.#weights.get(parts);
    if (known) return known;
    let [once, perRow, isOfPage] = [nothing, nothing, false];
    for (const part of parts.fields) {
      isOfPage ||= part.isOfPage && !this.#isLeftOut(part);
      if (part.isPerRow) perRow = plus(perRow, this.#weightOf(part));
      else once = plus(once, this.#weightOf(part));
    }
    for (const fragment of parts.fragments) {
      const weight = this.#weigh(fragment);
      once = plus(once, weight.once);
      perRow = plus(perRow, weight.perRow);
      isOfPage ||= weight.isOfPage === true;
    }
    const sum = { once, perRow, isOfPage };
    this.#weights.set(parts, sum);
    return sum;
  }

  /** One instance of a field with all that hangs below it. */
  #weightOf(part: Part): Load {
    if (this.#isLeftOut(part)) return nothing;
    const { once, perRow } = this.#ownWeightOf(part);
    return plus(once, perRow, this.#sizeOf(part));
  }

  /** A connection is read once and has rows below it; any other list is read and answered row by row. */
  #ownWeightOf(part: Part): Weight {
    const below: Weight = part.below ? this.#weigh(part.below) : { once: nothing, perRow: nothing };
    const own = plus(part.load, below.once);
    if (part.isConnection) {
      const isUnseen = below.isOfPage === true && below.perRow.nodes === 0;
      return { once: own, perRow: isUnseen ? plus(below.perRow, unseenRow) : below.perRow };
    }
    return { once: nothing, perRow: plus(own, below.perRow) };
  }

  #isLeftOut({ unless }: Part): boolean {
    return unless !== undefined && this.#variables[unless.variable] === unless.value;
  }

  #sizeOf({ sizes }: Part): number {
    return sizes ? Math.max(0, ...sizes.map((size) => this.#valueOf(size))) : 1;
  }

  #valueOf(size: Size): number {
    if (typeof size === 'number') return size;
    if (typeof size === 'function') return size(this.#variables);
    const value = this.#variables[size.variable];
    if (Array.isArray(value)) return value.length;
    if (value === null) return size.ofNull;
    // Whatever else it is, coercion refuses it before anything is read.
    return typeof value === 'number' && value >= 0 ? value : size.otherwise;
  }

  #conditionsOf({ conditions }: Part): number {
    return typeof conditions === 'function' ? conditions(this.#variables) : conditions;
  }

  /** Each list is one select whatever it hangs on, so nothing is multiplied; a fragment counts wherever it is spread. */
  #conditionsIn(parts: Parts, known: Map<Parts, number>): number {
    const found = known.get(parts);
    if (found !== undefined) return found;
    let sum = 0;
    for (const part of parts.fields) {
      if (this.#isLeftOut(part)) continue;
      sum += this.#conditionsOf(part) + (part.below ? this.#conditionsIn(part.below, known) : 0);
    }
    for (const fragment of parts.fragments) sum += this.#conditionsIn(fragment, known);
    known.set(parts, sum);
    return sum;
  }

  #largest(of: (part: Part) => number): Largest {
    let largest = { size: 0, path: '' };
    const seen = new Set<Parts>();
    const look = (parts: Parts, path: string) => {
      if (seen.has(parts)) return;
      seen.add(parts);
      for (const part of allFields(parts)) {
        if (this.#isLeftOut(part)) continue;
        const at = isWrapper(part) ? path : path === '' ? part.name : `${path}.${part.name}`;
        if (of(part) > largest.size) largest = { size: of(part), path: at };
        if (part.below) look(part.below, at);
      }
    };
    look(this.#parts, '');
    return largest;
  }
}

/** The steps of a connection that nobody would name when saying which field she means. */
function isWrapper({ name, isPerRow }: Part): boolean {
  return isPerRow || name === 'node';
}

function allFields(parts: Parts, seen = new Set<Parts>()): readonly Part[] {
  if (seen.has(parts)) return [];
  seen.add(parts);
  if (parts.fragments.length === 0) return parts.fields;
  return [...parts.fields, ...parts.fragments.flatMap((fragment) => allFields(fragment, seen))];
}
