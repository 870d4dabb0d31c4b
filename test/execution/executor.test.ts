import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as turn } from 'node:timers/promises';
import {
  buildSchema,
  execute,
  GraphQLString,
  getIntrospectionQuery,
  isObjectType,
  parse,
  type ExecutionResult,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLScalarType,
  type GraphQLSchema,
} from 'graphql';
import { expect, test, vi } from 'vitest';
import { askedBy, watchingFields, withinField } from '../../src/execution/askedBy.ts';
import { createExecutor } from '../../src/execution.ts';
import { collect } from '../support/collect.ts';

interface Asked {
  readonly query: string;
  readonly operationName?: string;
  readonly variables?: Record<string, unknown>;
}

function createSchema(): GraphQLSchema {
  const schema = buildSchema(`
    type Query { word(of: Int = 3): String, thing: Thing, nothing: String }
    type Thing { name: String!, things(first: Int!): [Thing!]! }
    type Mutation { word: String }`);
  const [word, thing] = ['word', 'thing'].map((name) => schema.getQueryType()!.getFields()[name]!);
  word!.resolve = (_, { of }: { of: number }) => `word ${of}`;
  thing!.resolve = async () => aThing;
  schema.getMutationType()!.getFields()['word']!.resolve = (_, __, { caller }: typeof context) => `said to ${caller}`;
  const things = (schema.getType('Thing') as NonNullable<ReturnType<GraphQLSchema['getQueryType']>>).getFields();
  things['things']!.resolve = (_, { first }: { first: number }) => Array.from({ length: first }, () => aThing);
  return schema;
}

const aThing = { name: 'thing' };
const context = { caller: 'her' };

const schema = createSchema();

const names = (count: number) => Array.from({ length: count }, (_, index) => `s${index}`);

async function bothWays(asked: Asked, of = schema) {
  const document = parse(asked.query);
  const { operationName, variables } = asked;
  const expected = await execute({
    schema: of,
    document,
    contextValue: context,
    operationName: operationName ?? null,
    variableValues: variables ?? null,
  });
  const found = await createExecutor(of)({ document, operationName, variables, context });
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
  ['an alias that would set a prototype', { query: '{ __proto__: word other: thing { __proto__: name last: name } }' }],
  ['variables of a wrong type', { query: 'query ($n: Int!) { word(of: $n) }', variables: { n: 'three' } }],
  ['a field of the root that nobody resolves', { query: '{ word nothing }' }],
  [
    'more wrong variables than anybody wants to read of',
    {
      query: `query (${names(60)
        .map((name) => `$${name}: Int!`)
        .join(' ')}) { ${names(60)
        .map((name) => `${name}: word(of: $${name})`)
        .join(' ')} }`,
    },
  ],
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
  const switches = names(6);
  const query = `query (${switches.map((name) => `$${name}: Boolean!`).join(' ')}) {
    ${switches.map((name) => `${name}: word @include(if: $${name})`).join('\n')} word
  }`;
  const document = parse(query);
  const runs = createExecutor(schema);
  for (let position = 0; position < 64; position++) {
    const variables = Object.fromEntries(switches.map((name, index) => [name, ((position >> index) & 1) === 1]));
    const { data } = await runs({ document, variables, context });
    expect(Object.keys(data!)).toEqual([...switches.filter((name) => variables[name]), 'word']);
  }
});

test('a document is planned once for each of its operations and each position of its switches', async () => {
  const told = createSchema();
  const planned = vi.spyOn(told.getQueryType()!, 'getFields');
  const document = parse('query A ($on: Boolean!) { word @include(if: $on) } query B { word thing { name } }');
  const runs = createExecutor(told);
  const ask = async () => {
    for (const on of [true, false]) await runs({ document, operationName: 'A', variables: { on }, context });
    await runs({ document, operationName: 'B', context });
    return planned.mock.calls.length;
  };
  const once = await ask();
  expect(once).toBe(3);
  expect(await ask()).toBe(once);
});

