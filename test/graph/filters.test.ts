import fc from 'fast-check';
import { getNamedType, type GraphQLInputObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { facts } from '../catalogue/facts.ts';
import { createSubgraph } from '../../schema/subgraphs.ts';
import type { Scope } from '../../src/scope.ts';
import { openGraph, type TestGraph } from '../support/graph.ts';
import { chance } from './support/chance.ts';
import { differences } from './support/differences.ts';
import { waysOf } from './support/oracle.ts';
import { endWhere, memberName, operand, operatorsOf, quantifiers, sortKeys, whereOf } from './support/questions.ts';
import { organizations, smallData } from './support/smallData.ts';
import { createTables, schema, type Edition, type Tables } from './support/tables.ts';
import { columnsOf, fieldOf, readWorld, typeOf, viewNames, type World } from './support/world.ts';

const { schools, districts } = organizations;
const callers: { name: string; scope: Scope }[] = [
  { name: 'every organisation', scope: { kind: 'unrestricted' } },
  { name: 'a school and a district', scope: { kind: 'organizations', orgIds: [schools[1]!, districts[1]!] } },
];

describe.each<Edition>(['usual', 'mixed'])('over %s types', (edition) => {
  let tables: Tables;
  let graph: TestGraph;
  let world: World;
  beforeAll(async () => {
    tables = await createTables(edition, smallData());
    graph = await openGraph(tables.url, { schema });
    world = await readWorld(tables.url, schema, undefined, 'C');
  });
  afterAll(async () => {
    await graph.close();
    await tables.drop();
  });

  test.each(viewNames)('every operator on every column of %s', async (view) => {
    const choices = chance(`operators of ${view}`);
    const questions = columnsOf(view).flatMap((column) =>
      operatorsOf(typeOf(view, column)).flatMap((operator) =>
        Array.from({ length: 2 }, () => ({
          view,
          where: { [fieldOf(column)]: { [operator]: operand(choices, world, view, column, operator) } },
        })),
      ),
    );
    expect(await differences(graph, world, questions)).toEqual([]);
  });

  test.each(['ΝΙΚΟΣ', 'νικος', 'νικοσ', 'ΟΣΑ', 'ος', 'Σ', 'ς'])('%s in Greek words', async (letters) => {
    const operators = ['startsWith', 'contains'];
    const questions = operators.map((operator) => ({ view: 'courses', where: { title: { [operator]: letters } } }));
    expect(await differences(graph, world, questions)).toEqual([]);
  });

  test('a word is found from a part of it that ends with a sigma', async () => {
    const { data } = await graph.run(`{ courses(where: { title: { startsWith: "ΝΙΚΟΣ" } }) { nodes { title } } }`);
    expect(data.courses.nodes).toEqual([{ title: 'ΝΙΚΟΣΑ' }]);
  });

  test.each(viewNames)('every way from %s', async (view) => {
    const choices = chance(`ways of ${view}`);
    const questions = waysOf(view).flatMap((way) => {
      const filters = [{}, endWhere(choices, world, way, 1), endWhere(choices, world, way, 2)];
      return filters
        .flatMap((filter) => (way.many ? quantifiers.map((one) => ({ [one]: filter })) : [filter]))
        .flatMap((filter) => [{ [way.name]: filter }, { not: { [way.name]: filter } }])
        .map((where) => ({ view, where }));
    });
    expect(await differences(graph, world, questions)).toEqual([]);
  });

  test.each(['questions', 'tests'])('no parent of a test is one of %s, though the filter has the name', async (end) => {
    const choices = chance(`${end} as parents`);
    const questions = [{}, whereOf(choices, world, end, 1)].flatMap((where) => {
      const is = { [memberName(end)]: where };
      const parents = [is, { not: is }, { or: [is, {}] }].flatMap((parent) => [{ parent }, { not: { parent } }]);
      return [
        ...parents.map((where) => ({ view: 'test_parents', where })),
        ...parents.flatMap((parent) =>
          quantifiers.map((one) => ({ view: 'tests', where: { testParents: { [one]: parent } } })),
        ),
      ];
    });
    expect(await differences(graph, world, questions)).toEqual([]);
  });

  test.each(callers)('filters of any depth, for a caller of $name', async ({ scope }) => {
    const seen = await readWorld(tables.url, schema, scope, 'C');
    const property = fc.asyncProperty(fc.constantFrom(...viewNames), fc.gen(), async (view, gen) => {
      const choices = { below: (limit: number) => gen(fc.integer, { min: 0, max: limit - 1 }) };
      expect(await differences(graph, seen, [{ view, where: whereOf(choices, seen, view, 4) }])).toEqual([]);
    });
    await fc.assert(property, { numRuns: 250, seed: 20260617 });
  });
});

describe('the inputs of the schema', () => {
  const inputs = createSubgraph('timeback').getTypeMap();
  const fieldsOf = (name: string) => Object.keys((inputs[name] as GraphQLInputObjectType).getFields());
  const inputOf = (type: string, field: string) =>
    getNamedType((inputs[type] as GraphQLInputObjectType).getFields()[field]!.type).name;

  test.each(viewNames)('filter %s by the columns, ways and operators that are tried here', (view) => {
    const filter = `${facts[view]!.type}Filter`;
    const names = [...columnsOf(view).map(fieldOf), ...waysOf(view).map(({ name }) => name)];
    expect(fieldsOf(filter).toSorted()).toEqual(['and', 'not', 'or', ...names].toSorted());
    const operators = columnsOf(view).map((column) => fieldsOf(inputOf(filter, fieldOf(column))).toSorted());
    expect(operators).toEqual(columnsOf(view).map((column) => operatorsOf(typeOf(view, column)).toSorted()));
    const ofMany = waysOf(view).flatMap(({ name, many }) => (many ? fieldsOf(inputOf(filter, name)) : []));
    // What many come to is tried by another test.
    const known = [...quantifiers, 'aggregate'];
    expect(known).toEqual(expect.arrayContaining(ofMany));
  });

  test.each(viewNames)('order %s by the keys that are tried here', (view) => {
    const order = `${facts[view]!.type}Order`;
    const near = sortKeys(view, 1).map(([name]) => name!);
    const ofMany = waysOf(view).flatMap(({ name, many, ends }) => (many && ends.length === 1 ? [name] : []));
    expect(fieldsOf(order).toSorted()).toEqual([...new Set([...near, ...ofMany])].toSorted());
  });
});
