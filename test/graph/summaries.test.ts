import fc from 'fast-check';
import { getNamedType, isInputObjectType, isObjectType, type GraphQLInputObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createSubgraph } from '../../schema/subgraphs.ts';
import { viewNamed } from '../../schema/views/index.ts';
import { demoCallers } from '../../src/database/data/callers.ts';
import type { Scope } from '../../src/scope.ts';
import { facts } from '../catalogue/facts.ts';
import { everything, openGraph, organizations as only, type TestGraph } from '../support/graph.ts';
import { chance } from './support/chance.ts';
import { differences } from './support/differences.ts';
import { functionsOf, summedColumns, summedViews } from './support/figures.ts';
import { orders } from './support/keys.ts';
import { dataOf } from './support/lists.ts';
import { listAlong, listOf } from './support/oracle.ts';
import { whereOf } from './support/questions.ts';
import { organizations, smallData, untoldData } from './support/smallData.ts';
import { fly } from './support/statements.ts';
import {
  aggregateOrder,
  aggregateWhere,
  anyWayToMany,
  allFigures,
  askSummaries,
  everyOrder,
  rounded,
  toldFigures,
  waysToMany,
} from './support/summaries.ts';
import { createTables, schema, type Edition, type Tables } from './support/tables.ts';
import { faults, type Trip } from './support/trips.ts';
import { fieldOf, readWorld, typeOf, viewNames, type World } from './support/world.ts';

const scoped = only(organizations.schools[1]!, organizations.districts[1]!);
const callers: { name: string; scope: Scope }[] = [
  { name: 'every organisation', scope: everything },
  { name: 'a school and a district', scope: scoped },
];
const withMany = viewNames.filter((view) => waysToMany(view).length > 0);
const withOneKey = viewNames.filter((view) => orders[view]!.unique.length === 1);

