import { badInput } from '../src/failures.ts';

export interface PageArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

export const pageSize = { usual: 20, most: 1_000 };

/** Which part of a list is asked for. */
export interface Span {
  readonly limit: number;
  readonly isReversed: boolean;
  readonly cursor: string | undefined;
}

export function spanOf({ first, after, last, before }: PageArgs): Span {
  const isReversed = isGiven(last);
  if (isReversed && isGiven(first)) throw badInput('Ask for first or for last, not for both.');
  if (isReversed && isGiven(after)) throw badInput('after goes with first; last goes with before.');
  if (!isReversed && isGiven(before)) throw badInput('before goes with last; first goes with after.');
  const limit = (isReversed ? last : first) ?? pageSize.usual;
  if (limit < 0 || limit > pageSize.most) throw badInput(`A page has 0 to ${pageSize.most} rows.`);
  return { limit, isReversed, cursor: (isReversed ? before : after) ?? undefined };
}

/** An empty text is: it is no cursor, but somebody meant one. */
function isGiven(value: unknown): boolean {
  return value !== null && value !== undefined;
}
