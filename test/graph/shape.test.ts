import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  type GraphQLNamedType,
  type GraphQLObjectType,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { createSubgraph } from '../../schema/subgraphs.ts';
import { viewNamed } from '../../schema/views/index.ts';
import * as catalogue from '../../schema/ways.ts';
import { facts, vocabularies } from '../catalogue/facts.ts';
import { joins } from '../catalogue/joins.ts';
import { fieldsBesideColumns } from './support/fields.ts';
import { bridges, keys, openKeys, orders } from './support/keys.ts';
import { waysOf } from './support/oracle.ts';
import { columnsOf, enumName, fieldOf, viewNames } from './support/world.ts';

const schema = createSubgraph('timeback');
const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));

function typeOf(view: string): GraphQLObjectType {
  return schema.getType(facts[view]!.type) as GraphQLObjectType;
}

/** What a field leads to; a connection counts as what it lists. */
function endOf(type: GraphQLObjectType, field: string): string {
  const end = getNamedType(type.getFields()[field]!.type);
  return end.name.endsWith('Connection') ? end.name.slice(0, -'Connection'.length) : end.name;
}

describe('the catalogue in the graph', () => {
  test('has a type for each view', () => {
    expect(new Set(viewNames.map((view) => typeOf(view).name)).size).toBe(viewNames.length);
  });

  test.each(viewNames)('%s: every column under its name, with its type', (view) => {
    const fields = typeOf(view).getFields();
    const found = columnsOf(view).map((column) => [column, String(fields[fieldOf(column)]?.type)]);
    expect(Object.fromEntries(found)).toEqual(facts[view]!.columns);
  });

  test.each(viewNames)('%s: what is no column is on the list, and nothing else', (view) => {
    const type = typeOf(view);
    const columns = new Set(columnsOf(view).map(fieldOf));
    const others = Object.keys(type.getFields()).filter((name) => !columns.has(name));
    expect(others.toSorted().join(' '), 'test/graph/support/fields.ts').toBe(fieldsBesideColumns[type.name]);
  });

  test.each(viewNames)('%s: a list, and a lookup where its type has an id', (view) => {
    const roots = schema.getQueryType()!.getFields();
    const { rootField, type } = facts[view]!;
    expect(String(roots[rootField]?.type)).toBe(`${type}Connection`);
    const hasId = orders[view]!.unique.length > 0 || view === 'students_enrollments';
    expect(String(typeOf(view).getFields()['id']?.type)).toBe(hasId ? 'ID!' : 'undefined');
    // Three types are called by a plural: their lists have the name already, and one of them is reached from what it belongs to.
    const isPlural = ['AggregatedSessionAttempts', 'SchoolUsageStats', 'StudentStartDates'].includes(type);
    const lookup = roots[type[0]!.toLowerCase() + type.slice(1)];
    expect(lookup === roots[rootField]).toBe(isPlural);
    if (!isPlural) expect(String(lookup?.type)).toBe(hasId ? type : 'undefined');
  });

  test('nothing is at the root but the views, their metrics, how they are and who is asking', () => {
    const roots = Object.values(schema.getQueryType()!.getFields());
    const ends = roots.map(({ type }) => getNamedType(type).name.replace(/Connection$/, ''));
    const known = new Set(viewNames.map((view) => facts[view]!.type));
    expect(ends.filter((name) => !known.has(name)).toSorted()).toEqual([
      'Caller',
      'CatalogView',
      'MetricPoint',
      'Metrics',
      'Organization',
    ]);
  });

  test.each(Object.entries(vocabularies))('%s has its words and one for all others', (name, words) => {
    const type = schema.getType(name);
    const values = isEnumType(type) ? type.getValues().map((value) => value.name) : [];
    expect(values.toSorted()).toEqual([...words.map(enumName), 'OTHER'].toSorted());
  });
});

