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
  const isReversed = last !== null && last !== undefined;
  if (isReversed && first !== null && first !== undefined) throw badInput('Ask for first or for last, not for both.');
  if (isReversed && after) throw badInput('after goes with first; last goes with before.');
  if (!isReversed && before) throw badInput('before goes with last; first goes with after.');
  const limit = (isReversed ? last : first) ?? pageSize.usual;
  if (limit < 0 || limit > pageSize.most) throw badInput(`A page has 0 to ${pageSize.most} rows.`);
  return { limit, isReversed, cursor: (isReversed ? before : after) ?? undefined };
}
