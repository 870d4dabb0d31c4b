import { facts } from '../../catalogue/facts.ts';
import type { TestGraph } from '../../support/graph.ts';
import { orders } from './keys.ts';
import { dataOf, passed, tellingFields, toldAll, type PageArgs } from './lists.ts';
import type { ListArgs } from './oracle.ts';
import type { Row } from './world.ts';

/** A list, read to its end page by page. */
export interface Trip extends ListArgs {
  readonly view: string;
  /** The row that the list belongs to, and its name there. */
  readonly parent?: { readonly view: string; readonly row: Row; readonly edge: string };
  readonly size: number;
  readonly isBackwards: boolean;
  /** The whole list. */
  readonly rows: readonly Row[];
}

interface Page {
  readonly nodes: unknown;
  readonly edges: readonly { readonly cursor: string; readonly node: unknown }[];
  readonly pageInfo: Readonly<Record<string, unknown>>;
  readonly totalCount?: number;
}

/** Where a trip is: how many rows are behind it, and the cursor that leads on. */
interface Place {
  readonly trip: Trip;
  readonly seen: number;
  readonly cursor?: string;
}

/** What is wrong on the way through the lists; they are read beside one another, a page of each at a time. */
export async function faults(graph: TestGraph, trips: readonly Trip[]): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  let places = trips.map((trip): Place => ({ trip, seen: 0 }));
  while (places.length > 0) {
    const pages = await readPages(graph, places);
    places = places.flatMap((place, index) => {
      const page = pages[index]!;
      const expected = expectedPage(place, page);
      if (JSON.stringify(page) === JSON.stringify(expected)) return onward(place, page);
      const { rows, ...trip } = place.trip;
      found.push({ trip: JSON.stringify({ ...trip, length: rows.length }), seen: place.seen, page, expected });
      return [];
    });
  }
  return found;
}

function onward({ trip, seen }: Place, { pageInfo }: Page): Place[] {
  const after = seen + trip.size;
  const cursor = pageInfo[trip.isBackwards ? 'startCursor' : 'endCursor'] as string;
  return after < trip.rows.length ? [{ trip, seen: after, cursor }] : [];
}

function expectedPage({ trip, seen }: Place, { edges }: Page): Page {
  const { rows, size, isBackwards, view } = trip;
  const start = isBackwards ? Math.max(0, rows.length - seen - size) : seen;
  const end = isBackwards ? rows.length - seen : Math.min(rows.length, seen + size);
  const nodes = toldAll(view, rows.slice(start, end));
  return {
    nodes,
    // What a cursor looks like is nobody's business, so they are taken from the page; that they lead on shows on the next.
    edges: nodes.map((node, index) => ({ cursor: edges[index]?.cursor ?? 'none', node })),
    pageInfo: {
      hasNextPage: end < rows.length,
      hasPreviousPage: start > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    ...(seen === 0 && { totalCount: rows.length }),
  };
}

async function readPages(graph: TestGraph, places: readonly Place[]): Promise<Page[]> {
  const parts = places.map(({ trip, cursor, seen }, index) => {
    const { view, parent, size, isBackwards, where, orderBy, asOf } = trip;
    const page: PageArgs = isBackwards
      ? { last: size, ...(cursor && { before: cursor }) }
      : { first: size, ...(cursor && { after: cursor }) };
    const args = { ...page, ...(where && { where }), ...(orderBy && { orderBy }), ...(asOf && { asOf }) };
    const { rootField, type } = facts[view]!;
    const { list, declared, values } = passed(`q${index}_`, type, args);
    const selected = `${list} { ...${type}Page ${seen === 0 ? 'totalCount' : ''} }`;
    if (!parent) return { field: `q${index}: ${rootField}${selected}`, declared, values };
    const [key] = orders[parent.view]!.unique;
    return {
      field: `q${index}: ${lookupOf(parent.view)}(id: $q${index}_id) { list: ${parent.edge}${selected} }`,
      declared: [...declared, `$q${index}_id: ID!`],
      values: { ...values, [`q${index}_id`]: parent.row[key!] },
    };
  });
  const declared = parts.flatMap((part) => part.declared).join(', ');
  const views = new Set(places.map(({ trip }) => trip.view));
  const fragments = Array.from(views, (view) => {
    const fields = tellingFields(view);
    return `fragment ${facts[view]!.type}Page on ${facts[view]!.type}Connection {
      nodes { ${fields} }
      edges { cursor node { ${fields} } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }`;
  });
  const text = [`query (${declared}) {`, ...parts.map(({ field }) => field), '}', ...fragments].join('\n');
  const answer = await graph.run(text, { variables: Object.assign({}, ...parts.map(({ values }) => values)) });
  const data = dataOf(answer, places);
  return places.map(({ trip }, index) => {
    const found = data[`q${index}`];
    return trip.parent ? found.list : found;
  });
}

/** The root field for one row: `curriculum_items` has `curriculumItem`. */
export function lookupOf(view: string): string {
  const { type } = facts[view]!;
  return type[0]!.toLowerCase() + type.slice(1);
}