describe('every key is a way in both directions', () => {
  const ends = (to: string) => openKeys[to] ?? [to.split('.')[0]!];
  const name = (way: string) => way.replace('*', '');

  test.each(keys)('%s and %s: %s and %s', (from, to, there, back) => {
    const [view] = from.split('.');
    const targets = ends(to).map((end) => facts[end]!.type);
    const end = schema.getType(endOf(typeOf(view!), name(there)));
    const possible = isInterfaceType(end) ? schema.getPossibleTypes(end).map((type) => type.name) : [end!.name];
    expect(possible).toEqual(expect.arrayContaining(targets));
    for (const target of ends(to)) expect(endOf(typeOf(target), name(back))).toBe(facts[view!]!.type);
  });

  test('the documented joins are among them', () => {
    const known = new Set(keys.map(([from]) => from));
    const ways = Object.entries(joins).flatMap(([view, columns]) =>
      Object.entries(columns).flatMap(([column, join]) => (typeof join === 'string' ? [] : [`${view}.${column}`])),
    );
    // What is a key of others is found at the other end.
    const referred = new Set(keys.flatMap(([, to]) => (to in openKeys ? [] : [to])));
    const owned = openKeys['resource']!.map((view) =>
      view === 'curriculum_items' ? `${view}.curriculum_item_id` : `${view}.id`,
    );
    const unknown = ways.filter((way) => !known.has(way) && !referred.has(way) && !owned.includes(way));
    expect(unknown, 'keys of test/graph/support/keys.ts').toEqual([]);
  });

  test.each(viewNames)('%s: filters and orders go the ways that its fields go, and the oracle knows', (view) => {
    const ways = catalogue.waysOf(viewNamed(view));
    const inWords = (way: { name: string; many: boolean }) => `${way.name}${way.many ? '*' : ''}`;
    const asked = waysOf(view).map(inWords).toSorted();
    expect(ways.map(inWords).toSorted(), 'keys and bridges of test/graph/support/keys.ts').toEqual(asked);
    for (const way of ways) {
      const end = endOf(typeOf(view), way.name);
      expect(catalogue.isPolymorphic(way) ? 'CurriculumResource' : way.targets[0]!.type).toBe(end);
    }
  });

  test('bridges are crossed from each of their ends', () => {
    for (const [bridge, near, , crossing] of bridges) {
      const [, to] = keys.find(([from]) => from === `${bridge}.${near}`)!;
      for (const view of ends(to)) expect(Object.keys(typeOf(view).getFields())).toContain(name(crossing));
    }
  });
});

describe('what may fail is nullable', () => {
  test('rows of a page, and whatever needs another read', () => {
    const wrong: string[] = [];
    for (const view of viewNames) {
      const columns = new Set([...columnsOf(view).map(fieldOf), 'id']);
      for (const field of Object.values(typeOf(view).getFields())) {
        if (!columns.has(field.name) && String(field.type).endsWith('!')) wrong.push(`${view}.${field.name}`);
      }
      const { type } = facts[view]!;
      const connection = (schema.getType(`${type}Connection`) as GraphQLObjectType).getFields();
      const edge = (schema.getType(`${type}Edge`) as GraphQLObjectType).getFields();
      const found = [connection['nodes'], connection['totalCount'], edge['node']].map((field) => String(field?.type));
      expect(found).toEqual([`[${type}]!`, 'Int', type]);
    }
    expect(wrong).toEqual([]);
  });
});

describe('words', () => {
  const described = (type: GraphQLNamedType): { name: string; description: string | null | undefined }[] => {
    const own = [{ name: type.name, description: type.description }];
    if (isObjectType(type) || isInterfaceType(type)) {
      const fields = Object.values(type.getFields()).flatMap((field) => [
        { name: `${type.name}.${field.name}`, description: field.description },
        ...field.args.map((arg) => ({
          name: `${type.name}.${field.name}(${arg.name}:)`,
          description: arg.description,
        })),
      ]);
      return [...own, ...fields];
    }
    return own;
  };

  test('stand at every type, field and argument', () => {
    const all = types.flatMap(described);
    expect(all.length).toBeGreaterThan(1500);
    expect(all.filter(({ description }) => !description?.trim()).map(({ name }) => name)).toEqual([]);
  });

  test('stand at every input field, or at the field of the type that it is named like', () => {
    const silent = types.filter(isInputObjectType).flatMap((input) => {
      const named = schema.getType(input.name.replace(/(Filter|Order)$/, ''));
      const fields = isObjectType(named) ? named.getFields() : {};
      return Object.values(input.getFields())
        .filter(({ description, name }) => !description && !fields[name]?.description && !isMember(input.name, name))
        .map(({ name }) => `${input.name}.${name}`);
    });
    expect(silent).toEqual([]);
  });

  /** `lesson` of the filter of resources stands for the type. */
  function isMember(input: string, name: string): boolean {
    const members = openKeys['resource']!.map((view) => facts[view]!.type.toLowerCase());
    return input === 'CurriculumResourceFilter' && members.includes(name.toLowerCase());
  }

  test('stand at every enum, whose values speak for themselves', () => {
    const enums = types.filter(isEnumType);
    expect(enums.length).toBeGreaterThanOrEqual(8);
    const others = enums.flatMap((type) => type.getValues().filter(({ name }) => name === 'OTHER'));
    expect(others).toHaveLength(Object.keys(vocabularies).length);
    expect(others.filter(({ description }) => !description)).toEqual([]);
  });
});
