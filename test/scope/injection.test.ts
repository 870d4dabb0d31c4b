import {
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf } from '../../src/errors.ts';
import { openGraph, organizations, type TestGraph } from '../support/graph.ts';
import { organizations as orgs, smallData } from '../graph/support/smallData.ts';
import { createTables, schema, type Tables } from '../graph/support/tables.ts';

/** What could end a literal, an identifier, a placeholder, a comment, an array, a pattern or a setting, and go on as SQL. */
const openings = [
  "'",
  "''",
  '"',
  '\\',
  "\\'",
  "';",
  '");',
  '}',
  '"}',
  '{',
  '$$',
  '$1',
  '%',
  '*/',
  '\n',
  "E'\\",
  '`',
  "U&'\\0027",
  ')',
  ',',
  '',
];
const payloads = [
  ' or 1=1 --',
  ' or true or ',
  '; drop table analytics_production.students cascade; --',
  ' union select null, usename, passwd from pg_shadow --',
  '; select pg_sleep(10); --',
  " || (select string_agg(email, ',') from analytics_production.students) || ",
  "; select set_config('app.allowed_org_ids', '*', false); --",
  '; set app.allowed_org_ids = "*"; --',
  '; commit; begin; --',
  '; reset all; --',
  "; copy (select 1) to program 'id'; --",
  ' and 1 = cast(version() as int) --',
  '/**/or/**/1=1/**/--',
  '::regclass::text',
  '; do $x$ begin perform 1; end $x$; --',
  '{"$ne": null}',
  '${7*7}{{7*7}}',
  ' limit 1 offset 1; --',
  '%00%27 or 1=1',
  ' \u2019 or \u2019\u2019=\u2019',
  ' returning *; --',
  ' collate "C" desc nulls first, (select 1)',
  '%s%s%s%n _ % _%',
  'x'.repeat(2_000),
];
const hostile = openings.flatMap((opening) => payloads.map((payload) => `${opening}${payload}`));
/** What the same places are told by honest people. */
const usual: Readonly<Record<string, readonly string[]>> = {
  Date: ['2026-06-17'],
  DateTime: ['2026-06-17T09:00:00Z'],
  ID: ['a', '9b2f4c1e-8d3a-4f6b-9c2d-1e5a7b8c9d0f'],
  String: ['a', 'UTC'],
};

interface Place {
  readonly field: string;
  readonly path: readonly string[];
  readonly query: string;
  readonly type: string;
  readonly isList: boolean;
  fill(value: unknown): Record<string, unknown>;
}

let tables: Tables;
let graph: TestGraph;
beforeAll(async () => {
  tables = await createTables('usual', smallData());
  graph = await openGraph(tables.url, { schema });
});
afterAll(async () => {
  await graph.close();
  await tables.drop();
});

/** Every place of a root field's arguments where a client may write a text: arguments, and operators of every column. */
function placesOf(): Place[] {
  const places: Place[] = [];
  for (const [field, { args, type }] of Object.entries(graph.schema.getQueryType()!.getFields())) {
    const named = getNamedType(type);
    const selection =
      'getFields' in named ? ('nodes' in named.getFields() ? '{ nodes { __typename } }' : '{ __typename }') : '';
    for (const { path, ...text } of args.flatMap((arg) => textsIn(arg, [], new Set()))) {
      const [name, ...inner] = path;
      const given = args.filter((arg) => arg.name === name || isNonNullType(arg.type));
      const declared = given.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
      const passed = given.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
      places.push({
        field,
        path,
        ...text,
        query: `query (${declared}) { ${field}(${passed}) ${selection} }`,
        fill: (value) => ({
          ...Object.fromEntries(given.map((arg) => [arg.name, filler(arg.type)])),
          [name!]: inner.reduceRight<unknown>((below, key) => ({ [key]: below }), value),
        }),
      });
    }
  }
  return places;
}

function textsIn(
  { name, type }: GraphQLArgument | GraphQLInputField,
  above: readonly string[],
  met: ReadonlySet<string>,
): Pick<Place, 'path' | 'type' | 'isList'>[] {
  const named = getNamedType(type);
  const path = [...above, name];
  if (isScalarType(named)) {
    return named.name in usual ? [{ path, type: named.name, isList: isListType(getNullableType(type)) }] : [];
  }
  if (!isInputObjectType(named) || met.has(named.name) || above.length > 1) return [];
  return Object.values(named.getFields()).flatMap((field) => textsIn(field, path, new Set([...met, named.name])));
}

/** Something for the arguments that must be there and are not the one that is tried. */
function filler(type: GraphQLInputType): unknown {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return [filler(nullable.ofType)];
  if (isInputObjectType(nullable)) {
    const needed = Object.values(nullable.getFields()).filter((field) => isNonNullType(field.type));
    return Object.fromEntries(needed.map((field) => [field.name, filler(field.type)]));
  }
  return nullable.name === 'Date' ? '2026-06-17' : nullable.name === 'Int' ? 1 : 'UTC';
}

const refusals = ['BAD_USER_INPUT', 'BAD_CURSOR'];
const scope = organizations(...orgs.schools, ...orgs.districts);

async function shapesOf(place: Place, value: unknown) {
  const { errors = [], flights } = await graph.run(place.query, { as: scope, variables: place.fill(value) });
  return { codes: errors.map((error) => codeOf(error)), texts: flights.flat() };
}

describe(`${hostile.length} texts that would like to be SQL`, () => {
  it('are five hundred or more', () => {
    expect(new Set(hostile).size).toBeGreaterThanOrEqual(500);
  });

  it('change no statement, wherever they are written', async () => {
    const places = placesOf();
    expect(places.length).toBeGreaterThan(1_000);
    let next = 0;
    const found: unknown[] = [];
    for (const place of places) {
      const known = new Set<string>();
      const honest = usual[place.type]!;
      // A long list is looked up in another way than a short one.
      const long = hostile.map((_, index) => honest[index % honest.length]!);
      for (const value of place.isList ? [honest, honest.slice(0, 1), long] : honest) {
        for (const text of (await shapesOf(place, value)).texts) known.add(text);
      }
      const values = place.isList
        ? [hostile, [hostile[next % hostile.length]!]]
        : [hostile[next++ % hostile.length]!, hostile[next++ % hostile.length]!];
      for (const value of values) {
        const { codes, texts } = await shapesOf(place, value);
        const isWrong = texts.some((text) => !known.has(text)) || codes.some((code) => !refusals.includes(code));
        if (isWrong) found.push({ place: [place.field, ...place.path].join('.'), value, codes, texts });
      }
    }
    expect(found).toEqual([]);
    // Each has been tried somewhere by itself.
    expect(next).toBeGreaterThan(hostile.length);
  }, 120_000);

  it('find no row by its id, and hold no cursor', async () => {
    for (const text of hostile) {
      const { data, errors } = await graph.run('query ($id: ID!) { student(id: $id) { id } }', {
        as: scope,
        variables: { id: text },
      });
      expect({ data, errors }).toEqual({ data: { student: null } });
    }
  });
});