test('of a document nothing is kept but its plans, whatever operation somebody asks of it', async () => {
  const runs = createExecutor(schema);
  const document = parse('query A { word }');
  const invented = (n: number) => Buffer.alloc(10_000, `name ${n}`).toString();
  const ask = async (count: number) => {
    for (let n = 0; n < count; n++) {
      const { errors } = await runs({ document, operationName: invented(n), context });
      expect(errors).toHaveLength(1);
    }
    collect();
    return process.memoryUsage().heapUsed;
  };
  const before = await ask(100);
  expect(((await ask(400)) - before) / 400).toBeLessThan(5_000);
});

test('what comes after a field that takes its object with it is not asked for', async () => {
  const told = createSchema();
  const asked: string[] = [];
  const thing = told.getType('Thing');
  if (!isObjectType(thing)) throw new Error('no thing');
  thing.getFields()['name']!.resolve = () => {
    throw new Error('no name');
  };
  const { resolve } = thing.getFields()['things']!;
  thing.getFields()['things']!.resolve = (source, args, of, info) => {
    asked.push(info.path.key as string);
    return resolve!(source, args, of, info);
  };
  const query = '{ thing { before: things(first: 0) { name } name after: things(first: 0) { name } } }';
  const [found, expected] = await bothWays({ query }, told);
  expect(found).toEqual(expected);
  expect(asked).toEqual(['before', 'before']);
});

test('of a list that is given up nothing is left unheard, however deep it lies', async () => {
  const unheard: unknown[] = [];
  const note = (reason: unknown) => unheard.push(reason);
  process.on('unhandledRejection', note);
  const told = createSchema();
  const { things } = (told.getType('Thing') as GraphQLObjectType).getFields();
  const failing = async (word: string) => {
    await turn();
    throw new Error(word);
  };
  things!.resolve = () => [null, failing('one'), [failing('two')], Promise.resolve([failing('three')])];
  const { errors } = await createExecutor(told)({
    document: parse('{ thing { things(first: 4) { name } } }'),
    context,
  });
  expect(errors).toHaveLength(1);
  await turn();
  await turn();
  process.off('unhandledRejection', note);
  expect(unheard).toEqual([]);
});

test('of what has to be there and fails, an object that is given up tells once', async () => {
  const told = createSchema();
  const { name, things } = (told.getType('Thing') as GraphQLObjectType).getFields();
  name!.resolve = async (_, __, ___, { path }) => {
    await turn();
    throw new Error(`no ${path.key}`);
  };
  things!.resolve = () => Promise.reject(new Error('no things'));
  const [found, expected] = await bothWays({ query: '{ thing { name other: name things(first: 1) { name } } }' }, told);
  expect(found).toEqual(expected);
  expect(found).toHaveProperty('errors.length', 1);
});

// Promises are told by their `then`, so something else has to have one here.
// oxlint-disable-next-line unicorn/no-thenable
const withThen = (then: unknown) => Object.fromEntries([['then', then]]);

test.each([
  ['at once', (list: unknown) => list],
  ['later', (list: unknown) => Promise.resolve(list)],
  [
    'by what is no promise, and can be waited for',
    (list: unknown) => withThen((told: (value: unknown) => void) => told(list)),
  ],
])('a list that breaks while it is read is an error in its place: %s', async (_, answered) => {
  const told = createSchema();
  const { things } = (told.getType('Thing') as GraphQLObjectType).getFields();
  function* breaking() {
    yield aThing;
    throw new Error('broken');
  }
  things!.resolve = () => answered(breaking());
  const [found, expected] = await bothWays({ query: '{ thing { things(first: 1) { name } } word }' }, told);
  expect(found).toEqual(expected);
  expect(found).toMatchObject({ data: { thing: null, word: 'word 3' }, errors: [{ path: ['thing', 'things'] }] });
});

test('what has something of the name `then` is no promise for that', async () => {
  const told = createSchema();
  told.getQueryType()!.getFields()['thing']!.resolve = () => ({ ...aThing, ...withThen('later') });
  const [found, expected] = await bothWays({ query: '{ thing { name } }' }, told);
  expect(found).toEqual(expected);
  expect(found).toEqual({ data: { thing: aThing } });
});

test('nobody waits for what is left of a list that is given up', async () => {
  const told = createSchema();
  const { things } = (told.getType('Thing') as GraphQLObjectType).getFields();
  things!.resolve = () => [aThing, null, new Promise(() => undefined)];
  const answer = createExecutor(told)({ document: parse('{ thing { name things(first: 3) { name } } }'), context });
  const { data, errors } = await Promise.race([answer, turn<ExecutionResult>({ data: null })]);
  expect(data).toEqual({ thing: null });
  expect(errors?.map(({ path }) => path)).toEqual([['thing', 'things', 1]]);
});

