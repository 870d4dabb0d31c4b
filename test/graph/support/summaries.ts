import type { Scope } from '../../../src/scope.ts';
import type { TestGraph } from '../../support/graph.ts';
import { figure, functionsOf, summedColumns, summedViews, type Measure } from './figures.ts';
import { askLists } from './lists.ts';
import { waysOf, type ListArgs, type OrderBy, type Way, type Where } from './oracle.ts';
import { directions, operandsOf, operatorsOf, whereOf, type Choices } from './questions.ts';
import { fieldOf, shown, type Row, type Value, type World } from './world.ts';

const shares = [0, 0.25, 0.5, 0.9, 1];

/** Every function of every column. */
export function allFigures(view: string): string {
  const columns = summedColumns(view).map((column) => {
    const names = Object.keys(functionsOf(view, column)).map((name) =>
      name === 'percentile' ? shares.map((at) => `at${at * 100}: percentile(at: ${at})`).join(' ') : name,
    );
    return `${fieldOf(column)} { ${names.join(' ')} }`;
  });
  return `summary { count ${columns.join(' ')} }`;
}

/** What the graph has to answer to that of these rows. */
export function toldFigures(view: string, rows: readonly Row[]): unknown {
  const columns = summedColumns(view).map((column) => {
    const told = Object.keys(functionsOf(view, column)).flatMap((name) =>
      name === 'percentile'
        ? shares.map((at) => [`at${at * 100}`, figure(view, rows, { column, name, at })])
        : [[name, toldFigure(view, column, figure(view, rows, { column, name }))]],
    );
    return [fieldOf(column), Object.fromEntries(told)];
  });
  return { count: rows.length, ...Object.fromEntries(columns) };
}

/** Days and moments as the column shows them; numbers as they are, whatever they count. */
function toldFigure(view: string, column: string, held: Value): unknown {
  return typeof held === 'number' ? held : shown(view, column, held);
}

/** Divisions and roots may differ in the last digit that a number holds; what is counted, added or found must not. */
export function rounded(figures: unknown): unknown {
  const inexact = ['avg', 'stddev', 'shareTrue', ...shares.map((at) => `at${at * 100}`)];
  const text = JSON.stringify(figures, (name, value: unknown) =>
    inexact.includes(name) && typeof value === 'number' ? Number(value.toPrecision(12)) : value,
  );
  return JSON.parse(text);
}

/** The summaries of lists of a view. */
export async function askSummaries(graph: TestGraph, view: string, args: readonly ListArgs[], as: Scope) {
  const { lists } = await askLists(
    graph,
    args.map((one) => ({ view, ...one })),
    { as, selected: allFigures },
  );
  return (lists as { summary: unknown }[]).map(({ summary }) => rounded(summary));
}

function pick<T>(choices: Choices, from: readonly T[]): T {
  return from[choices.below(from.length)]!;
}

/** One function of one column and the type of its value, or the rows themselves. */
function anyMeasure(choices: Choices, view: string): Measure & { type: string } {
  const measures = summedViews.includes(view)
    ? summedColumns(view).flatMap((column) =>
        Object.entries(functionsOf(view, column)).map(([name, type]) => ({ column, name, type })),
      )
    : [];
  if (measures.length === 0 || choices.below(4) === 3) return { name: 'count', type: 'Int' };
  // The function first: most columns are only counted.
  const name = pick(choices, [...new Set(measures.map((one) => one.name))]);
  const measure = pick(
    choices,
    measures.filter((one) => one.name === name),
  );
  return { ...measure, ...(name === 'percentile' && { at: pick(choices, shares) }) };
}

/** As the measure stands in a filter or an order of a summary. */
function said({ column, name, at }: Measure, what: unknown, under: 'value' | 'direction'): Where {
  if (column === undefined) return { count: what };
  return { [fieldOf(column)]: { [name]: name === 'percentile' ? { at, [under]: what } : what } };
}

export function summaryWhere(choices: Choices, world: World, view: string, depth = 1): Where {
  if (depth > 0 && summedViews.includes(view) && choices.below(4) === 0) {
    const inner = () => summaryWhere(choices, world, view, depth - 1);
    return pick<() => Where>(choices, [() => ({ not: inner() }), () => ({ or: [inner(), inner()] })])();
  }
  const { type, ...measure } = anyMeasure(choices, view);
  const operator = pick(choices, operatorsOf(type));
  const one = () => anyOperand(choices, world, view, measure, type);
  if (operator === 'isNull') return said(measure, { isNull: choices.below(2) === 0 }, 'value');
  return said(measure, { [operator]: ['in', 'notIn'].includes(operator) ? [one(), one()] : one() }, 'value');
}

/** Mostly something that some rows come to; where a last digit could decide, something beside it. */
function anyOperand(choices: Choices, world: World, view: string, measure: Measure, type: string): unknown {
  if (type === 'Int') return choices.below(6);
  if (type !== 'Float') return pick(choices, operandsOf(world, view, measure.column!));
  const rows = world.rows(view);
  const start = choices.below(rows.length);
  const found = figure(view, rows.slice(start, start + 1 + choices.below(4)), measure) as number | null;
  const isExact = ['sum', 'min', 'max'].includes(measure.name);
  return isExact ? (found ?? 0) : Math.round((found ?? 0) * 1000) / 1000 + 0.0005;
}

export function waysToMany(view: string): readonly Way[] {
  return waysOf(view).filter(({ many, ends }) => many && ends.length === 1);
}

/** Mostly one to rows that have a summary: of the others there is only the number. */
export function anyWayToMany(choices: Choices, view: string): Way {
  const ways = waysToMany(view);
  const summed = ways.filter(({ ends }) => summedViews.includes(ends[0]![0]));
  return pick(choices, summed.length > 0 && choices.below(4) < 3 ? summed : ways);
}

/** The rows of a list whose summaries have a filter of their own: those of the others are only counted. */
function some(choices: Choices, world: World, view: string): { where?: Where } {
  return summedViews.includes(view) && choices.below(2) === 0 ? { where: whereOf(choices, world, view, 1) } : {};
}

export function aggregateWhere(choices: Choices, world: World, way: Way): Where {
  const [view] = way.ends[0]!;
  return { [way.name]: { aggregate: { ...some(choices, world, view), summary: summaryWhere(choices, world, view) } } };
}

export function aggregateOrder(choices: Choices, world: World, way: Way): OrderBy[number] {
  const [view] = way.ends[0]!;
  const summary = said(anyMeasure(choices, view), pick(choices, directions), 'direction');
  return { [way.name]: { ...some(choices, world, view), summary } };
}

/** Every function of every column, upwards or downwards. */
export function everyOrder(way: Way, direction: string): OrderBy {
  const [view] = way.ends[0]!;
  const measures = summedViews.includes(view)
    ? summedColumns(view).flatMap((column) =>
        Object.keys(functionsOf(view, column)).map((name): Measure => ({ column, name, at: 0.5 })),
      )
    : [];
  return [{ name: 'count' }, ...measures].map((measure) => ({
    [way.name]: { summary: said(measure, direction, 'direction') },
  }));
}
