/**
 * The algebra of lists in plain code: what a filter lets pass, how an order sorts, where an edge leads. It works on rows that
 * were read beforehand and shares nothing with the statements that the graph writes.
 */
import { facts } from '../../catalogue/facts.ts';
import { compares, compareTexts, compareValues } from './compare.ts';
import { figure, figureNamed } from './figures.ts';
import { bridges, keys, longTexts, openKeys, orders } from './keys.ts';
import { columnsOf, fieldOf, isEnum, md5, typeOf } from './world.ts';
import type { Row, Value, World } from './world.ts';

export interface Way {
  readonly name: string;
  readonly many: boolean;
  /** The view and the column that it ends at; several where the key does not say what it means. */
  readonly ends: readonly (readonly [view: string, column: string])[];
  readonly from: string;
  readonly bridge?: readonly [view: string, near: string, far: string];
}

function keyOf(view: string): string {
  return view === 'curriculum_items' ? 'curriculum_item_id' : 'id';
}

function split(path: string): [view: string, column: string] {
  const [view, column] = path.split('.');
  return [view!, column!];
}

function endsOf(to: string): [view: string, column: string][] {
  return to in openKeys ? openKeys[to]!.map((view) => [view, keyOf(view)]) : [split(to)];
}

const waysByView = new Map<string, Way[]>(Object.keys(facts).map((view) => [view, []]));
function addWay(view: string, name: string, way: Omit<Way, 'name' | 'many'>) {
  waysByView.get(view)!.push({ ...way, name: name.replace('*', ''), many: name.endsWith('*') });
}
for (const [from, to, there, back] of keys) {
  const [view, column] = split(from);
  addWay(view, there, { from: column, ends: endsOf(to) });
  for (const [end, key] of endsOf(to)) addWay(end, back, { from: key, ends: [[view, column]] });
}
for (const [bridge, near, far, name] of bridges) {
  const meaning = (column: string) => endsOf(keys.find(([from]) => from === `${bridge}.${column}`)![1]);
  for (const [view, key] of meaning(near)) {
    addWay(view, name, { from: key, ends: meaning(far), bridge: [bridge, near, far] });
  }
}

export function waysOf(view: string): readonly Way[] {
  return waysByView.get(view)!;
}

export interface Found {
  readonly view: string;
  readonly row: Row;
}

const always = () => true;

/** The rows that a way leads to, each once. `holds` is asked of the bridge where there is one, else of the rows themselves. */
export function reach(world: World, way: Way, start: Row, holds: (row: Row) => boolean = always): readonly Found[] {
  const from = start[way.from] as string | readonly string[] | null;
  const starts = new Set(typeof from === 'string' ? [from] : (from ?? []));
  const keysThere = way.bridge ? new Set([...starts].flatMap((key) => across(world, way.bridge!, key, holds))) : starts;
  return [...keysThere].flatMap((key) =>
    way.ends.flatMap(([view, column]) =>
      world
        .withKey(view, column, key)
        .filter(way.bridge ? always : holds)
        .map((row) => ({ view, row })),
    ),
  );
}

function across(
  world: World,
  [view, near, far]: NonNullable<Way['bridge']>,
  key: string,
  holds: (row: Row) => boolean,
): string[] {
  return world
    .withKey(view, near, key)
    .filter((row) => view !== 'resource_relations' || row['relationship_type'] === 'isPartOf')
    .filter(holds)
    .flatMap((row) => (row[far] === null ? [] : [row[far] as string]));
}

export type Where = { readonly [name: string]: unknown };

/** Whether a row passes a filter: yes or no, whatever is missing. */
export function passes(world: World, view: string, row: Row, where: Where): boolean {
  return Object.entries(where).every(([name, value]) => {
    const connected = connective(name, value, (one) => passes(world, view, row, one));
    if (connected !== undefined) return connected;
    const way = waysOf(view).find((one) => one.name === name);
    if (way) return leads(world, way, row, value as Where);
    const column = columnsOf(view).find((one) => fieldOf(one) === name);
    if (!column) throw new Error(`${view} has no ${name}.`);
    return Object.entries(value as Where).every(([operator, operand]) =>
      compares(typeOf(view, column), row[column]!, operator, operand),
    );
  });
}

function connective(name: string, value: unknown, asks: (where: Where) => boolean): boolean | undefined {
  if (name === 'not') return !asks(value as Where);
  if (name === 'and') return (value as Where[]).every(asks);
  if (name === 'or') return (value as Where[]).some(asks);
  return undefined;
}

function leads(world: World, way: Way, row: Row, where: Where): boolean {
  const found = reach(world, way, row);
  const asks = (one: Found, filter: Where): boolean =>
    way.ends.length > 1 ? isResource(world, one, filter) : passes(world, one.view, one.row, filter);
  if (!way.many) return found.some((one) => asks(one, where));
  return Object.entries(where).every(([quantifier, filter]) => {
    const test = (one: Found) => asks(one, filter as Where);
    if (quantifier === 'some') return found.some(test);
    if (quantifier === 'every') return found.every(test);
    if (quantifier === 'none') return !found.some(test);
    if (quantifier === 'aggregate') return comesTo(world, way, found, filter as Where);
    throw new Error(`${quantifier} is no quantifier.`);
  });
}