test('arguments are reckoned once for all rows, and nobody writes into those of others', async () => {
  const told = createSchema();
  const asked = new Set<object>();
  for (const field of Object.values((told.getType('Thing') as GraphQLObjectType).getFields())) {
    const { resolve = () => 'a name' } = field;
    field.resolve = (source, args, of, info) => {
      asked.add(args as object);
      return resolve(source, args, of, info);
    };
  }
  const document = parse('{ thing { things(first: 20) { name other: name things(first: 0) { name } } } }');
  await createExecutor(told)({ document, context });
  expect(Array.from(asked)).toEqual([{ first: 20 }, {}, { first: 0 }]);
  // Those of a field that takes none are there for all requests.
  expect(Array.from(asked, (args) => Object.isFrozen(args))).toEqual([false, true, false]);
});

test('nothing of whoever asked first is in the plan by which the others are answered', async () => {
  const told = buildSchema(`
    type Query { word(of: In!): String, thing(of: Int): Thing, things(of: [Int!]): [Named!] }
    interface Named { name(of: String): String }
    type Thing implements Named { name(of: String): String, word(of: In): String }
    input In { text: String = "none", number: Int = 1 }`);
  const say = async (_: unknown, args: object, of: { caller: string }, info: GraphQLResolveInfo) => {
    await turn();
    return JSON.stringify([of.caller, args, info.variableValues, info.path]);
  };
  const thing = told.getType('Thing');
  if (!isObjectType(thing)) throw new Error('no thing');
  for (const field of Object.values(thing.getFields())) field.resolve = say;
  const roots = told.getQueryType()!.getFields();
  roots['word']!.resolve = say;
  roots['thing']!.resolve = () => ({});
  roots['things']!.resolve = (_, { of }: { of: number[] }) => of.map(() => ({ __typename: 'Thing' }));
  const document = parse(`query ($text: String, $number: Int = 7, $list: [Int!], $on: Boolean!) {
    word(of: { text: $text, number: $number })
    thing(of: $number) { name(of: $text) ...More @include(if: $on) }
    things(of: $list) { name(of: $text) ...More @skip(if: $on) }
  } fragment More on Thing { word(of: { text: $text }) again: word }`);
  const runs = createExecutor(told);
  const answers = Array.from({ length: 40 }, async (_, n) => {
    const variables = {
      ...(n % 3 > 0 && { text: `text ${n}` }),
      ...(n % 4 > 0 && { number: n % 4 === 1 ? null : n }),
      list: Array.from({ length: n % 5 }, (__, index) => index),
      on: n % 2 > 0,
    };
    const contextValue = { caller: `caller ${n}` };
    const found = await runs({ document, variables, context: contextValue });
    return [found, await execute({ schema: told, document, variableValues: variables, contextValue })];
  });
  for (const [found, expected] of await Promise.all(answers)) {
    expect(JSON.stringify(found)).toBe(JSON.stringify(expected));
    expect(found).toHaveProperty('data.word');
  }
});

test('which field asked is known as long as anybody wants to know it, and no longer', async () => {
  const disabled = vi.spyOn(AsyncLocalStorage.prototype, 'disable');
  const asked: (string | undefined)[] = [];
  const watch = (name: string, turns: number) =>
    watchingFields(() =>
      withinField(['nodes', 0, name], async () => {
        for (let n = 0; n < turns; n++) await turn();
        asked.push(askedBy());
      }),
    );
  await Promise.all([watch('first', 1), watch('second', 3)]);
  expect(asked).toEqual(['nodes.first', 'nodes.second']);
  expect(askedBy()).toBeUndefined();
  await watch('third', 1);
  expect(disabled).toHaveBeenCalledTimes(2);
  disabled.mockRestore();
});

