import type { Kind } from './view.ts';

interface Operation {
  readonly description: string;
  /** The values that it is given; of `flag` it is yes or no, whatever the column holds. */
  readonly takes: 'one' | 'several' | 'flag';
  readonly of: (kind: Kind) => boolean;
}

const lists = (kind: Kind) => kind === 'ids';
const values = (kind: Kind) => kind !== 'ids';
const texts = (kind: Kind) => kind === 'text' || kind === 'prose';
const ranges = (kind: Kind) => texts(kind) || ['int', 'float', 'date', 'dateTime'].includes(kind);

/** The conditions on one field, by the kinds of columns that have them. What they are in SQL stands in `loaders/sql/compare.ts`. */
export const operators = {
  has: { of: lists, takes: 'one', description: 'The list holds this id.' },
  hasAny: {
    of: lists,
    takes: 'several',
    description: 'The list holds at least one of these; of none of them, no row does.',
  },
  hasAll: {
    of: lists,
    takes: 'several',
    description: 'The list holds all of these; of none of them, every row does.',
  },
  eq: { of: values, takes: 'one', description: 'Equal to.' },
  ne: { of: values, takes: 'one', description: 'Not equal to. Rows without a value are among them.' },
  in: { of: values, takes: 'several', description: 'Equal to one of these; an empty list means no row.' },
  notIn: {
    of: values,
    takes: 'several',
    description: 'Equal to none of these. Rows without a value are among them.',
  },
  isNull: { of: values, takes: 'flag', description: 'Whether there is no value.' },
  lt: { of: ranges, takes: 'one', description: 'Less than.' },
  lte: { of: ranges, takes: 'one', description: 'Less than or equal to.' },
  gt: { of: ranges, takes: 'one', description: 'Greater than.' },
  gte: { of: ranges, takes: 'one', description: 'Greater than or equal to.' },
  startsWith: {
    of: texts,
    takes: 'one',
    description: 'Begins with these letters, upper or lower case. No character has a special meaning.',
  },
  contains: {
    of: texts,
    takes: 'one',
    description: 'Contains these letters, upper or lower case. No character has a special meaning.',
  },
} as const satisfies Readonly<Record<string, Operation>>;

export type Operator = keyof typeof operators;

export function operatorsOf(kind: Kind): readonly [Operator, Operation][] {
  return (Object.entries(operators) as [Operator, Operation][]).filter(([, { of }]) => of(kind));
}
