/** Questions about groups of every shape, and how the graph is asked them. */
import { facts } from '../../catalogue/facts.ts';
import type { TestGraph } from '../../support/graph.ts';
import { functionsOf, summedColumns } from './figures.ts';
import {
  dimensionsOf,
  memberOf,
  pick,
  timesOf,
  timeAt,
  units,
  type BucketArgs,
  type GroupOrder,
  type Place,
  type Question,
} from './groups.ts';
import { dataOf } from './lists.ts';
import { listOf, type Where } from './oracle.ts';
import { directions, whereOf, type Choices } from './questions.ts';
import { allFigures, rounded, summaryWhere } from './summaries.ts';
import { fieldOf, typeOf, type World } from './world.ts';

export const zones = ['America/Chicago', 'Europe/Berlin', 'Pacific/Auckland', 'Asia/Kathmandu', 'UTC'] as const;

/** The arguments of groups, as variables that all begin with `prefix`. */
function passed(prefix: string, { view, by, bucket, having, orderBy, first }: Question) {
  const { type } = facts[view]!;
  const args = {
    by: [`[${type}Dimension!]`, by.map(memberOf)],
    bucket: [`${type}Bucket`, bucket && { ...bucket, of: memberOf(bucket.of) }],
    having: [`${type}SummaryFilter`, having],
    orderBy: [
      `[${type}GroupOrder!]`,
      orderBy?.map(({ key, ...rest }) => ({ ...rest, ...(key && { key: memberOf(key) }) })),
    ],
    first: ['Int', first],
  } as const;
  const given = Object.entries(args).filter(([, [, value]]) => value !== undefined);
  return {
    list: given.map(([name]) => `${name}: $${prefix}${name}`).join(', '),
    declared: given.map(([name, [declared]]) => `$${prefix}${name}: ${declared}`),
    values: Object.fromEntries(given.map(([name, [, value]]) => [`${prefix}${name}`, value])),
  };
}

export function groupsField(prefix: string, question: Question) {
  const { list, declared, values } = passed(prefix, question);
  const { view, by, bucket } = question;
  const keys = [...(bucket ? ['bucket { startDate endDate }'] : []), ...by.map(({ field }) => field)].join(' ');
  const figures = allFigures(view);
  const others = figures.replace('summary', 'others');
  return { field: `groups(${list}) { totalCount nodes { key { ${keys} } ${figures} } ${others} }`, declared, values };
}

/** What the graph answers to questions about lists of whole views. */
export async function askGroups(graph: TestGraph, world: World, questions: readonly Question[]): Promise<unknown[]> {
  const parts = questions.map((question, index) => {
    const { field, declared, values } = groupsField(`q${index}_`, question);
    const { rootField, type } = facts[question.view]!;
    const { where } = question;
    return {
      field: `q${index}: ${rootField}${where ? `(where: $q${index}_where)` : ''} { ${field} }`,
      declared: [...declared, ...(where ? [`$q${index}_where: ${type}Filter`] : [])],
      values: { ...values, ...(where && { [`q${index}_where`]: where }) },
    };
  });
  const declared = parts.flatMap((part) => part.declared).join(', ');
  const answer = await graph.run(`query (${declared}) { ${parts.map(({ field }) => field).join('\n')} }`, {
    as: world.scope,
    variables: Object.assign({}, ...parts.map(({ values }) => values)),
  });
  const data = dataOf(answer, questions);
  return questions.map((_, index) => rounded(data[`q${index}`].groups));
}

const hourMs = 3_600_000;
const lengths = { HOUR: 1, DAY: 24, WEEK: 7 * 24, MONTH: 31 * 24, QUARTER: 92 * 24, YEAR: 366 * 24 } as const;

function bucketFor(choices: Choices, of: Place, unit = pick(choices, units)): BucketArgs {
  const isDate = typeOf(of.view, of.column) === 'Date';
  return {
    of,
    unit: isDate && unit === 'HOUR' ? 'DAY' : unit,
    ...(!isDate && { zone: pick(choices, zones) }),
    weekStart: pick(choices, ['MONDAY', 'SUNDAY'] as const),
  };
}

