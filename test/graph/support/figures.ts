/** What many rows come to, reckoned in plain code, exactly where it can be: sums as whole numbers of tiny parts. */
import { facts } from '../../catalogue/facts.ts';
import { longTexts, orders } from './keys.ts';
import { columnsOf, enumName, fieldOf, isEnum, typeOf, type Row, type Value } from './world.ts';

export interface Measure {
  /** None for the rows themselves. */
  readonly column?: string;
  readonly name: string;
  readonly at?: number;
}

const counts = { count: 'Int', countDistinct: 'Int' };
const numbers = {
  ...counts,
  sum: 'Float',
  avg: 'Float',
  min: 'Float',
  max: 'Float',
  stddev: 'Float',
  percentile: 'Float',
};

/** Which functions there are for columns of a type, and what they answer with. */
const functions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Int: numbers,
  Float: numbers,
  Boolean: { count: 'Int', countTrue: 'Int', countFalse: 'Int', shareTrue: 'Float' },
  Date: { ...counts, min: 'Date', max: 'Date' },
  DateTime: { ...counts, min: 'DateTime', max: 'DateTime' },
  ID: counts,
  String: counts,
};

/** Rows about a student or her session; what older clients still ask for is left as it was. */
export const summedViews = Object.keys(facts).filter(
  (view) =>
    columnsOf(view).some((one) => one === 'student_id' || one === 'session_id') && view !== 'students_enrollments',
);

/** Names of people, and what is written to them: nothing is counted of these. */
const personal = new Set(['student_guides.student_name', 'student_guides.guide_name', 'recommendations.title']);

export function summedColumns(view: string): readonly string[] {
  const [key, ...others] = orders[view]!.unique;
  return columnsOf(view).filter(
    (column) =>
      typeOf(view, column) !== '[ID]' &&
      !longTexts.has(`${view}.${column}`) &&
      !personal.has(`${view}.${column}`) &&
      (column !== key || others.length > 0),
  );
}

export function functionsOf(view: string, column: string): Readonly<Record<string, string>> {
  const type = typeOf(view, column);
  return isEnum(type) ? counts : functions[type]!;
}

/** What a filter or an order of a summary says of each function that it names. */
export function figureNamed(
  view: string,
  name: string,
  value: unknown,
): { readonly measure: Measure; readonly type: string; readonly operators: never }[] {
  if (name === 'count') return [{ measure: { name }, type: 'Int', operators: value as never }];
  const column = summedColumns(view).find((one) => fieldOf(one) === name)!;
  return Object.entries(value as Record<string, Record<string, unknown>>).map(([fn, operators]) => {
    const measure = { column, name: fn, ...(fn === 'percentile' && { at: operators['at'] as number }) };
    const inner = fn === 'percentile' ? (operators['value'] ?? operators['direction']) : operators;
    return { measure, type: functionsOf(view, column)[fn]!, operators: inner as never };
  });
}

export function figure(view: string, rows: readonly Row[], { column, name, at }: Measure): Value {
  if (column === undefined) return rows.length;
  const type = typeOf(view, column);
  const values = rows.flatMap((row) => row[column] ?? []);
  if (name === 'count') return values.length;
  if (name === 'countDistinct')
    return new Set(isEnum(type) ? values.map((word) => enumName(word as string)) : values).size;
  if (name === 'countTrue') return values.filter((value) => value === true).length;
  if (name === 'countFalse') return values.filter((value) => value === false).length;
  if (name === 'sum') return Number(total(values as number[])) / parts;
  if (values.length === 0) return null;
  if (name === 'shareTrue') return values.filter((value) => value === true).length / values.length;
  const sorted = values.toSorted((a, b) => (a === b ? 0 : a < b ? -1 : 1));
  if (name === 'min') return sorted[0]!;
  if (name === 'max') return sorted.at(-1)!;
  if (name === 'avg') return Number(total(values as number[])) / values.length / parts;
  if (name === 'percentile') return between(sorted as number[], at!);
  if (name === 'stddev') return values.length === 1 ? null : stddev(values as number[]);
  throw new Error(`${name} is no function.`);
}

const parts = 1000;

function whole(value: number): bigint {
  const found = Math.round(value * parts);
  if (Math.abs(found / parts - value) > 1e-9 || !Number.isSafeInteger(found)) throw new Error(`${value} is too fine.`);
  return BigInt(found);
}

function total(values: readonly number[]): bigint {
  return values.reduce((sum, value) => sum + whole(value), 0n);
}

function stddev(values: readonly number[]): number {
  const n = BigInt(values.length);
  const squares = values.reduce((sum, value) => sum + whole(value) ** 2n, 0n);
  return Math.sqrt(Number(n * squares - total(values) ** 2n) / Number(n * (n - 1n))) / parts;
}

function between(sorted: readonly number[], at: number): number {
  const place = at * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return low + (place - Math.floor(place)) * (high - low);
}
