import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOf } from '../../src/errors.ts';
import { openGraph, type Answer, type TestGraph } from '../support/graph.ts';
import { smallData } from './support/smallData.ts';
import { createTables, schema, type Tables } from './support/tables.ts';

let tables: Tables;
let graph: TestGraph;
let cursors: readonly string[];
beforeAll(async () => {
  tables = await createTables('usual', smallData());
  graph = await openGraph(tables.url, { schema });
  const { data } = await graph.run('{ sessions { edges { cursor } } }');
  cursors = (data.sessions.edges as { cursor: string }[]).map(({ cursor }) => cursor).slice(2, 4);
});
afterAll(async () => {
  await graph.close();
  await tables.drop();
});

/** Where lists are asked for: once, of each of several rows, and in groups. */
const places = {
  'a list': (field: string) => `{ ${field} }`,
  'a list of each of several rows': (field: string) => `{ students(first: 4) { nodes { ${field} } } }`,
  'groups of a list': (field: string) => `{ sessions { ${field} } }`,
};
type Place = keyof typeof places;

const numbers = ['0', '-0', '0.5', '5e-1', '1e400', '-1e400', '1e308'];
const texts = ['undefined', 'null', '', '0', '"', '\\"', '[]'];

/** Arguments that are nearly the same: written otherwise, or equal to what stands for nothing. */
function argumentsOf(place: Place): readonly string[] {
  const comparisons = [...numbers, 'null'].flatMap((number) => [`{ gt: ${number} }`, `{ lt: ${number} }`]);
  if (place === 'groups of a list') {
    const having = [
      ...comparisons.map((condition) => `sum: ${condition}`),
      ...numbers.map((at) => `percentile: { at: ${at}, value: { gt: 60 } }`),
    ];
    return [
      '',
      ', first: 1',
      ', having: null',
      ...having.map((one) => `, having: { durationSec: { ${one} } }`),
    ].flatMap((rest) => [`by: [DATE]${rest}`, `by: [LEARNING_APP_ID]${rest}`]);
  }
  const where = [
    'null',
    '{}',
    ...comparisons.map((condition) => `{ durationSec: ${condition} }`),
    ...numbers.map((number) => `{ durationSec: { in: [1, ${number}] } }`),
    ...texts.map((text) => `{ id: { ne: ${JSON.stringify(text)} } }`),
    ...['[]', '["a", "b"]', '["a,b"]'].flatMap((list) => [`{ id: { in: ${list} } }`, `{ id: { notIn: ${list} } }`]),
  ];
  return [
    'first: 0',
    'first: 2',
    'last: 2',
    'first: 2, after: null',
    ...[...texts, ...cursors].flatMap((text) => [
      `first: 2, after: ${JSON.stringify(text)}`,
      `last: 2, before: ${JSON.stringify(text)}`,
    ]),
    ...where.map((one) => `where: ${one}`),
    ...numbers.map(
      (at) =>
        `orderBy: [{ wasteInsights: { summary: { wasteDurationSec: { percentile: { at: ${at}, direction: ASC } } } } }]`,
    ),
  ];
}

function fieldOf(place: Place, name: string, args: string): string {
  if (place === 'groups of a list') return `${name}: groups(${args}) { totalCount nodes { summary { count } } }`;
  return `${name}: sessions(${args}) {
    totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    summary { durationSec { sum } }
  }`;
}

/** What an answer says under one alias, wherever that stands. */
function under(alias: string, { data, errors = [] }: Answer): string {
  const values: unknown[] = [];
  JSON.stringify(data, (name, value: unknown) => {
    if (name === alias) values.push(value);
    return value;
  });
  const codes = errors.filter(({ path }) => path?.includes(alias) ?? true).map(codeOf);
  return JSON.stringify({ values, codes: [...new Set(codes)] });
}

test.each(Object.keys(places) as Place[])('%s answers beside others what it answers alone', async (place) => {
  const all = argumentsOf(place);
  const ask = (fields: readonly string[]) => graph.run(places[place](fields.join('\n')));
  const alone = await Promise.all(all.map(async (args) => under('one', await ask([fieldOf(place, 'one', args)]))));
  expect(new Set(alone).size).toBeGreaterThan(5);
  const fields = all.map((args, index) => fieldOf(place, `l${index}`, args));
  // What is mixed up is the answer of whoever asked first.
  for (const beside of [await ask(fields), await ask(fields.toReversed())]) {
    const found = all.map((args, index) => ({ args, answer: under(`l${index}`, beside) }));
    expect(found).toEqual(all.map((args, index) => ({ args, answer: alone[index] })));
  }
});