/** The filter that sets both ends of buckets, and the first and the last time in them. */
function bounded(
  choices: Choices,
  world: World,
  view: string,
  bucket: BucketArgs,
): Pick<Question, 'where' | 'span'> | undefined {
  const times = listOf(world, view).flatMap((row) => timeAt(world, bucket.of, row) ?? []);
  if (times.length === 0) return undefined;
  const start = pick(choices, times);
  const length = choices.below(20) * lengths[bucket.unit] * hourMs;
  const from = (typeof start === 'string' ? Date.parse(start) : start) - (length >> 1);
  const isDate = typeof start === 'string';
  const [first, last] = [from, from + length].map((time) => new Date(time).toISOString());
  const { way, column } = bucket.of;
  const bounds = isDate
    ? { gte: first!.slice(0, 10), lte: last!.slice(0, 10) }
    : pick(choices, [
        { gte: first, lt: last },
        { gt: first, lte: last },
      ]);
  const condition = { [fieldOf(column)]: bounds };
  const where = way ? { [way.name]: condition } : condition;
  const isOpen = 'lt' in bounds;
  // A second filter of the same time would bring the ends closer.
  const beside = whereOf(choices, world, view, 1);
  const isAlone = choices.below(2) === 0 || JSON.stringify(beside).includes(`"${fieldOf(column)}"`);
  return {
    where: isAlone ? where : { and: [beside, { and: [where] }] },
    span: isDate ? [bounds.gte!, bounds.lte!] : [from, from + length - (isOpen ? 1 : 0)],
  };
}

function summaryOrder(choices: Choices, view: string): Where {
  const direction = pick(choices, directions);
  const column = pick(choices, [undefined, ...summedColumns(view)]);
  if (column === undefined) return { count: direction };
  const name = pick(choices, Object.keys(functionsOf(view, column)));
  return { [fieldOf(column)]: { [name]: name === 'percentile' ? { at: 0.5, direction } : direction } };
}

function orderOf(choices: Choices, { view, by, bucket }: Question): GroupOrder {
  const shape = choices.below(3);
  if (shape === 0 && by.length > 0) {
    const direction = pick(choices, [undefined, ...directions]);
    return { key: pick(choices, by), ...(direction && { direction }) };
  }
  if (shape === 1 && bucket) return { bucket: pick(choices, directions) };
  return { summary: summaryOrder(choices, view) };
}

/** Groups by anything, in any order, some of them. */
export function questionOf(choices: Choices, world: World, view: string): Question {
  const dimensions = dimensionsOf(view);
  const time = choices.below(3) > 0 ? bucketFor(choices, pick(choices, timesOf(view))) : undefined;
  const by = Array.from({ length: choices.below(4) - (time ? 1 : 0) }, () => pick(choices, dimensions));
  const span = time && choices.below(2) === 0 ? bounded(choices, world, view, time) : undefined;
  const bucket = time && span ? { ...time, fill: pick(choices, ['ZERO', 'NULL', 'PREVIOUS'] as const) } : time;
  const plain: Question = {
    view,
    by: by.length > 0 || bucket ? [...new Set(by)] : [pick(choices, dimensions)],
    ...(choices.below(2) === 0 && { where: whereOf(choices, world, view, 1) }),
    ...(bucket && { bucket }),
    ...span,
  };
  return {
    ...plain,
    ...(choices.below(3) === 0 && { having: summaryWhere(choices, world, view) }),
    ...(choices.below(2) === 0 && { orderBy: Array.from({ length: choices.below(3) }, () => orderOf(choices, plain)) }),
    ...(choices.below(3) > 0 && { first: choices.below(6) }),
  };
}

/** Buckets with gaps, filled in every way, by themselves and for each of the values of a dimension. */
export function everyFill(choices: Choices, world: World, view: string): Question[] {
  return timesOf(view).flatMap((of) =>
    (['ZERO', 'NULL', 'PREVIOUS'] as const).flatMap((fill): Question[] => {
      const bucket = bucketFor(choices, of, pick(choices, ['DAY', 'WEEK', 'MONTH'] as const));
      const span = bounded(choices, world, view, bucket);
      if (!span) return [];
      const plain = { view, by: [], bucket: { ...bucket, fill }, first: 1000, ...span };
      return [plain, { ...plain, by: [pick(choices, dimensionsOf(view))] }];
    }),
  );
}

/** Every unit of a time, each in one of the zones. */
export function everyBucket(choices: Choices, of: Place): BucketArgs[] {
  const isDate = typeOf(of.view, of.column) === 'Date';
  return units.filter((unit) => !isDate || unit !== 'HOUR').map((unit) => bucketFor(choices, of, unit));
}