/** What those of them that pass come to, all together, and so of none of them, too. */
function comesTo(world: World, way: Way, found: readonly Found[], { where = {}, summary }: Where): boolean {
  const [view] = way.ends[0]!;
  const rows = found.map(({ row }) => row).filter((row) => passes(world, view, row, where as Where));
  const holds = (asked: Where): boolean =>
    Object.entries(asked).every(
      ([name, value]) =>
        connective(name, value, holds) ??
        figureNamed(view, name, value).every(({ measure, type, operators }) =>
          Object.entries(operators).every(([operator, operand]) =>
            compares(type, figure(view, rows, measure), operator, operand),
          ),
        ),
    );
  return holds(summary as Where);
}

/** Each key names a type: the row is of that type and passes its filter. */
function isResource(world: World, one: Found, where: Where): boolean {
  return Object.entries(where).every(([name, value]) => {
    const connected = connective(name, value, (filter) => isResource(world, one, filter));
    if (connected !== undefined) return connected;
    const { type } = facts[one.view]!;
    return name === type[0]!.toLowerCase() + type.slice(1) && passes(world, one.view, one.row, value as Where);
  });
}

interface Key {
  readonly valueOf: (row: Row) => Value;
  readonly compare: (a: Value, b: Value) => number;
  readonly isDescending: boolean;
  readonly nullsFirst: boolean;
}

export type OrderBy = readonly Where[];

/** The order of a list: what was asked for, then what the view declares, then whatever tells rows apart. */
export function comparator(world: World, view: string, orderBy: OrderBy): (a: Row, b: Row) => number {
  const { order, unique } = orders[view]!;
  const declared = order.split(', ').map((term) => {
    const [column, direction = 'asc'] = term.split(' ');
    return columnKey(world, view, column!, direction.toUpperCase());
  });
  const apart = unique.length > 0 ? unique : columnsOf(view).filter((column) => typeOf(view, column) !== '[ID]');
  const all = [
    ...orderBy.map((one) => askedKey(world, view, one)),
    ...declared,
    ...apart.map((column) => columnKey(world, view, column, 'ASC')),
  ];
  return (a, b) => {
    for (const { valueOf, compare, isDescending, nullsFirst } of all) {
      const [left, right] = [valueOf(a), valueOf(b)];
      if (left === null && right === null) continue;
      if (left === null || right === null) return (left === null) === nullsFirst ? -1 : 1;
      const order = compare(left, right);
      if (order !== 0) return isDescending ? -order : order;
    }
    return 0;
  };
}

function columnKey(world: World, view: string, column: string, direction: string): Key {
  const type = typeOf(view, column);
  const isLong = longTexts.has(`${view}.${column}`);
  const byRank = type === 'ID' || isEnum(type);
  return {
    valueOf: (row) => (isLong && row[column] !== null ? md5(row[column] as string) : row[column]!),
    compare: (a, b) => {
      if (byRank) return world.rank(a as string) - world.rank(b as string);
      return type === 'String' && !isLong ? compareTexts(a as string, b as string) : compareValues(a, b);
    },
    ...directed(direction),
  };
}

function directed(direction: string): Pick<Key, 'isDescending' | 'nullsFirst'> {
  return { isDescending: direction.startsWith('DESC'), nullsFirst: direction.endsWith('NULLS_FIRST') };
}

function askedKey(world: World, view: string, one: Where): Key {
  const [[name, value]] = Object.entries(one) as [[string, unknown]];
  const way = waysOf(view).find((known) => known.name === name);
  if (!way)
    return columnKey(
      world,
      view,
      columnsOf(view).find((column) => fieldOf(column) === name)!,
      value as string,
    );
  const [end] = way.ends[0]!;
  if (way.many) {
    const { where = {}, summary } = value as Where;
    const [{ measure, operators: direction }] = figureNamed(end, ...Object.entries(summary as Where)[0]!) as [never];
    return {
      valueOf: (row) => {
        const rows = reach(world, way, row).map((one) => one.row);
        return figure(
          end,
          rows.filter((one) => passes(world, end, one, where as Where)),
          measure,
        );
      },
      compare: compareValues,
      ...directed(direction),
    };
  }
  const there = askedKey(world, end, value as Where);
  return {
    ...there,
    valueOf: (row) => {
      const [found] = reach(world, way, row);
      return found ? there.valueOf(found.row) : null;
    },
  };
}

/** No begin is always, no end is still; on the day of the end it no longer holds. */
export function holdsOn(day: string | undefined): (row: Row) => boolean {
  return (row) => {
    if (day === undefined || !('begin_date' in row)) return true;
    const [begin, end] = [row['begin_date'] as string | null, row['end_date'] as string | null];
    return (begin === null || begin <= day) && (end === null || day < end);
  };
}

export interface ListArgs {
  readonly where?: Where;
  readonly orderBy?: OrderBy;
  readonly asOf?: string;
}

/** A list of a whole view, all of it and in order. */
export function listOf(world: World, view: string, { where = {}, orderBy = [], asOf }: ListArgs = {}): readonly Row[] {
  return world
    .rows(view)
    .filter((row) => holdsOn(asOf)(row) && passes(world, view, row, where))
    .toSorted(comparator(world, view, orderBy));
}

/** The list that an edge leads to from a row. */
export function listAlong(
  world: World,
  way: Way,
  start: Row,
  { where = {}, orderBy = [], asOf }: ListArgs = {},
): readonly Row[] {
  const [view] = way.ends[0]!;
  return reach(world, way, start, holdsOn(asOf))
    .map(({ row }) => row)
    .filter((row) => passes(world, view, row, where))
    .toSorted(comparator(world, view, orderBy));
}
