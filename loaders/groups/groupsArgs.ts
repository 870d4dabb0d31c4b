import { dimensionsOf, timesOf, type Dimension, type Place } from '../../schema/dimensions.ts';
import { fieldName, type View } from '../../schema/view.ts';
import { badInput } from '../../src/failures.ts';
import { pageSize } from '../span.ts';
import type { Where } from '../sql/logic.ts';
import { bucketingOf, bucketKeys, type Bucketing, type TimeUnit } from './bucket.ts';

export type Fill = 'ZERO' | 'NULL' | 'PREVIOUS';

/** The arguments of groups, as GraphQL hands them over. Null is the same as absent. */
export interface GroupsArgs {
  readonly by?: readonly string[] | null | undefined;
  readonly bucket?: BucketArgs | null | undefined;
  readonly having?: Where | null | undefined;
  readonly orderBy?: readonly GroupOrder[] | null | undefined;
  readonly first?: number | null | undefined;
}

interface BucketArgs {
  readonly of: string;
  readonly unit: TimeUnit;
  readonly zone?: string | null | undefined;
  readonly weekStart?: Bucketing['weekStart'] | null | undefined;
  readonly fill?: Fill | null | undefined;
}

export interface GroupOrder {
  readonly key?: string | null | undefined;
  readonly bucket?: unknown;
  readonly summary?: unknown;
  readonly direction?: unknown;
}

/** How the rows of a list are grouped: what the arguments mean, once they are known to mean anything. */
export interface Grouping {
  readonly by: readonly Dimension[];
  readonly bucket?: Bucket;
  readonly having?: Where;
  readonly orderBy: readonly GroupOrder[];
  readonly first: number;
}

export interface Bucket extends Bucketing {
  readonly place: Place;
  /** What buckets without rows show, and which buckets there have to be. */
  readonly fill?: { readonly as: Fill; readonly keys: readonly string[] };
}

export function groupingOf(view: View, args: GroupsArgs, where: Where | undefined): Grouping {
  const by = [...new Set(args.by ?? [])].map((name) => dimensionsOf(view).get(name)!);
  const first = args.first ?? pageSize.usual;
  if (by.length === 0 && !args.bucket) throw badInput('groups needs by or bucket: what do the rows of a group share?');
  if (first < 0 || first > pageSize.most) throw badInput(`groups.first is 0 to ${pageSize.most}.`);
  return {
    by,
    ...(args.bucket && { bucket: bucketOf(view, args.bucket, where) }),
    ...(args.having && { having: args.having }),
    orderBy: args.orderBy ?? [],
    first,
  };
}

function bucketOf(view: View, { of, unit, zone, weekStart, fill }: BucketArgs, where: Where | undefined): Bucket {
  const place = timesOf(view).get(of)!;
  const kind = place.facts.kind as 'date' | 'dateTime';
  const bucketing = bucketingOf(kind, { unit, zone, weekStart: weekStart ?? 'MONDAY' }, 'groups.bucket');
  if (!fill) return { ...bucketing, place };
  const { from, to } = boundsOf(where ?? {}, place);
  if (from === undefined || to === undefined) {
    const name = place.way ? `${place.way.name}.${fieldName(place.column)}` : place.field;
    throw badInput(`groups.bucket.fill needs both ends: filter the list by ${name}, with gte and lt, at its top.`);
  }
  const keys: string[] = [];
  for (const key of bucketKeys(bucketing, from, to)) {
    if (keys.length === pageSize.most) throw badInput(`groups.bucket.fill makes ${pageSize.most} buckets at most.`);
    keys.push(key);
  }
  return { ...bucketing, place, fill: { as: fill, keys } };
}

/** The first and the last time that a filter lets pass, as far as it says so at its top or in `and`. */
function boundsOf(where: Where, { way, column, facts }: Place): { from?: string; to?: string } {
  const path = [...(way ? [way.name] : []), fieldName(column)];
  const bounds = conditionsAt(where, path).map(([operator, value]) => ({
    operator,
    ...(facts.kind === 'date' ? daysBeside(value) : momentsBeside(value)),
  }));
  const lower = bounds.flatMap(({ operator, at, after }) =>
    operator === 'gt' ? [after] : operator === 'gte' || operator === 'eq' ? [at] : [],
  );
  const upper = bounds.flatMap(({ operator, at, before }) =>
    operator === 'lt' ? [before] : operator === 'lte' || operator === 'eq' ? [at] : [],
  );
  const byTime = (one: string, other: string) => Date.parse(one) - Date.parse(other);
  const [from, to] = [lower.toSorted(byTime).at(-1), upper.toSorted(byTime)[0]];
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

/** The operators that always hold for the field at this path. */
function conditionsAt(where: Where, [name, ...further]: readonly string[]): readonly (readonly [string, string])[] {
  return Object.entries(where).flatMap(([key, value]) => {
    // A null is refused where the filter becomes SQL; here it bounds nothing.
    if (value === null || value === undefined) return [];
    if (key === 'and') {
      return (value as readonly (Where | null)[]).flatMap((one) => (one ? conditionsAt(one, [name!, ...further]) : []));
    }
    if (key !== name) return [];
    return further.length > 0 ? conditionsAt(value as Where, further) : entriesWithText(value as Where);
  });
}

function entriesWithText(operators: Where): [string, string][] {
  return Object.entries(operators).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
}

function daysBeside(day: string) {
  const date = Date.parse(day);
  const written = (time: number) => new Date(time).toISOString().slice(0, 10);
  return { at: day, before: written(date - 86_400_000), after: written(date + 86_400_000) };
}

/** To the millisecond: which bucket a moment is in does not depend on less. */
function momentsBeside(moment: string) {
  const time = Date.parse(moment);
  if (Number.isNaN(time)) throw badInput('groups.bucket.fill cannot reckon with this moment.');
  const at = new Date(time).toISOString();
  const isExact = !/\.\d{3}\d*[1-9]/.test(moment);
  return { at, before: isExact ? new Date(time - 1).toISOString() : at, after: at };
}
