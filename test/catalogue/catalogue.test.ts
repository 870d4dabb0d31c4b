import { describe, expect, test } from 'vitest';
import { fieldName, type Column, type Kind, type View } from '../../schema/view.ts';
import * as curriculum from '../../schema/views/curriculum.ts';
import { views } from '../../schema/views/index.ts';
import * as insights from '../../schema/views/insights.ts';
import * as sessions from '../../schema/views/sessions.ts';
import * as students from '../../schema/views/students.ts';
import { waysOf } from '../../schema/ways.ts';
import { facts, vocabularies } from './facts.ts';

const graphqlTypes: Record<Exclude<Kind, 'enum'>, string> = {
  id: 'ID',
  ids: '[ID!]',
  text: 'String',
  prose: 'String',
  int: 'Int',
  float: 'Float',
  boolean: 'Boolean',
  date: 'Date',
  dateTime: 'DateTime',
};

function typeOf({ kind, vocabulary, isNullable }: Column): string {
  const name = kind === 'enum' ? vocabulary?.name : graphqlTypes[kind];
  return `${name}${isNullable ? '' : '!'}`;
}

function valueKind(view: View, column: string | undefined): Kind {
  const held = column === undefined ? undefined : view.columns[column];
  if (!held) throw new Error(`${view.name} has no column ${column}.`);
  return held.kind === 'ids' ? 'id' : held.kind;
}

function repeated(names: readonly string[]): string[] {
  return names.filter((name, index) => names.indexOf(name) !== index);
}

const columns = views.flatMap((view) =>
  Object.entries(view.columns).map(([name, column]) => ({ name: `${view.name}.${name}`, column })),
);
const declaredVocabularies = [
  ...new Set(columns.flatMap(({ column }) => (column.vocabulary ? [column.vocabulary] : []))),
];

describe('the catalogue as a whole', () => {
  test('has the 41 views and their 222 columns', () => {
    expect(views.map((view) => view.name).toSorted()).toEqual(Object.keys(facts));
    expect(views).toHaveLength(41);
    expect(columns).toHaveLength(222);
  });

  test('divides the views into four domains', () => {
    const sizes: Record<string, number> = {};
    for (const { domain } of views) sizes[domain] = (sizes[domain] ?? 0) + 1;
    expect(sizes).toEqual({ curriculum: 16, students: 13, sessions: 5, insights: 7 });
  });

  test.each(Object.entries({ curriculum, students, sessions, insights }))(
    'keeps the views of %s together',
    (domain, own) => {
      expect(Object.values(own).map((view: View) => [view.name, view.domain])).toEqual(
        Object.values(own).map((view: View) => [view.name, domain]),
      );
    },
  );

  test('gives every type and every root field one name', () => {
    expect(repeated(views.map((view) => view.type))).toEqual([]);
    expect(repeated(views.map((view) => fieldName(view.name)))).toEqual([]);
  });

  test('closes exactly the vocabularies that are closed, with their own words', () => {
    expect(repeated(declaredVocabularies.map((vocabulary) => vocabulary.name))).toEqual([]);
    const words = Object.fromEntries(declaredVocabularies.map((vocabulary) => [vocabulary.name, vocabulary.words]));
    expect(words).toEqual(vocabularies);
  });
});

describe.each(views.map((view) => [view.name, view] as const))('%s', (name, view: View) => {
  test('agrees with what is known of it', () => {
    expect({
      rootField: fieldName(name),
      type: view.type,
      domain: view.domain,
      policy: view.scope,
      columns: Object.fromEntries(Object.entries(view.columns).map(([column, held]) => [column, typeOf(held)])),
    }).toEqual(facts[name]);
  });

  test('carries organisations exactly where it filters itself', () => {
    expect('org_ids' in view.columns).toBe(view.scope === 'rows');
  });

  test('counts and orders rows by columns of its own', () => {
    const known = Object.keys(view.columns);
    const order = view.order.map((term) => term.replace(/ (asc|desc)$/, ''));
    expect(known).toEqual(expect.arrayContaining([...view.grain, ...order]));
    expect(repeated([...view.grain])).toEqual([]);
    expect(repeated(order)).toEqual([]);
    expect(order).not.toEqual([]);
  });

  test('is unique by columns that are never null', () => {
    expect(view.grain.filter((column) => view.columns[column]?.isNullable)).toEqual([]);
  });

  test('leads only to columns that exist, and of the same kind of value', () => {
    const uneven = waysOf(view).filter((way) => {
      const ends = way.targets.map((target, index) => valueKind(target, way.to[index]));
      const bridge = way.through ? [way.through.near, way.through.far] : [];
      const kinds = [valueKind(view, way.from), ...ends, ...bridge.map((name) => valueKind(way.through!.view, name))];
      return ends.length === 0 || new Set(kinds).size !== 1;
    });
    expect(uneven.map((way) => way.name)).toEqual([]);
  });

  test('crosses a bridge only between two keys of others', () => {
    const ends = (view.crossings ?? []).flatMap(({ near, far }) => [near, far]);
    expect(ends.filter((end) => !view.columns[end]?.reference)).toEqual([]);
  });

  test('names every way once, and none like a field', () => {
    const fields = Object.keys(view.columns).map(fieldName);
    expect(repeated([...fields, ...waysOf(view).map((way) => way.name)])).toEqual([]);
  });
});

describe('the words', () => {
  const described = [
    ...views.map((view) => ({ name: view.name, description: view.description, limit: 300 })),
    ...columns.map(({ name, column }) => ({ name, description: column.description, limit: 200 })),
    ...declaredVocabularies.map(({ name, description }) => ({ name, description, limit: 200 })),
  ];

  test('are there, are sentences, and stay short', () => {
    const shape = /^[A-Z0-9].*[.]$/s;
    const wrong = described.filter(
      ({ description, limit }) => !shape.test(description) || description.length < 15 || description.length > limit,
    );
    expect(wrong).toEqual([]);
  });

  test('say of a nullable column when it is null, and of no other', () => {
    const saysWhen = /(^|[.] )Null (when|while|until|unless) /;
    const wrong = columns.filter(({ column }) => saysWhen.test(column.description) !== column.isNullable);
    expect(wrong.map(({ name, column }) => `${name}: ${column.description}`)).toEqual([]);
  });

  test('do not merely spell the name out', () => {
    const echo = /^(The )?(\w+ ){0,2}of the \w+[.]$/;
    expect(described.filter(({ description }) => echo.test(description))).toEqual([]);
  });

  test('mention only fields that exist', () => {
    const fields = new Set(
      views.flatMap((view) => [...Object.keys(view.columns).map(fieldName), ...waysOf(view).map((way) => way.name)]),
    );
    const types = new Set(views.map((view) => view.type));
    const wrong = described.flatMap(({ name, description }) =>
      [...description.matchAll(/`([^`]+)`/g)]
        .map(([, mention]) => mention!)
        .filter((mention) => mention.split('.').some((part) => !fields.has(part) && !types.has(part)))
        .map((mention) => `${name}: ${mention}`),
    );
    expect(wrong).toEqual([]);
  });
});
