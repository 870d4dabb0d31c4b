/**
 * What can be said of many rows at once: of each kind of column a few functions, which summaries show and by which filters and
 * orders ask. Which views have a summary follows from the catalogue.
 */
import { remembered } from './remembered.ts';
import { fieldName, keyColumn, type Column, type Kind, type View } from './view.ts';

export interface Measuring {
  readonly description: string;
  /** What it answers with; of the lowest and the highest it is a value of the column. */
  readonly kind: Extract<Kind, 'int' | 'float' | 'date' | 'dateTime'>;
  /** What it says of no rows: 0, or nothing. */
  readonly ofNone: 0 | null;
}

const counts = {
  count: { kind: 'int', ofNone: 0, description: 'How many rows have a value.' },
  countDistinct: { kind: 'int', ofNone: 0, description: 'How many different values there are.' },
} as const satisfies Record<string, Measuring>;

const numbers = {
  ...counts,
  sum: { kind: 'float', ofNone: 0, description: 'All values added up; 0 where there are none.' },
  avg: { kind: 'float', ofNone: null, description: 'Mean of the values. Null where there are none.' },
  min: { kind: 'float', ofNone: null, description: 'Lowest value. Null where there are none.' },
  max: { kind: 'float', ofNone: null, description: 'Highest value. Null where there are none.' },
  stddev: {
    kind: 'float',
    ofNone: null,
    description: 'How far the values lie from their mean, reckoned as of a sample. Null of fewer than two values.',
  },
  percentile: {
    kind: 'float',
    ofNone: null,
    description: 'The value below which this share of the values lies, between two of them if need be. Null of none.',
  },
} as const satisfies Record<string, Measuring>;

const booleans = {
  count: counts.count,
  countTrue: { kind: 'int', ofNone: 0, description: 'How many rows say yes.' },
  countFalse: { kind: 'int', ofNone: 0, description: 'How many rows say no.' },
  shareTrue: {
    kind: 'float',
    ofNone: null,
    description: 'Those that say yes among those that say anything, from 0 to 1. Null where none does.',
  },
} as const satisfies Record<string, Measuring>;

function moments(kind: 'date' | 'dateTime') {
  return {
    ...counts,
    min: { kind, ofNone: null, description: 'Earliest value. Null where there are none.' },
    max: { kind, ofNone: null, description: 'Latest value. Null where there are none.' },
  } as const satisfies Record<string, Measuring>;
}

/** The types that summarise a column, shared by all views. */
export const columnSummaries = {
  NumberSummary: { description: 'What numbers come to. Rows without a value play no part.', functions: numbers },
  DateTimeSummary: { description: 'Between which moments rows lie.', functions: moments('dateTime') },
  DateSummary: { description: 'Between which days rows lie.', functions: moments('date') },
  BooleanSummary: { description: 'How often yes and how often no.', functions: booleans },
  DistinctSummary: { description: 'How many values there are, and how many different ones.', functions: counts },
} as const;

export type ColumnSummary = keyof typeof columnSummaries;
type NamesIn<S extends ColumnSummary> = keyof (typeof columnSummaries)[S]['functions'];
export type FunctionName = { [S in ColumnSummary]: NamesIn<S> }[ColumnSummary];

/** One function of one column, or how many rows there are. */
export type Measure =
  | { readonly name: 'count' }
  | { readonly column: string; readonly name: Exclude<FunctionName, 'percentile'> }
  | { readonly column: string; readonly name: 'percentile'; readonly at: number };

export function functionsOf(summary: ColumnSummary): ReadonlyMap<FunctionName, Measuring> {
  return functions.get(summary)!;
}

const functions = new Map(
  Object.entries(columnSummaries).map(([name, summary]) => [
    name as ColumnSummary,
    new Map(Object.entries(summary.functions) as [FunctionName, Measuring][]),
  ]),
);

/** The rows of a view are summarised if they are about a student or her session: lists of people and of content are counted only. */
export function hasSummary(view: View): boolean {
  const isAbout = view.columns['student_id'] ?? view.columns['session_id'];
  return isAbout !== undefined && view.deprecated === undefined;
}

export interface SummedColumn {
  readonly column: string;
  readonly facts: Column;
  readonly summary: ColumnSummary;
}

/** The columns of which a summary speaks, by the names of their fields. */
export const summedColumns = remembered(
  (view: View): ReadonlyMap<string, SummedColumn> =>
    new Map(Object.entries(view.columns).flatMap((entry) => summed(view, ...entry))),
);

function summed(view: View, column: string, facts: Column): [string, SummedColumn][] {
  const summary = summaryOfKind[facts.kind];
  // The key is in every row once, and to count what children are called or write says nothing about how they do.
  const saysNothing = column === keyColumn(view) || (facts.isPersonal && facts.kind === 'text');
  return summary && !saysNothing ? [[fieldName(column), { column, facts, summary }]] : [];
}

const summaryOfKind: Readonly<Record<Kind, ColumnSummary | undefined>> = {
  id: 'DistinctSummary',
  enum: 'DistinctSummary',
  text: 'DistinctSummary',
  int: 'NumberSummary',
  float: 'NumberSummary',
  boolean: 'BooleanSummary',
  date: 'DateSummary',
  dateTime: 'DateTimeSummary',
  ids: undefined,
  prose: undefined,
};
