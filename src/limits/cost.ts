import { isCompositeType, isObjectType, type GraphQLField, type GraphQLNamedType } from 'graphql';
import type { FigureKind } from '../../schema/extensions.ts';

/** A count, or a summary, reads what the page beside it leaves out. */
const costOfCount = 10;
/** Functions that sort what the others only read. */
const sorting: ReadonlySet<string> = new Set(['countDistinct', 'percentile']);
/** What is told of a view without its rows. */
const counted: ReadonlySet<string> = new Set(['newest', 'lagSec', 'keys', 'resolved', 'share']);

/** Most values are a few letters. Where people write what they like, an answer would be as long as they have written. */
const valuesOfText = 20;

/** What figures the type tells, if it does. */
function figuresOf(type: GraphQLNamedType | undefined): FigureKind | undefined {
  return isObjectType(type) ? type.extensions.figures : undefined;
}

export function isSummary(type: GraphQLNamedType | undefined): boolean {
  return figuresOf(type) === 'summary';
}

export function isPoints(type: GraphQLNamedType | undefined): boolean {
  return figuresOf(type) === 'points';
}

/** What one field of this name costs, without what is selected below it. */
export function costOf(
  name: string,
  type: GraphQLNamedType | undefined,
  target: GraphQLNamedType,
  reads: boolean,
): number {
  const [told, below] = [figuresOf(type), figuresOf(target)];
  if (told === 'summary') return costOfFigure(name, target);
  // Groups are made in one pass, and what each of them comes to is reckoned on the way.
  if (told === 'groups') return reads || below === 'summary' ? 1 : 0;
  // The rows that a series reads are paid for by its values.
  if (told === 'points') return 1;
  if (told === 'catalog' && counted.has(name)) return costOfCount;
  // A metric reads the rows of its parents, as a count does.
  if (name === 'totalCount' || below === 'summary' || below === 'groups' || told === 'metrics') return costOfCount;
  return reads ? 1 : 0;
}

/** Each function of a column is reckoned; to name the column costs nothing yet. */
function costOfFigure(name: string, target: GraphQLNamedType): number {
  if (isSummary(target)) return 0;
  return sorting.has(name) ? costOfCount : 1;
}

/** How many values are written of one field, without what is selected below it. */
export function valuesOf({ extensions }: GraphQLField<unknown, unknown>, target: GraphQLNamedType): number {
  if (isCompositeType(target)) return 0;
  return extensions.isLong ? valuesOfText : 1;
}