describe.each<Edition>(['usual', 'mixed'])('over %s types', (edition) => {
  let tables: Tables;
  let graph: TestGraph;
  const worlds = new Map<Scope, World>();
  beforeAll(async () => {
    tables = await createTables(edition, smallData());
    graph = await openGraph(tables.url, { schema });
    for (const { scope } of callers) worlds.set(scope, await readWorld(tables.url, schema, scope, 'C'));
  });
  afterAll(async () => {
    await graph.close();
    await tables.drop();
  });

  describe.each(callers)('for a caller of $name', ({ scope }) => {
    test.each(summedViews)('every function of every column of %s', async (view) => {
      const world = worlds.get(scope)!;
      const choices = chance(`summaries of ${view}`);
      const args = [{}, ...Array.from({ length: 4 }, () => ({ where: whereOf(choices, world, view, 1) }))];
      const expected = args.map((one) => rounded(toldFigures(view, listOf(world, view, one))));
      expect(await askSummaries(graph, view, args, scope)).toEqual(expected);
    });

    test('filters by what rows come to, of any shape', async () => {
      const world = worlds.get(scope)!;
      const property = fc.asyncProperty(fc.constantFrom(...withMany), fc.gen(), async (view, gen) => {
        const choices = { below: (limit: number) => gen(fc.integer, { min: 0, max: limit - 1 }) };
        const wheres = [1, 2].map(() => aggregateWhere(choices, world, anyWayToMany(choices, view)));
        const where = choices.below(3) === 0 ? { not: wheres[0] } : { and: wheres };
        expect(await differences(graph, world, [{ view, where }])).toEqual([]);
      });
      await fc.assert(property, { numRuns: 100, seed: 20260619 });
    });

    test('orders by what rows come to, of any shape', async () => {
      const world = worlds.get(scope)!;
      const property = fc.asyncProperty(fc.constantFrom(...withMany), fc.gen(), async (view, gen) => {
        const choices = { below: (limit: number) => gen(fc.integer, { min: 0, max: limit - 1 }) };
        const orderBy = [1, 2].map(() => aggregateOrder(choices, world, anyWayToMany(choices, view)));
        expect(await differences(graph, world, [{ view, orderBy }])).toEqual([]);
      });
      await fc.assert(property, { numRuns: 60, seed: 20260620 });
    });
  });

  describe('values that no answer can hold', () => {
    let strange: Tables;
    let overStrange: TestGraph;
    beforeAll(async () => {
      strange = await createTables(edition, untoldData());
      overStrange = await openGraph(strange.url, { schema });
    });
    afterAll(async () => {
      await overStrange.close();
      await strange.drop();
    });

    test.each(summedViews)('are none to every function of every column of %s', async (view) => {
      const expected = rounded(toldFigures(view, worlds.get(everything)!.rows(view)));
      expect(await askSummaries(overStrange, view, [{}], everything)).toEqual([expected]);
    });
  });

  const edges = withOneKey.flatMap((view) =>
    waysToMany(view)
      .filter(({ from, ends }) => typeOf(view, from) !== '[ID]' && summedViews.includes(ends[0]![0]))
      .map((way) => ({ view, edge: way.name, way })),
  );

  test.each(edges)('$edge of each row of $view', async ({ view, edge, way }) => {
    const world = worlds.get(scoped)!;
    const [end] = way.ends[0]!;
    const where = whereOf(chance(`${edge} of ${view}`), world, end, 1);
    const { rootField } = facts[view]!;
    const answer = await graph.run(
      `query ($where: ${facts[end]!.type}Filter) {
        ${rootField}(first: 1000) { nodes { all: ${edge} { ...Told } some: ${edge}(where: $where) { ...Told } } }
      }
      fragment Told on ${facts[end]!.type}Connection { ${allFigures(end)} }`,
      { as: scoped, variables: { where } },
    );
    const expected = listOf(world, view).map((row) => ({
      all: { summary: toldFigures(end, listAlong(world, way, row)) },
      some: { summary: toldFigures(end, listAlong(world, way, row, { where })) },
    }));
    expect(rounded(dataOf(answer, edge)[rootField].nodes)).toEqual(rounded(expected));
  });

  test.each(['students', 'sessions', 'learning_apps', 'schools'])(
    '%s by everything that what belongs to them comes to',
    async (view) => {
      const world = worlds.get(everything)!;
      const questions = waysToMany(view).flatMap((way) =>
        ['ASC_NULLS_FIRST', 'DESC'].flatMap((direction) =>
          everyOrder(way, direction).map((one) => ({ view, orderBy: [one] })),
        ),
      );
      expect(await differences(graph, world, questions)).toEqual([]);
    },
  );

  test.each(['students', 'sessions', 'learning_apps', 'schools', 'tests', 'grades', 'attempts', 'students_xp'])(
    '%s in such an order, page by page',
    async (view) => {
      const world = worlds.get(everything)!;
      const choices = chance(`pages of ${view} by summaries`);
      // Those that lead to nothing of many are sorted by what belongs to their student.
      const own = waysToMany(view);
      const student = waysToMany('students');
      const trips = Array.from({ length: 4 }, (): Trip[] => {
        const one = own.length > 0 ? own[choices.below(own.length)]! : student[choices.below(student.length)]!;
        const asked = aggregateOrder(choices, world, one);
        const orderBy = [own.length > 0 ? asked : { student: asked }];
        const rows = listOf(world, view, { orderBy });
        return [1, 2, 7].flatMap((size) =>
          [false, true].map((isBackwards) => ({ view, orderBy, rows, size, isBackwards })),
        );
      });
      expect(await faults(graph, trips.flat())).toEqual([]);
    },
  );
});

test('words that the catalogue does not know are one value, as they are shown', async () => {
  const data = smallData();
  const strange = data.get('student_guides')!.map((row, index) => ({ ...row, status: `unheard of ${index % 3}` }));
  const tables = await createTables('usual', data.set('student_guides', strange));
  const graph = await openGraph(tables.url, { schema });
  const { data: answer } = await graph.run('{ studentGuides { summary { status { count countDistinct } } } }');
  expect(answer.studentGuides.summary.status).toEqual({ count: strange.length, countDistinct: 1 });
  await graph.close();
  await tables.drop();
});