test('resolvers are told where they are', async () => {
  const infos: GraphQLResolveInfo[] = [];
  const told = createSchema();
  const { name } = (told.getType('Thing') as GraphQLObjectType).getFields();
  name!.resolve = (_, __, ___, info) => {
    infos.push(info);
    return info.fieldName;
  };
  const query = `query Told($first: Int = 2) {
      some: thing { things(first: $first) { name ...Named } things(first: $first) { ...Named ...Named } }
    } fragment Named on Thing { name ... { name } again: name }`;
  const [found, expected] = await bothWays({ query, variables: { first: 2 } }, told);
  expect(found).toEqual(expected);
  const seen = infos.map((info) => ({
    fieldName: info.fieldName,
    fieldNodes: JSON.stringify(info.fieldNodes),
    path: JSON.stringify(info.path),
    returnType: info.returnType,
    parentType: info.parentType,
    schema: info.schema,
    rootValue: info.rootValue,
    fragments: Object.keys(info.fragments),
    operation: JSON.stringify(info.operation),
    variables: info.variableValues,
  }));
  expect(seen).toHaveLength(8);
  for (const [index, one] of seen.slice(0, 4).entries()) {
    for (const [word, value] of Object.entries(one)) {
      const other = seen[index + 4]![word as keyof typeof one];
      if (value === told || typeof value === 'string') expect(other).toBe(value);
      else expect(other).toEqual(value);
    }
  }
});

test('of many types that may be met, each is planned once, and by what it is', async () => {
  const told = buildSchema(`
    type Query { all: [All] }
    union All = A | B
    interface Named { name: String }
    type A implements Named { name: String }
    type B { name: String }`);
  const types = Array.from({ length: 20 }, (_, index) => ({ __typename: 'AB'[index % 2], name: `${index}` }));
  told.getQueryType()!.getFields()['all']!.resolve = () => types;
  const query = '{ all { __typename ... on Named { name } ... on All { again: __typename } } }';
  const [found, expected] = await bothWays({ query }, told);
  expect(found).toEqual(expected);
  const planned = vi.spyOn(told.getType('A') as GraphQLObjectType, 'getFields');
  await createExecutor(told)({ document: parse(query), context });
  expect(planned).toHaveBeenCalledTimes(1);
});

test('a leaf that a scalar makes nothing of, or that is a function or an error, is what graphql-js makes of it', async () => {
  const told = buildSchema(
    'scalar Loose type Query { thing: Thing } type Thing { a: Loose b: Loose c: Loose d: Loose e: Loose f: [Loose] }',
  );
  const made: unknown[] = ['all', null, undefined];
  (told.getType('Loose') as GraphQLScalarType).serialize = (value) => (typeof value === 'number' ? made[value] : value);
  const f = [0, 1, 2, new Error('an error'), null];
  const thing = { a: 0, b: 1, c: 2, d: () => 0, e: new Error('an error'), f };
  told.getQueryType()!.getFields()['thing']!.resolve = () => thing;
  const sorted = (answer: unknown) =>
    ((answer as ExecutionResult).errors ?? []).map(({ path }) => path!.join('.')).toSorted();
  for (const fields of ['a b c d e f', 'a d', 'a e', 'd', 'e']) {
    const [found, expected] = await bothWays({ query: `{ thing { ${fields} } }` }, told);
    expect(sorted(found)).toEqual(sorted(expected));
    expect({ ...(found as object), errors: 0 }).toEqual({ ...(expected as object), errors: 0 });
    expect(found).toHaveProperty('data.thing');
  }
});

test('a property is read once, though it is null', async () => {
  const told = createSchema();
  const read = vi.fn<() => null>(() => null);
  (told.getType('Thing') as GraphQLObjectType).getFields()['name']!.type = GraphQLString;
  told.getQueryType()!.getFields()['thing']!.resolve = () => Object.defineProperty({}, 'name', { get: read });
  const { data } = await createExecutor(told)({ document: parse('{ thing { name } }'), context });
  expect(data).toEqual({ thing: { name: null } });
  expect(read).toHaveBeenCalledTimes(1);
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
  // Whoever asks for the same has what is written already.
  for (const name of ['first', 'second']) {
    const count = written.length;
    await bothWays({ query: `{ ${name}: things { nameOfOurs } }` }, told);
    expect(written).toHaveLength(count);
  }
  vi.unstubAllGlobals();
  expect(written.join()).toContain('nameOfOurs');
  expect(written.join()).not.toContain('strange');
});
