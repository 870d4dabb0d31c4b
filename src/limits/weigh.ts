import type { Compiled, Part, Parts, Size } from './parts.ts';

export type Variables = Readonly<Record<string, unknown>>;
export type Measure = 'nodes' | 'cost';

/** What a selection costs once, and what it costs more for each row of the page that it is selected on. */
interface Weight {
  readonly nodes: number;
  readonly cost: number;
  readonly nodesPerRow: number;
  readonly costPerRow: number;
}

const nothing: Weight = { nodes: 0, cost: 0, nodesPerRow: 0, costPerRow: 0 };

/** The field that weighs most: the names that lead to it, its share, and the page with which all would fit. */
export interface Heaviest {
  readonly path: string;
  readonly share: number;
  readonly fits: { readonly path: string; readonly first: number } | undefined;
}

export class Weighing {
  readonly nodes: number;
  readonly cost: number;
  /** The largest page that any field asks for, and where. */
  readonly page: { readonly size: number; readonly path: string };
  readonly #parts: Parts;
  readonly #variables: Variables;
  readonly #weights = new Map<Parts, Weight>();

  constructor({ parts }: Compiled, variables: Variables) {
    this.#parts = parts;
    this.#variables = variables;
    const { nodes, cost } = this.#weigh(parts);
    this.nodes = nodes;
    this.cost = cost;
    this.page = this.#largestPage(parts, '', new Set());
  }

  heaviest(measure: Measure, allowed: number): Heaviest {
    const total = this[measure];
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
    measure: Measure,
    at: { total: number; allowed: number; instances: number; page: number },
  ): number | undefined {
    const { nodesPerRow, costPerRow } = this.#ownWeightOf(part);
    const perRow = measure === 'nodes' ? nodesPerRow : costPerRow;
    const rest = at.total - at.instances * at.page * perRow;
    const rows = Math.floor((at.allowed - rest) / (at.instances * perRow));
    return rows >= 1 && Number.isFinite(rows) ? rows : undefined;
  }

  #heaviestOf(parts: Parts, measure: Measure, page: number): Part | undefined {
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
    const sum = { nodes: 0, cost: 0, nodesPerRow: 0, costPerRow: 0 };
    for (const part of parts.fields) {
      const { nodes, cost } = this.#weightOf(part);
      if (part.isPerRow) {
        sum.nodesPerRow += nodes;
        sum.costPerRow += cost;
      } else {
        sum.nodes += nodes;
        sum.cost += cost;
      }
    }
    for (const fragment of parts.fragments) {
      const weight = this.#weigh(fragment);
      sum.nodes += weight.nodes;
      sum.cost += weight.cost;
      sum.nodesPerRow += weight.nodesPerRow;
      sum.costPerRow += weight.costPerRow;
    }
    this.#weights.set(parts, sum);
    return sum;
  }

  /** One instance of a field with all that hangs below it. */
  #weightOf(part: Part): { nodes: number; cost: number } {
    if (part.unless && this.#variables[part.unless.variable] === part.unless.value) return { nodes: 0, cost: 0 };
    const { nodes, cost, nodesPerRow, costPerRow } = this.#ownWeightOf(part);
    const size = this.#sizeOf(part);
    return { nodes: nodes + size * nodesPerRow, cost: cost + size * costPerRow };
  }

  /** A connection is read once and has rows below it; any other list is read and answered row by row. */
  #ownWeightOf(part: Part): Weight {
    const below = part.below ? this.#weigh(part.below) : nothing;
    const [nodes, cost] = [part.nodes + below.nodes, part.cost + below.cost];
    if (part.isConnection) return { ...below, nodes, cost };
    return { nodes: 0, cost: 0, nodesPerRow: nodes + below.nodesPerRow, costPerRow: cost + below.costPerRow };
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

  #largestPage(parts: Parts, path: string, seen: Set<Parts>): { size: number; path: string } {
    let largest = { size: 0, path };
    if (seen.has(parts)) return largest;
    seen.add(parts);
    for (const part of allFields(parts)) {
      const at = isWrapper(part) ? path : path === '' ? part.name : `${path}.${part.name}`;
      if (part.sizes && this.#sizeOf(part) > largest.size) largest = { size: this.#sizeOf(part), path: at };
      const below = part.below ? this.#largestPage(part.below, at, seen) : largest;
      if (below.size > largest.size) largest = below;
    }
    return largest;
  }
}

/** The steps of a connection that nobody would name when saying which field she means. */
function isWrapper({ name, isPerRow }: Part): boolean {
  return isPerRow || name === 'node' || name === 'nodes' || name === 'edges';
}

function allFields(parts: Parts, seen = new Set<Parts>()): readonly Part[] {
  if (seen.has(parts)) return [];
  seen.add(parts);
  if (parts.fragments.length === 0) return parts.fields;
  return [...parts.fields, ...parts.fragments.flatMap((fragment) => allFields(fragment, seen))];
}
