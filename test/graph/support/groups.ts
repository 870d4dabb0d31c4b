/** Groups in plain code: what rows can be grouped by, which groups there are, which of them are shown, and what is left. */
import type { Choices } from './questions.ts';
import { compares, compareValues } from './compare.ts';
import { figure, figureNamed, functionsOf, summedColumns, type Measure } from './figures.ts';
import { keys, orders } from './keys.ts';
import { listOf, reach, waysOf, type Way, type Where } from './oracle.ts';
import { toldFigures } from './summaries.ts';
import { columnsOf, enumName, fieldOf, isEnum, shown, typeOf, type Row, type Value, type World } from './world.ts';

export interface Place {
  readonly field: string;
  readonly view: string;
  readonly way?: Way;
  readonly column: string;
}

/** Texts that are words of a list, as the description of the views says. */
const openLists = [
  'waste_insights.waste_type', 'cheating_insights.insight_type', 'proctoring_insights.insight_type', 'recommendations.type',
  'recommendations.source', 'questions.type', 'test_parents.parent_type', 'resource_relations.relationship_type',
  'curriculum_items.curriculum_item_type',
]; // prettier-ignore

function isDimension(view: string, column: string): boolean {
  const type = typeOf(view, column);
  const { unique } = orders[view]!;
  if (type === 'ID') return keys.some(([from]) => from === `${view}.${column}`) && unique.join() !== column;
  return ['Boolean', 'Date'].includes(type) || isEnum(type) || openLists.includes(`${view}.${column}`);
}

