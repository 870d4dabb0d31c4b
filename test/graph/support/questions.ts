/**
 * Filters and orders of every shape, made from a source of choices: a generator that shrinks what fails, or a fixed row of
 * numbers. What a filter compares with is mostly taken from the rows, so that it has something to find.
 */
import { vocabularies } from '../../catalogue/facts.ts';
import { waysOf, type OrderBy, type Way, type Where } from './oracle.ts';
import { longTexts } from './keys.ts';
import { columnsOf, enumName, fieldOf, isEnum, shown, typeOf, type World } from './world.ts';

export interface Choices {
  below(limit: number): number;
}

function pick<T>(choices: Choices, from: readonly T[]): T {
  return from[choices.below(from.length)]!;
}

const ofAll = ['eq', 'ne', 'in', 'notIn', 'isNull'];
const ofRanges = ['lt', 'lte', 'gt', 'gte'];

/** The operators of a type, as the description of the lists has them. */
export function operatorsOf(type: string): string[] {
  if (type === '[ID]') return ['has', 'hasAny', 'hasAll'];
  if (type === 'String') return [...ofAll, ...ofRanges, 'startsWith', 'contains'];
  return ['Int', 'Float', 'Date', 'DateTime'].includes(type) ? [...ofAll, ...ofRanges] : ofAll;
}

export const directions = ['ASC', 'DESC', 'ASC_NULLS_FIRST', 'ASC_NULLS_LAST', 'DESC_NULLS_FIRST', 'DESC_NULLS_LAST'];

const strangers: Readonly<Record<string, readonly unknown[]>> = {
  '[ID]': ['', 'no uuid', '00000000-0000-4000-8000-000000000000'],
  Boolean: [true, false],
  Date: ['0001-01-01', '2025-06-16', '9999-12-31'],
  DateTime: ['0001-01-01T00:00:00Z', '2025-06-16T11:55:00.000001+02:00', '9999-12-31T23:59:59.999999Z'],
  Float: [0, -0.5, 1e300, 1e-300, 87.5],
  ID: ['', 'no uuid', '00000000-0000-4000-8000-000000000000', "' or true --"],
  Int: [0, -2147483648, 2147483647],
  String: ['', '%', '_', '\\', 'zzz', '"', "'", 'é', 'ß', '\u{1f600}'],
};

/** What a column can be compared with: what stands in it, and a few things that do not. */
export function operandsOf(world: World, view: string, column: string): readonly unknown[] {
  const type = typeOf(view, column);
  if (isEnum(type)) return [...vocabularies[type]!.map(enumName), 'OTHER'];
  const held = new Set(
    world
      .rows(view)
      .slice(0, 500)
      .flatMap((row) => shown(view, column, row[column]!) ?? []),
  );
  return [...held, ...strangers[type]!];
}

function part(choices: Choices, text: string): string {
  const letters = Array.from(text);
  const start = choices.below(letters.length + 1);
  const found = letters.slice(start, start + choices.below(4)).join('');
  return pick(choices, [found, found.toUpperCase(), found.toLowerCase()]);
}

export function operand(choices: Choices, world: World, view: string, column: string, operator: string): unknown {
  if (operator === 'isNull') return choices.below(2) === 0;
  const one = () => pick(choices, operandsOf(world, view, column));
  if (operator === 'startsWith' || operator === 'contains') return part(choices, one() as string);
  if (!['in', 'notIn', 'hasAny', 'hasAll'].includes(operator)) return one();
  return Array.from({ length: choices.below(4) }, one);
}

function columnWhere(choices: Choices, world: World, view: string): Where {
  const column = pick(choices, columnsOf(view));
  const all = operatorsOf(typeOf(view, column));
  const operators = Array.from({ length: 1 + choices.below(2) }, () => pick(choices, all));
  return {
    [fieldOf(column)]: Object.fromEntries(operators.map((one) => [one, operand(choices, world, view, column, one)])),
  };
}

/** A filter of a view, nested up to `depth`. */
export function whereOf(choices: Choices, world: World, view: string, depth: number): Where {
  const terms = Array.from({ length: choices.below(10) === 0 ? 0 : 1 + choices.below(2) }, () => {
    const shape = depth === 0 ? 0 : choices.below(8);
    if (shape < 3) return columnWhere(choices, world, view);
    if (shape < 5) return connected(choices, (deeper) => whereOf(choices, world, view, deeper), depth);
    const ways = waysOf(view);
    return ways.length === 0 ? columnWhere(choices, world, view) : wayWhere(choices, world, pick(choices, ways), depth);
  });
  return Object.assign({}, ...terms) as Where;
}

function connected(choices: Choices, inner: (depth: number) => Where, depth: number): Where {
  const word = pick(choices, ['and', 'or', 'not']);
  if (word === 'not') return { not: inner(depth - 1) };
  return { [word]: Array.from({ length: choices.below(3) }, () => inner(depth - 1)) };
}

export const quantifiers = ['some', 'every', 'none'];

export function wayWhere(choices: Choices, world: World, way: Way, depth: number): Where {
  const inner = (deeper: number) => endWhere(choices, world, way, deeper);
  if (!way.many) return { [way.name]: inner(depth - 1) };
  return { [way.name]: { [pick(choices, quantifiers)]: inner(depth - 1) } };
}

/** A filter of whatever stands at the end of a way. */
export function endWhere(choices: Choices, world: World, way: Way, depth: number): Where {
  if (way.ends.length === 1) return whereOf(choices, world, way.ends[0]![0], depth);
  if (depth > 0 && choices.below(3) === 0) {
    return connected(choices, (deeper) => endWhere(choices, world, way, deeper), depth);
  }
  if (choices.below(6) === 0) return {};
  const [view] = pick(choices, way.ends);
  return { [memberName(view)]: whereOf(choices, world, view, Math.max(0, depth - 1)) };
}

/** `curriculum_items` is `curriculumItem`: the views of content have regular plurals. */
export function memberName(view: string): string {
  return fieldOf(view).replace(/s$/, '');
}

/** Every key that a list can be ordered by: columns, and columns at the end of ways to one, up to `depth` steps away. */
export function sortKeys(view: string, depth: number): readonly (readonly string[])[] {
  const own = columnsOf(view).filter(
    (column) => typeOf(view, column) !== '[ID]' && !longTexts.has(`${view}.${column}`),
  );
  const ways = depth === 0 ? [] : waysOf(view).filter((way) => !way.many && way.ends.length === 1);
  return [
    ...own.map((column) => [fieldOf(column)]),
    ...ways.flatMap((way) => sortKeys(way.ends[0]![0], depth - 1).map((path) => [way.name, ...path])),
  ];
}

export function sortedBy(path: readonly string[], direction: string): Where {
  return path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), direction) as Where;
}

/** One to three keys. */
export function orderByOf(choices: Choices, view: string): OrderBy {
  const near = sortKeys(view, 1);
  return Array.from({ length: 1 + choices.below(3) }, () =>
    sortedBy(pick(choices, choices.below(4) === 0 ? sortKeys(view, 2) : near), pick(choices, directions)),
  );
}
