import { buildSchema, execute, getIntrospectionQuery, isObjectType, parse, type GraphQLSchema } from 'graphql';
import { expect, test, vi } from 'vitest';
import { createExecutor } from '../../src/execution.ts';

interface Asked {
  readonly query: string;
  readonly operationName?: string;
  readonly variables?: Record<string, unknown>;
}

function createSchema(): GraphQLSchema {
  const schema = buildSchema(`
    type Query { word(of: Int = 3): String, thing: Thing }
    type Thing { name: String!, things(first: Int!): [Thing!]! }
    type Mutation { word: String }`);
  const [word, thing] = ['word', 'thing'].map((name) => schema.getQueryType()!.getFields()[name]!);
  word!.resolve = (_, { of }: { of: number }) => `word ${of}`;
  thing!.resolve = async () => aThing;
  schema.getMutationType()!.getFields()['word']!.resolve = () => 'said';
  const things = (schema.getType('Thing') as NonNullable<ReturnType<GraphQLSchema['getQueryType']>>).getFields();
  things['things']!.resolve = (_, { first }: { first: number }) => Array.from({ length: first }, () => aThing);
  return schema;
}

const aThing = { name: 'thing' };

const schema = createSchema();

async function bothWays(asked: Asked, of = schema) {
  const document = parse(asked.query);
  const { operationName, variables } = asked;
  const expected = await execute({
    schema: of,
    document,
    operationName: operationName ?? null,
    variableValues: variables ?? null,
  });
  const found = await createExecutor(of)({ document, operationName, variables, context: {} });
  return [found, expected].map((answer) => JSON.parse(JSON.stringify(answer)) as unknown) as [unknown, unknown];
}

test.each<[string, Asked]>([
  ['one of two operations', { query: 'query A { word } query B { thing { name } }', operationName: 'B' }],
  ['two operations and no name', { query: 'query A { word } query B { thing { name } }' }],
  ['an operation that is not there', { query: 'query A { word }', operationName: 'C' }],
  ['an operation without a name in the world', { query: 'query A { word }', operationName: '' }],
  ['no operation at all', { query: 'fragment F on Query { word }' }],
  ['a mutation', { query: 'mutation { word }' }],
  ['the whole schema', { query: getIntrospectionQuery() }],
  ['one type', { query: '{ __type(name: "Thing") { name fields { name args { name } } } __typename }' }],
  ['an alias that would set a prototype', { query: '{ __proto__: word other: thing { __proto__: name } }' }],
  ['variables of a wrong type', { query: 'query ($n: Int!) { word(of: $n) }', variables: { n: 'three' } }],
  ['variables that are missing', { query: 'query ($n: Int!) { word(of: $n) }' }],
  ['a default of a variable', { query: 'query ($n: Int = 9) { word(of: $n) thing { name } }' }],
  ['a default of an argument', { query: 'query ($n: Int) { word(of: $n) thing { things(first: 2) { name } } }' }],
  ['null for an argument', { query: 'query ($n: Int) { word(of: $n) }', variables: { n: null } }],
  [
    'null where an argument must not be',
    {
      query: 'query ($n: Int = 1) { thing { name things(first: $n) { name } } word }',
      variables: { n: null },
    },
  ],
  [
    'a switch that is null',
    { query: 'query ($on: Boolean = true) { word @include(if: $on) }', variables: { on: null } },
  ],
  [
    'a switch with the name of a prototype',
    {
      query: 'query ($__proto__: Boolean!) { word @include(if: $__proto__) thing @skip(if: $__proto__) { name } }',
      variables: JSON.parse('{ "__proto__": true }') as Record<string, unknown>,
    },
  ],
])('%s: the answer of graphql-js', async (_, asked) => {
  const [found, expected] = await bothWays(asked);
  expect(found).toEqual(expected);
});

test('a schema whose objects are told by functions is left to graphql-js', async () => {
  const strict = createSchema();
  const thing = strict.getType('Thing');
  if (isObjectType(thing)) thing.isTypeOf = () => false;
  const [found, expected] = await bothWays({ query: '{ thing { name } }' }, strict);
  expect(found).toEqual(expected);
});

test('one document is planned anew for each position of its switches, however many there are', async () => {
  const names = Array.from({ length: 6 }, (_, index) => `s${index}`);
  const query = `query (${names.map((name) => `$${name}: Boolean!`).join(' ')}) {
    ${names.map((name) => `${name}: word @include(if: $${name})`).join('\n')} word
  }`;
  const document = parse(query);
  const runs = createExecutor(schema);
  for (let position = 0; position < 64; position++) {
    const variables = Object.fromEntries(names.map((name, index) => [name, ((position >> index) & 1) === 1]));
    const { data } = await runs({ document, variables, context: {} });
    expect(Object.keys(data!)).toEqual([...names.filter((name) => variables[name]), 'word']);
  }
});

test('resolvers are told where they are', async () => {
  const paths: unknown[] = [];
  const told = createSchema();
  const thing = told.getType('Thing');
  if (isObjectType(thing)) {
    thing.getFields()['name']!.resolve = (_, __, ___, info) => {
      paths.push(JSON.parse(JSON.stringify(info.path)));
      return info.fieldName;
    };
  }
  const [found, expected] = await bothWays({ query: '{ some: thing { things(first: 2) { name } } }' }, told);
  expect(found).toEqual(expected);
  expect(paths.slice(2)).toEqual(paths.slice(0, 2));
});

test('code is written of names of the schema, and never of an alias', async () => {
  const told = buildSchema('type Query { things: [Thing] } type Thing { nameOfOurs: String }');
  told.getQueryType()!.getFields()['things']!.resolve = () => Array.from({ length: 1000 }, () => ({}));
  const written: string[] = [];
  const construct = (target: FunctionConstructor, given: string[]) => {
    written.push(given.join());
    return Reflect.construct(target, given) as object;
  };
  vi.stubGlobal('Function', new Proxy(Function, { construct }));
  for (const fields of ['nameOfOurs', 'strange: nameOfOurs', 'nameOfOurs strange: nameOfOurs', 'strange: __typename']) {
    const [found, expected] = await bothWays({ query: `{ things { ${fields} } }` }, told);
    expect(found).toEqual(expected);
  }
  vi.unstubAllGlobals();
  expect(written.join()).toContain('nameOfOurs');
  expect(written.join()).not.toContain('strange');
});