function placesOf(view: string, isMeant: (view: string, column: string) => boolean): Place[] {
  const here = columnsOf(view).filter((column) => isMeant(view, column));
  const ways = waysOf(view).filter((way) => !way.many && way.ends.length === 1);
  return [
    ...here.map((column) => ({ view, column, field: fieldOf(column) })),
    ...ways.flatMap((way) => {
      const [end] = way.ends[0]!;
      const there = columnsOf(end).filter((column) => isMeant(end, column));
      return there.map((column) => ({ view: end, way, column, field: fieldOf(`${snake(way.name)}_${column}`) }));
    }),
  ];
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

export function dimensionsOf(view: string): readonly Place[] {
  return placesOf(view, isDimension);
}

export function timesOf(view: string): readonly Place[] {
  return placesOf(view, (end, column) => ['Date', 'DateTime'].includes(typeOf(end, column)));
}

/** The name of a field among the dimensions and times. */
export function memberOf({ field }: Place): string {
  return snake(field).toUpperCase();
}

export const units = ['HOUR', 'DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'] as const;

export interface BucketArgs {
  readonly of: Place;
  readonly unit: (typeof units)[number];
  readonly zone?: string;
  readonly weekStart?: 'MONDAY' | 'SUNDAY';
  readonly fill?: 'ZERO' | 'NULL' | 'PREVIOUS';
}

export interface Bucket {
  /** What tells it from others, in the order of time. */
  readonly id: string;
  readonly startDate: string;
  readonly endDate: string;
}

/** What the clocks of a zone show, to the minute. */
function wall(zone: string, moment: number) {
  const clock =
    clocks.get(zone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  clocks.set(zone, clock);
  const [date, time] = clock.format(moment).split(' ');
  const offset = Date.parse(`${date}T${time}:00Z`) - Math.floor(moment / 60_000) * 60_000;
  return { date: date!, hour: time!.slice(0, 2), offset };
}
const clocks = new Map<string, Intl.DateTimeFormat>();

const dayMs = 86_400_000;
const written = (time: number) => new Date(time).toISOString().slice(0, 10);

/** The bucket of a time, found by walking along the calendar from it. */
export function bucketAt({ unit, zone, weekStart = 'MONDAY' }: BucketArgs, time: string | number): Bucket {
  if (unit === 'HOUR') {
    const { date, hour, offset } = wall(zone!, time as number);
    const end = Math.floor((time as number) / 900_000) * 900_000;
    let next = end;
    const isSame = (moment: number) => {
      const shown = wall(zone!, moment);
      return shown.date === date && shown.hour === hour && shown.offset === offset;
    };
    while (isSame(next)) next += 900_000;
    return { id: `${date} ${hour} ${String(999_999_999 - offset)}`, startDate: date, endDate: wall(zone!, next).date };
  }
  return bucketOfDay(unit, weekStart, typeof time === 'string' ? time : wall(zone!, time).date);
}

function bucketOfDay(unit: BucketArgs['unit'], weekStart: BucketArgs['weekStart'], within: string): Bucket {
  const name = [unit, weekStart, within].join();
  const known = daysSeen.get(name);
  if (known) return known;
  const begins = (day: string) => {
    const [, month, date] = day.split('-');
    const weekday = new Date(day).getUTCDay();
    if (unit === 'DAY') return true;
    if (unit === 'WEEK') return weekday === (weekStart === 'MONDAY' ? 1 : 0);
    if (unit === 'MONTH') return date === '01';
    return date === '01' && (unit === 'QUARTER' ? ['01', '04', '07', '10'] : ['01']).includes(month!);
  };
  let startDate = within;
  while (!begins(startDate)) startDate = written(Date.parse(startDate) - dayMs);
  let endDate = written(Date.parse(startDate) + dayMs);
  while (!begins(endDate)) endDate = written(Date.parse(endDate) + dayMs);
  const bucket = { id: startDate, startDate, endDate };
  daysSeen.set(name, bucket);
  return bucket;
}
const daysSeen = new Map<string, Bucket>();

/** Every bucket between two times, both of them in it. */
export function bucketsBetween(args: BucketArgs, from: string | number, to: string | number): Bucket[] {
  const found = new Map<string, Bucket>();
  if (from > to) return [];
  if (args.unit === 'HOUR') {
    for (let moment = from as number; moment < (to as number) + 900_000; moment += 900_000) {
      const bucket = bucketAt(args, Math.min(moment, to as number));
      found.set(bucket.id, bucket);
    }
    return [...found.values()];
  }
  const [first, last] = [from, to].map((time) => (typeof time === 'string' ? time : wall(args.zone!, time).date));
  for (let day = first!; day <= last!;) {
    const bucket = bucketAt(args, day);
    found.set(bucket.id, bucket);
    day = bucket.endDate;
  }
  return [...found.values()];
}

export interface Group {
  readonly bucket: Bucket | null;
  readonly values: readonly Value[];
  readonly rows: readonly Row[];
  /** The rows of another bucket, that this one repeats. */
  readonly repeats?: readonly Row[];
}

function valueAt(world: World, { way, column }: Place, row: Row): Value {
  if (!way) return row[column]!;
  const [found] = reach(world, way, row);
  return found ? found.row[column]! : null;
}

/** As the graph tells values apart. */
function keyAt(world: World, place: Place, row: Row): Value {
  const held = valueAt(world, place, row);
  const isUnknown = held !== null && isEnum(typeOf(place.view, place.column)) && enumName(held as string) === 'OTHER';
  return isUnknown ? 'OTHER' : held;
}

export function timeAt(world: World, place: Place, row: Row): string | number | null {
  const held = valueAt(world, place, row);
  return typeof held === 'bigint' ? Number(held >= 0n ? held / 1000n : (held - 999n) / 1000n) : (held as string | null);
}

/** The groups of rows, in the order of their keys. */
export function groupsOf(world: World, rows: readonly Row[], by: readonly Place[], bucket?: BucketArgs): Group[] {
  const found = new Map<string, { bucket: Bucket | null; values: Value[]; rows: Row[] }>();
  for (const row of rows) {
    const time = bucket ? timeAt(world, bucket.of, row) : null;
    const at = time === null ? null : bucketAt(bucket!, time);
    const values = by.map((place) => keyAt(world, place, row));
    const name = JSON.stringify([at?.id, values]);
    const group = found.get(name) ?? { bucket: at, values, rows: [] };
    found.set(name, group);
    group.rows.push(row);
  }
  return [...found.values()].toSorted(byKeys);
}

export function byKeys(a: Group, b: Group): number {
  return compareKeys([a.bucket?.id ?? null, ...a.values], [b.bucket?.id ?? null, ...b.values]);
}

function compareKeys(a: readonly Value[], b: readonly Value[]): number {
  for (const [index, left] of a.entries()) {
    const order = compareKey(left, b[index]!);
    if (order !== 0) return order;
  }
  return 0;
}

/** By their bytes; missing ones last. */
export function compareKey(a: Value, b: Value): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
}

/** The same with buckets that have no rows, for each combination of the other keys. */
export function filled(
  groups: readonly Group[],
  buckets: readonly Bucket[],
  { fill }: BucketArgs,
  isWithoutKeys: boolean,
): Group[] {
  const combinations = new Map(groups.map(({ values }) => [JSON.stringify(values), values]));
  if (isWithoutKeys) combinations.set('[]', []);
  const added = Array.from(combinations, ([name, values]) => {
    const own = groups.filter((group) => JSON.stringify(group.values) === name);
    let last: readonly Row[] | undefined;
    return buckets
      .toSorted((a, b) => compareKey(a.id, b.id))
      .flatMap((bucket): Group[] => {
        const there = own.find((group) => group.bucket?.id === bucket.id);
        if (there) last = there.rows;
        if (there) return [];
        return [{ bucket, values, rows: [], ...(fill === 'PREVIOUS' && last && { repeats: last }) }];
      });
  });
  return [...groups, ...added.flat()].toSorted(byKeys);
}

export interface GroupOrder {
  readonly key?: Place;
  readonly bucket?: string;
  readonly summary?: Where;
  readonly direction?: string;
}

export interface Question {
  readonly view: string;
  readonly where?: Where;
  readonly by: readonly Place[];
  readonly bucket?: BucketArgs;
  /** Between which times there are buckets, if they are filled. */
  readonly span?: readonly [from: string | number, to: string | number];
  readonly having?: Where;
  readonly orderBy?: readonly GroupOrder[];
  readonly first?: number;
}

/** What the graph has to answer to a question about groups. */
export function answerTo(world: World, question: Question, rows = rowsOf(world, question)): unknown {
  const { view, by, bucket, span, having = {}, first = 20 } = question;
  const counted = groupsOf(world, rows, by, bucket);
  const buckets = bucket?.fill ? bucketsBetween(bucket, ...span!) : [];
  const all = bucket?.fill ? filled(counted, buckets, bucket, by.length === 0) : counted;
  const passing = all.filter((group) => comesTo(view, group, bucket, having));
  const nodes = passing.toSorted(comparator(question)).slice(0, first);
  const left = rows.filter((row) => !nodes.some((group) => group.rows.includes(row)));
  return {
    totalCount: passing.length,
    nodes: nodes.map((group) => ({
      key: { ...(bucket && { bucket: group.bucket && shownBucket(group.bucket) }), ...shownKeys(by, group) },
      summary: toldGroup(view, group, bucket),
    })),
    others: left.length === 0 ? null : toldFigures(view, left),
  };
}

function rowsOf(world: World, { view, where }: Question): readonly Row[] {
  return listOf(world, view, where ? { where } : {});
}

function shownBucket({ startDate, endDate }: Bucket) {
  return { startDate, endDate };
}

function shownKeys(by: readonly Place[], { values }: Group) {
  return Object.fromEntries(by.map(({ field, view, column }, index) => [field, shown(view, column, values[index]!)]));
}

function figureOf(view: string, { rows, repeats }: Group, bucket: BucketArgs | undefined, measure: Measure): Value {
  const found = figure(view, repeats ?? rows, measure);
  const isEmpty = rows.length === 0 && bucket?.fill === 'ZERO';
  return isEmpty && isNumber(view, measure) ? (found ?? 0) : found;
}

function isNumber(view: string, { column, name }: Measure): boolean {
  return column === undefined || ['Int', 'Float'].includes(functionsOf(view, column)[name]!);
}

function toldGroup(view: string, { rows, repeats }: Group, bucket: BucketArgs | undefined): unknown {
  const told = toldFigures(view, repeats ?? rows) as Record<string, Record<string, unknown> | number>;
  if (rows.length > 0 || bucket?.fill !== 'ZERO') return told;
  const columns = summedColumns(view).map((column) => {
    const figures = Object.entries(told[fieldOf(column)]!).map(([name, value]) => {
      const fn = /^at\d/.test(name) ? 'percentile' : name;
      return [name, isNumber(view, { column, name: fn }) ? (value ?? 0) : (value as unknown)];
    });
    return [fieldOf(column), Object.fromEntries(figures)];
  });
  return { ...told, ...Object.fromEntries(columns) };
}

function comesTo(view: string, group: Group, bucket: BucketArgs | undefined, where: Where): boolean {
  return Object.entries(where).every(([name, value]) => {
    const holds = (one: Where) => comesTo(view, group, bucket, one);
    if (name === 'not') return !holds(value as Where);
    if (name === 'and') return (value as Where[]).every(holds);
    if (name === 'or') return (value as Where[]).some(holds);
    return figureNamed(view, name, value).every(({ measure, type, operators }) =>
      Object.entries(operators).every(([operator, operand]) =>
        compares(type, figureOf(view, group, bucket, measure), operator, operand),
      ),
    );
  });
}

function comparator({ view, by, bucket, orderBy = [] }: Question): (a: Group, b: Group) => number {
  const asked = orderBy.map(({ key, bucket: time, summary, direction }) => {
    if (summary) {
      const [{ measure, operators }] = figureNamed(view, ...Object.entries(summary)[0]!) as [never];
      return directed(operators, (group) => figureOf(view, group, bucket, measure), compareValues);
    }
    if (time) return directed(time, (group) => group.bucket?.id ?? null, compareKey);
    const at = by.indexOf(key!);
    return directed(direction ?? 'ASC', (group) => group.values[at]!, compareKey);
  });
  if (!bucket && orderBy.length === 0) asked.push(directed('DESC', ({ rows }) => rows.length, compareValues));
  return (a, b) => {
    for (const compare of [...asked, byKeys]) {
      const order = compare(a, b);
      if (order !== 0) return order;
    }
    return 0;
  };
}

function directed(direction: string, valueOf: (group: Group) => Value, compare: (a: Value, b: Value) => number) {
  return (one: Group, other: Group): number => {
    const [a, b] = [valueOf(one), valueOf(other)];
    if (a === null && b === null) return 0;
    if (a === null || b === null) return (a === null) === direction.endsWith('NULLS_FIRST') ? -1 : 1;
    return direction.startsWith('DESC') ? compare(b, a) : compare(a, b);
  };
}

export function pick<T>(choices: Choices, from: readonly T[]): T {
  return from[choices.below(from.length)]!;
}