describe('over the demo', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await openGraph(inject('demoUrl'));
  });
  afterAll(() => graph.close());

  const limited = demoCallers.flatMap(({ title, orgIds }) =>
    orgIds === 'unrestricted' ? [] : [{ title, scope: only(...orgIds) }],
  );

  test.each(limited)(
    'every function of every column, of the rows of the $title alone',
    { timeout: 120_000 },
    async ({ scope }) => {
      const world = await readWorld(inject('demoUrl'), schema, scope);
      for (const view of summedViews) {
        const expected = rounded(toldFigures(view, world.rows(view)));
        expect(await askSummaries(graph, view, [{}], scope)).toEqual([expected]);
      }
    },
  );

  test.each([1, 50])('one select for all of %i students, and nothing in it that nobody asked for', async (first) => {
    const { flights, shape } = await fly(
      graph,
      `{ students(first: ${first}) { nodes { sessions { totalCount summary { count durationSec { sum avg } } } } } }`,
    );
    expect(shape).toEqual([1, 1]);
    const [{ text, keys }] = flights[1] as [(typeof flights)[0][0]];
    expect(keys).toBe(first);
    expect(text.match(/\b(count|sum|avg|min|max|stddev_samp|percentile_cont)\(/g)).toEqual(['count(', 'sum(', 'avg(']);
    expect(text).not.toContain('start_time');
  });

  test('XP under 120: a child without any is among them, and comes first', async () => {
    const { data } = await graph.run(`{
      students(
        where: { xp: { aggregate: { where: { date: { gte: "2026-11-01" } }, summary: { totalValue: { sum: { lt: 120 } } } } } }
        orderBy: [{ xp: { where: { date: { gte: "2026-11-01" } }, summary: { totalValue: { sum: ASC } } } }]
        first: 1000
      ) { nodes { xp(where: { date: { gte: "2026-11-01" } }) { summary { count totalValue { sum } } } } }
    }`);
    const sums = data.students.nodes.map(
      ({ xp }: never) => (xp as { summary: { totalValue: { sum: number } } }).summary.totalValue.sum,
    ) as number[];
    expect(sums.length).toBeGreaterThan(10);
    expect(Math.max(...sums)).toBeLessThan(120);
    expect(sums).toEqual(sums.toSorted((a, b) => a - b));
    expect(
      data.students.nodes.filter(({ xp }: never) => (xp as { summary: { count: number } }).summary.count === 0),
    ).not.toEqual([]);
  });

  test.each([
    ['students(where: { xp: { aggregate: null } })', 'where.xp.aggregate'],
    ['students(where: { xp: { aggregate: { summary: {} } } })', 'where.xp.aggregate.summary'],
    ['students(where: { xp: { aggregate: { where: null, summary: { count: { gt: 1 } } } } })', 'where.xp.aggregate.where'],
    ['students(where: { xp: { aggregate: { summary: { count: null } } } })', 'where.xp.aggregate.summary.count'],
    ['students(where: { xp: { aggregate: { summary: { count: {} } } } })', 'where.xp.aggregate.summary.count'],
    ['students(where: { xp: { aggregate: { summary: { totalValue: {} } } } })', 'where.xp.aggregate.summary.totalValue'],
    ['students(where: { xp: { aggregate: { summary: { totalValue: { sum: {} } } } } })', 'where.xp.aggregate.summary.totalValue.sum'],
    ['students(where: { xp: { aggregate: { summary: { totalValue: { sum: { lt: null } } } } } })', 'where.xp.aggregate.summary.totalValue.sum.lt'],
    ['students(where: { xp: { aggregate: { summary: { totalValue: { percentile: { at: 0.5, value: {} } } } } } })', 'where.xp.aggregate.summary.totalValue.percentile.value'],
    ['students(where: { xp: { aggregate: { summary: { not: null } } } })', 'where.xp.aggregate.summary.not'],
    ['students(orderBy: [{ xp: { summary: {} } }])', 'orderBy[0].xp.summary'],
    ['students(orderBy: [{ xp: { where: null, summary: { count: ASC } } }])', 'orderBy[0].xp.where'],
    ['students(orderBy: [{ xp: { summary: { count: null } } }])', 'orderBy[0].xp.summary.count'],
    ['students(orderBy: [{ xp: { summary: { totalValue: {} } } }])', 'orderBy[0].xp.summary.totalValue'],
    ['students(orderBy: [{ xp: { summary: { totalValue: { sum: ASC, avg: ASC } } } }])', 'orderBy[0].xp.summary.totalValue'],
    ['students(orderBy: [{ xp: { summary: { count: ASC, totalValue: { sum: ASC } } } }])', 'orderBy[0].xp.summary'],
  ])('%s is refused, and says where', async (list, path) => {
    const { errors } = await graph.run(`{ ${list} { nodes { id } } }`);
    expect(errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    expect(errors?.[0]?.message.startsWith(`${path} `)).toBe(true);
  }); // prettier-ignore

  test.each([-0.1, 1.1, 50])('there is no percentile at %d', async (at) => {
    const { data, errors } = await graph.run(`{
      sessions { totalCount summary { count durationSec { sum percentile(at: ${at}) } } }
      filtered: students(where: { xp: { aggregate: { summary: { totalValue: { percentile: { at: ${at}, value: { gt: 1 } } } } } } }) { totalCount }
      ordered: students(orderBy: [{ xp: { summary: { totalValue: { percentile: { at: ${at}, direction: ASC } } } } }]) { nodes { id } }
    }`);
    expect(data.sessions.totalCount).toBeGreaterThan(0);
    expect(data.sessions.summary).toMatchObject({
      durationSec: { sum: expect.any(Number) as number, percentile: null },
    });
    expect(new Set(errors!.map(({ extensions }) => extensions['code']))).toEqual(new Set(['BAD_USER_INPUT']));
    expect(errors).toHaveLength(3);
  });

  test('a cursor leads on in the order that it is of, by the same rows', async () => {
    const pageBy = (orderBy: string, after = '') =>
      graph.run(`{ students(first: 5${after}, orderBy: [${orderBy}]) { nodes { id } pageInfo { endCursor } } }`);
    const before = '{ xp: { where: { date: { gte: "2026-10-01" } }, summary: { totalValue: { sum: DESC } } } }';
    const { data } = await pageBy(before);
    const after = `, after: "${data.students.pageInfo.endCursor}"`;
    expect((await pageBy(before, after)).errors).toBeUndefined();
    const other = await pageBy(before.replace('10-01', '11-01'), after);
    expect(other.errors?.[0]?.extensions['code']).toBe('BAD_CURSOR');
  });
});

