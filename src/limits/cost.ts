import type { GraphQLNamedType } from 'graphql';

/** A count, or a summary, reads what the page beside it leaves out. */
const costOfCount = 10;
/** Functions that sort what the others only read. */
const sorting: ReadonlySet<string> = new Set(['countDistinct', 'percentile']);
/** What is told of a view without its rows. */
const counted: ReadonlySet<string> = new Set(['newest', 'lagSec', 'keys', 'resolved', 'share']);

export function isSummary(type: GraphQLNamedType | undefined): boolean {
  return type?.name.endsWith('Summary') ?? false;
}

function isOfGroups(type: GraphQLNamedType | undefined): boolean {
  return /Groups?$/.test(type?.name ?? '');
}

/** What one field of this name costs, without what is selected below it. */
export function costOf(
  name: string,
  type: GraphQLNamedType | undefined,
  target: GraphQLNamedType,
  reads: boolean,
): number {
  if (isSummary(type)) return costOfFigure(name, target);
  // Groups are made in one pass, and what each of them comes to is reckoned on the way.
  if (isOfGroups(type)) return reads || isSummary(target) ? 1 : 0;
  // The rows that a series reads are paid for by its values.
  if (type?.name === 'MetricPoint') return 1;
  if (type?.name.startsWith('Catalog') && counted.has(name)) return costOfCount;
  // A metric reads the rows of its parents, as a count does.
  if (name === 'totalCount' || isSummary(target) || isOfGroups(target) || type?.name === 'Metrics') return costOfCount;
  return reads ? 1 : 0;
}

/** Each function of a column is reckoned; to name the column costs nothing yet. */
function costOfFigure(name: string, target: GraphQLNamedType): number {
  if (isSummary(target)) return 0;
  return sorting.has(name) ? costOfCount : 1;
}