describe('the schema', () => {
  const types = createSubgraph('timeback').getTypeMap();
  const fieldsOf = (name: string): string[] => {
    const type = types[name];
    return isObjectType(type) || isInputObjectType(type) ? Object.keys(type.getFields()).toSorted() : [];
  };

  test.each(summedViews)('summarises %s by the columns and functions that are tried here', (view) => {
    const { type } = facts[view]!;
    const columns = ['count', ...summedColumns(view).map(fieldOf)];
    expect(fieldsOf(`${type}Connection`)).toContain('summary');
    expect(fieldsOf(`${type}Summary`)).toEqual(columns.toSorted());
    expect(fieldsOf(`${type}SummaryOrder`)).toEqual(fieldsOf(types[`${type}SummaryOrder`] ? `${type}Summary` : ''));
    for (const column of summedColumns(view)) {
      const summary = types[`${type}Summary`];
      const ofColumn = isObjectType(summary) ? getNamedType(summary.getFields()[fieldOf(column)]!.type).name : '';
      const names = Object.keys(functionsOf(view, column)).toSorted();
      expect(fieldsOf(ofColumn)).toEqual(names);
      expect(fieldsOf(`Timeback${ofColumn}Filter`)).toEqual(names);
      expect(fieldsOf(`Timeback${ofColumn}Order`)).toEqual(names);
    }
  });

  test('summarises no list of people or of content: these are only counted', () => {
    const others = viewNames.filter((view) => !summedViews.includes(view));
    expect(others.filter((view) => fieldsOf(`${facts[view]!.type}Connection`).includes('summary'))).toEqual([]);
    expect(summedViews).toHaveLength(19);
    expect(fieldsOf('TimebackRowsSummaryFilter')).toEqual(['count']);
    expect(fieldsOf('TimebackRowsSummaryOrder')).toEqual(['count']);
  });

  test.each(withMany)('filters and orders %s by every list that belongs to a row', (view) => {
    const { type } = facts[view]!;
    for (const way of waysToMany(view)) {
      const end = facts[way.ends[0]![0]]!.type;
      const isSummed = summedViews.includes(way.ends[0]![0]);
      const filter = (types[`${type}Filter`] as GraphQLInputObjectType).getFields()[way.name]!;
      const aggregate = (getNamedType(filter.type) as GraphQLInputObjectType).getFields()['aggregate']!;
      expect(getNamedType(aggregate.type).name).toBe(
        isSummed ? `${end}AggregateFilter` : 'TimebackRowsAggregateFilter',
      );
      const order = (types[`${type}Order`] as GraphQLInputObjectType).getFields()[way.name]!;
      expect(getNamedType(order.type).name).toBe(isSummed ? `${end}ListOrder` : 'TimebackRowsListOrder');
    }
  });

  test('tags what personal columns come to, like the columns themselves', () => {
    const { columns } = viewNamed('sessions');
    const duration = columns['duration_sec']!;
    Object.assign(duration, { isPersonal: true });
    try {
      const tagged = createSubgraph('timeback').getTypeMap();
      for (const name of ['SessionSummary', 'SessionSummaryFilter', 'SessionSummaryOrder']) {
        const type = tagged[name] as GraphQLInputObjectType;
        const tags = (field: string) => type.getFields()[field]!.extensions['directives'];
        expect(tags('durationSec')).toEqual({ tag: [{ name: 'pii' }] });
        expect(tags('startTime')).toBeUndefined();
      }
    } finally {
      Object.assign(duration, { isPersonal: false });
    }
  });
});
