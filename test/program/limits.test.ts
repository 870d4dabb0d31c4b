import { buildSchema, getOperationAST, parse, validate, type DocumentNode } from 'graphql';
import { describe, expect, it, vi } from 'vitest';
import { withEntities } from '../../schema/federation.ts';
import { createSubgraph } from '../../schema/subgraphs.ts';
import { views } from '../../schema/views/index.ts';
import { readConfig } from '../../src/config.ts';
import { createLimits, type Excess } from '../../src/limits.ts';
import { collect } from '../support/collect.ts';
import { everyList } from './everyList.ts';

const schema = createSubgraph('timeback');
const defaults = readConfig({}).limits;

function excess(
  query: string,
  variables: Record<string, unknown> = {},
  changes: Partial<typeof defaults> = {},
): Excess | undefined {
  const limits = createLimits(schema, { ...defaults, ...changes });
  const shape = limits.inspect(query).excess;
  if (shape) return shape;
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  return limits.weigh(document, getOperationAST(document)!, variables);
}

const repeat = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ');

describe('the shape of a document', () => {
  const deep = (levels: number) => {
    // students, nodes, student, student …
    let inner = 'id';
    for (let level = 0; level < levels - 3; level++) inner = `organizations { ${inner} }`;
    return `{ students { nodes { ${inner} } } }`;
  };
  const nested = (count: number, names: readonly string[]) =>
    `{ ${repeat(count, (i) => `${names[i % names.length]!} {`)} id ${'} '.repeat(count)} }`;
  const cases: [what: string, limit: string, allowed: string, refused: string][] = [
    ['tokens', 'tokens', `{ __typename #${'x'.repeat(3_000)}\n}`, `{ students { nodes { ${'id '.repeat(2_000)} } } }`],
    ['depth', 'depth', deep(12), deep(13)],
    [
      'depth within fragments',
      'depth',
      '{ ...A } fragment A on Query { __typename }',
      `{ ...A } fragment A on Query ${deep(13)}`,
    ],
    [
      'depth of edges, which is that of nodes',
      'depth',
      // Three for each list: its own name, `edges { node`, and the one row that leads on.
      nested(15, ['sessions', 'edges', 'node', 'student']),
      nested(16, ['sessions', 'edges', 'node', 'student']),
    ],
    [
      'depth of edges in fragments',
      'depth',
      `{ sessions { edges { ...E } } } fragment E on SessionEdge { ... on SessionEdge { node ${nested(9, ['organizations'])} } }`,
      `{ sessions { edges { ...E } } } fragment E on SessionEdge { ... on SessionEdge { node ${nested(10, ['organizations'])} } }`,
    ],
    [
      'depth of a node that is of no edges',
      'depth',
      `{ ...A } fragment A on Query ${nested(11, ['node'])}`,
      `{ ...A } fragment A on Query ${nested(12, ['node'])}`,
    ],
    ['depth of edges in edges', 'depth', nested(11, ['edges']), nested(12, ['edges'])],
    ['depth of edges in nodes, in turn', 'depth', nested(22, ['edges', 'node']), nested(23, ['edges', 'node'])],
    [
      'aliases',
      'aliases',
      `{ students { nodes { ${repeat(30, (i) => `a${i}: id`)} } } }`,
      `{ students { nodes { ${repeat(31, (i) => `a${i}: id`)} } } }`,
    ],
    [
      'aliases within fragments, as often as they are spread',
      'aliases',
      `{ students { nodes { ...A } } } fragment A on Student { ${repeat(16, (i) => `a${i}: id`)} }`,
      `{ students { nodes { ...A } edges { node { ...A } } } } fragment A on Student { ${repeat(16, (i) => `a${i}: id`)} }`,
    ],
    [
      'letters of an alias above others',
      'aliasLetters',
      `{ ${'a'.repeat(100)}: students { b: nodes { c: id } } }`,
      `{ a: students { ${'b'.repeat(101)}: nodes { c: id } } }`,
    ],
    [
      'letters of an alias, which are written for every row',
      'aliasLetters',
      `{ students { nodes { ...A } } } fragment A on Student { ${'a'.repeat(100)}: id }`,
      `{ students { nodes { ...A } } } fragment A on Student { ${'a'.repeat(101)}: id }`,
    ],
    ['root fields', 'rootFields', `{ ${repeat(20, () => '__typename')} }`, `{ ${repeat(21, () => '__typename')} }`],
    [
      'fields of a fragment that are no root fields',
      'rootFields',
      `{ students { nodes { ...A } } } fragment A on Student { ${repeat(25, () => 'id')} }`,
      `{ ...A } fragment A on Query { ${repeat(21, () => '__typename')} }`,
    ],
    [
      'directives',
      'directives',
      `{ __typename ${'@skip(if: false) '.repeat(20)} }`,
      `{ __typename ${'@skip(if: false) '.repeat(21)} }`,
    ],
    [
      'directives of operations and variables',
      'directives',
      '{ __typename }',
      `query ($a: Int ${'@a '.repeat(11)}) ${'@a '.repeat(10)} { __typename }`,
    ],
    [
      'repeated fields',
      'repeats',
      `{ students { nodes { ${'id '.repeat(100)} } } }`,
      `{ students { nodes { ${'id '.repeat(101)} } } }`,
    ],
    [
      'repeated fields in lists that are merged',
      'repeats',
      `{ students { ${repeat(10, () => 'nodes { id id }')} } }`,
      `{ students { ${repeat(20, () => 'nodes { id id id id id id }')} } }`,
    ],
    [
      'repeated fields, by the names under which they are answered',
      'repeats',
      `{ students { nodes { ${'id '.repeat(80)} ${repeat(25, (i) => `a${i}: id`)} } } }`,
      `{ students { nodes { ${'id '.repeat(80)} ${'id: name '.repeat(21)} } } }`,
    ],
    [
      'repeated fields in fragments of every kind',
      'repeats',
      `{ students { nodes { ${'id '.repeat(40)} ... { ${'id '.repeat(30)} } ...A } } } fragment A on Student { ${'id '.repeat(30)} }`,
      `{ students { nodes { ${'id '.repeat(40)} ... { ${'id '.repeat(30)} } ...A } } } fragment A on Student { ${'id '.repeat(31)} }`,
    ],
    [
      'repeated fields in a fragment that nobody spreads',
      'repeats',
      `fragment A on Student { ${'id '.repeat(100)} } { __typename }`,
      `fragment A on Student { ${'id '.repeat(101)} } { __typename }`,
    ],
    [
      'readings of the schema',
      'introspections',
      '{ a: __schema { __typename } __schema { __typename } b: __type(name: "A") { name } c: __type(name: "B") { name } }',
      `{ ${repeat(3, (i) => `a${i}: __schema { __typename }`)} }`,
    ],
    [
      'a fragment that spreads itself',
      'cycles',
      '{ ...A } fragment A on Query { __typename }',
      '{ ...A } fragment A on Query { ...A }',
    ],
    [
      'a fragment that spreads itself further down',
      'cycles',
      '{ ...A } fragment A on Query { student(id: 1) { sessions { nodes { student { id } } } } }',
      '{ student(id: 1) { ...A } } fragment A on Student { sessions { nodes { student { ...A } } } }',
    ],
    [
      'two fragments that spread each other',
      'cycles',
      '{ ...A } fragment A on Query { ...B } fragment B on Query { __typename }',
      '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
    ],
  ];
  it.each(cases)('%s', (_, limit, allowed, refused) => {
    const options = { repeats: limit === 'repeats' ? 100 : 1_000, directives: limit === 'directives' ? 20 : 1_000 };
    const limits = createLimits(schema, { ...defaults, ...options });
    expect(limits.inspect(allowed).excess).toBeUndefined();
    expect(limits.inspect(refused).excess).toMatchObject({
      limit,
      refusal: {
        extensions: { code: 'QUERY_TOO_COMPLEX' },
        message: expect.stringMatching(/^The document .+ allowed\.$/),
      },
    });
  });

  const boundless = {
    tokens: 1e9,
    depth: 1e9,
    aliases: 1e9,
    rootFields: 1e9,
    directives: 1e9,
    fields: 1e9,
    repeats: 1e9,
  };
  it.each<[query: string, measures: Partial<typeof boundless>]>([
    ['{ __typename }', { tokens: 3, depth: 1, fields: 1, rootFields: 1, aliases: 0, directives: 0 }],
    ['{ students { nodes { id } } } # of whatever length', { tokens: 9, depth: 3, fields: 3, rootFields: 1 }],
    ['{ __schema { types { name } } }', { depth: 1, fields: 3 }],
    ['{ __type(name: "A") { ofType { ofType { name } } } }', { depth: 1, fields: 4 }],
    ['{ a: students { b: nodes { id c: id } } d: guides { totalCount } }', { aliases: 4, fields: 6, rootFields: 2 }],
    [
      'query A @a { x @b { y @c @d { ...F @e } ... @f { z } } } fragment F on T @g @h { u @i }',
      { directives: 9, fields: 4, depth: 3 },
    ],
    [
      'query A { x } query B($v: Int @a @b) @c { a: x { y } b: z @d }',
      { directives: 4, fields: 3, aliases: 2, depth: 2 },
    ],
    ['query B { a: x { y } b: z @d } query A { x }', { directives: 1, fields: 3, aliases: 2, depth: 2, rootFields: 2 }],
    [
      '{ x } fragment F on T @a { b: y { z @c } c: y d: y }',
      { directives: 2, fields: 4, aliases: 3, depth: 1, rootFields: 1 },
    ],
  ])('measures %s: %j', (query, measures) => {
    for (const [limit, measured] of Object.entries(measures)) {
      const inspect = (allowed: number) =>
        createLimits(schema, { ...defaults, ...boundless, [limit]: allowed }).inspect(query).excess;
      expect(inspect(measured)).toBeUndefined();
      expect(inspect(measured - 1)).toMatchObject({ limit, measured, allowed: measured - 1 });
    }
  });

  it('counts fragments that double at every step without walking them', () => {
    const fragments = repeat(
      60,
      (i) =>
        `fragment F${i} on Student { a: sessions { nodes { student { ...F${i + 1} } } } b: sessions { nodes { student { ...F${i + 1} } } } }`,
    );
    const query = `{ students { nodes { ...F0 } } } ${fragments} fragment F60 on Student { id }`;
    const begun = performance.now();
    expect(excess(query)).toMatchObject({ limit: 'depth' });
    expect(createLimits(schema, { ...defaults, depth: 1_000 }).inspect(query).excess).toMatchObject({
      limit: 'aliases',
    });
    expect(performance.now() - begun).toBeLessThan(200);
  });

  it('lets the introspection query of every tool through', async () => {
    const { getIntrospectionQuery } = await import('graphql');
    const query = getIntrospectionQuery({
      descriptions: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      inputValueDeprecation: true,
    });
    expect(excess(query)).toBeUndefined();
  });

  it('leaves what is not GraphQL to the parser, and fragments that are not there to validation', () => {
    expect(createLimits(schema, defaults).inspect('{{{').excess).toBeUndefined();
    expect(createLimits(schema, defaults).inspect('{ ...A ...A }').excess).toBeUndefined();
  });
});

describe('what a document could read', () => {
  // Rows: each page and each row on it, as the reader of the document would count them.
  const worked: [query: string, variables: Record<string, unknown>, nodes: number][] = [
    ['{ students { nodes { id } } }', {}, 20],
    ['{ students(first: 50) { nodes { id } } }', {}, 50],
    ['{ students(last: 7) { nodes { id } } }', {}, 7],
    ['{ students(first: 0) { nodes { id } } }', {}, 0],
    ['{ students(first: 50) { edges { node { id } } pageInfo { hasNextPage } } }', {}, 50],
    ['{ students(first: 50) { totalCount } }', {}, 0],
    // A page is read for its cursors, too.
    ['{ students(first: 50) { edges { cursor } } }', {}, 50],
    ['{ students(first: 50) { edges { cursor a: node { id } b: node { id } } nodes { id } } }', {}, 100],
    ['{ students(first: 50) { pageInfo { endCursor } } }', {}, 50],
    [
      '{ students(first: 50) { ...A totalCount } } fragment A on StudentConnection { a: pageInfo { endCursor } pageInfo { hasNextPage } }',
      {},
      50,
    ],
    [
      '{ students(first: 50) { nodes { sessions(first: 10) { pageInfo { hasNextPage } } } pageInfo { hasNextPage } } }',
      {},
      50 + 500,
    ],
    ['query ($no: Boolean!) { students(first: 50) { pageInfo @skip(if: $no) { endCursor } } }', { no: true }, 0],
    [
      'query ($no: Boolean!) { students(first: 50) { pageInfo { endCursor } nodes @skip(if: $no) { id } } }',
      { no: true },
      50,
    ],
    ['{ students(first: 50) { nodes { sessions(first: 10) { nodes { id } } } } }', {}, 50 + 500],
    [
      '{ students(first: 50) { nodes { sessions(first: 10) { nodes { learningApp { name } } } } } }',
      {},
      50 + 500 + 500,
    ],
    ['{ a: students(first: 5) { nodes { id } } b: students(first: 6) { nodes { id } } }', {}, 11],
    ['query ($n: Int) { students(first: $n) { nodes { id } } }', { n: 30 }, 30],
    ['query ($n: Int) { students(first: $n) { nodes { id } } }', {}, 20],
    ['query ($n: Int) { students(first: $n) { nodes { id } } }', { n: null }, 20],
    ['query ($n: Int = 40) { students(first: $n) { nodes { id } } }', {}, 40],
    ['query ($n: Int = 1) { students(first: $n) { nodes { id } } }', { n: null }, 20],
    ['query ($no: Boolean!) { students { nodes { id } } sessions @skip(if: $no) { nodes { id } } }', { no: true }, 20],
    ['query ($no: Boolean!) { students { nodes { id } } sessions @skip(if: $no) { nodes { id } } }', { no: false }, 40],
    [
      'query ($yes: Boolean!) { students { nodes { id } } sessions @include(if: $yes) { nodes { id } } }',
      { yes: false },
      20,
    ],
    ['{ students(first: 5) { ...A } } fragment A on StudentConnection { nodes { id } }', {}, 5],
    ['{ students(first: 5) { ...A ...A } } fragment A on StudentConnection { nodes { id } }', {}, 5],
    ['{ students(first: 5) { ... on StudentConnection { ... { nodes { id } } } } }', {}, 5],
    // A walk is its rows, without `nodes`.
    ['{ course(id: "x") { descendants { id } } }', {}, 1 + 100],
    ['{ course(id: "x") { descendants(first: 30) { ... on Test { parents(first: 2) { id } } } } }', {}, 1 + 30 + 60],
    ['query ($n: Int) { course(id: "x") { children(first: $n) { id } } }', { n: 40 }, 1 + 40],
    ['query ($n: Int) { course(id: "x") { children(first: $n) { id } } }', { n: null }, 1 + 100],
    ['query ($n: Int) { course(id: "x") { children(first: $n) { id } } }', {}, 1 + 100],
    [
      '{ courses(first: 3) { nodes { ancestors(first: 4) { ... on Unit { tests(first: 5) { nodes { id } } } } } } }',
      {},
      3 + 12 + 60,
    ],
    ['{ __schema { types { name fields { name } } } }', {}, 0],
    ['{ sessions { summary { count durationSec { sum avg } startTime { min } } } }', {}, 0],
    ['{ students(first: null) { nodes { id } } a: students(first: -5) { nodes { id } } }', {}, 20],
    ['query ($n: Int) { students(first: $n) { nodes { id } } }', { n: 0 }, 0],
    ['query ($n: Int) { students(first: $n) { nodes { id } } }', { n: -5 }, 20],
    [
      'query ($no: Boolean!) { students @include(if: true) @skip(if: $no) { nodes { id } } guides @skip(if: false) { nodes { id } } }',
      { no: true },
      20,
    ],
  ];
  it.each(worked)('%s with %j', (query, variables, nodes) => {
    expect(excess(query, variables, { nodes, cost: 1_000_000 })).toBeUndefined();
    if (nodes > 0)
      expect(excess(query, variables, { nodes: nodes - 1 })).toMatchObject({ limit: 'nodes', measured: nodes });
  });

  it.each(everyList(schema).map((list) => [list.name, list] as const))(
    'counts the rows of %s',
    (_, { document, rows }) => {
      const empty = document(0);
      const full = document(rows);
      const asked = (query: string) => {
        const parsed = parse(query);
        expect(validate(schema, parsed)).toEqual([]);
        return createLimits(schema, defaults).price(parsed, getOperationAST(parsed)!, {}).nodes.asked;
      };
      expect(asked(full) - asked(empty)).toBe(rows);
    },
  );

  it('counts references, of which there may be more than rows of a page', () => {
    const limits = createLimits(withEntities(schema), { ...defaults, nodes: 0 });
    const asked = (query: string, variables: Record<string, unknown> = {}) => {
      const document = parse(query);
      return limits.weigh(document, getOperationAST(document)!, variables);
    };
    const follow = '_entities(representations: $ids) { ... on Student { id sessions(first: 2) { nodes { id } } } }';
    const ids = Array.from({ length: 1_200 }, (_, id) => ({ __typename: 'Student', id }));
    expect(asked(`query ($ids: [_Any!]!) { ${follow} }`, { ids })).toMatchObject({ limit: 'nodes', measured: 3_600 });
    expect(asked(`{ ${follow.replace('$ids', '[{ id: 1 } { id: 2 }]')} }`)).toMatchObject({ measured: 6 });
  });

  it('knows the steps of a connection by what they are, not by their names alone', () => {
    const other = buildSchema(`
      type Query { node: Thing nodes: [Thing] pageInfo: Thing things(first: Int): Things many(first: Int): Many all: Many }
      type Many { nodes: [Thing] }
      type Thing { id: ID! node: Thing edges: [Thing] nodes: [Thing] pageInfo: Thing }
      type Things { nodes: Thing }`);
    const rows = (text: string) => {
      const document = parse(text);
      return createLimits(other, defaults).price(document, getOperationAST(document)!, {}).nodes.asked;
    };
    expect(rows('{ node { id } pageInfo { id } nodes { id } }')).toBe(1 + 1 + 20);
    expect(rows('{ node { node { id } pageInfo { id } edges { nodes { id } } } }')).toBe(1 + 1 + 1 + 20 + 400);
    expect(rows('{ things(first: 3) { nodes { id } } }')).toBe(1);
    expect(rows('{ many(first: 3) { ...A } all { ...A } } fragment A on Many { nodes { id } }')).toBe(3 + 1 + 20);
  });

  it('names the field that costs most, and what would fit', () => {
    const found = excess(
      '{ students(first: 100) { nodes { guides { nodes { guideId } } sessions(first: 1000) { nodes { id } } } } }',
    );
    expect(found?.refusal.message).toBe(
      'The document could read 102,100 objects; 50,000 are allowed. Most of them, 100,000, are in students.sessions. ' +
        'It would fit with first: 479 at students.sessions.',
    );
    // And so it does.
    expect(
      excess(
        '{ students(first: 100) { nodes { guides { nodes { guideId } } sessions(first: 479) { nodes { id } } } } }',
      ),
    ).toBeUndefined();
    expect(
      excess(
        '{ students(first: 100) { nodes { guides { nodes { guideId } } sessions(first: 480) { nodes { id } } } } }',
      ),
    ).toBeDefined();
  });

  it('advises on a walk as on a page', () => {
    const asking = (first: number) => `{ courses(first: 100) { nodes { descendants(first: ${first}) { id } } } }`;
    expect(excess(asking(1000))?.refusal.message).toBe(
      'The document could read 100,100 objects; 50,000 are allowed. Most of them, 100,000, are in courses.descendants. ' +
        'It would fit with first: 499 at courses.descendants.',
    );
    expect(excess(asking(499))).toBeUndefined();
    expect(excess(asking(500))).toBeDefined();
  });

  it('blames no list for what several of the same size ask for', () => {
    const lists = ['sessions', 'guides', 'journals'].map((name) => `${name}(first: 100) { nodes { __typename } }`);
    expect(excess(`{ students(first: 1000) { nodes { ${lists.join(' ')} } } }`)?.refusal.message).toMatch(
      /Most of them, 301,000, are in students\. It would fit with first: 166 at students\.$/,
    );
  });

  it.each([
    // Of several that are alike, the first; below half of the whole, whatever they hang on.
    [20, `{ ${repeat(5, (i) => `a${i}: students(first: 10) { nodes { id } }`)} }`, '10, are in students. No page size'],
    [20, '{ schools(first: 10) { nodes { id } } students(first: 10) { nodes { id } } guides(first: 10) { nodes { id } } }', '10, are in schools. No page size'],
    [20, `{ student(id: "x") { ${repeat(5, (i) => `a${i}: sessions(first: 10) { nodes { id } }`)} } }`, '51, are in student. No page size'],
    [20, '{ student(id: "x") { sessions(first: 30) { nodes { id } } } }', '30, are in student.sessions. It would fit with first: 19 at student.sessions.'],
    [50, '{ courses(first: 2) { nodes { descendants(first: 10) { ... on Test { parents(first: 20) { id } } } } } }', '400, are in courses.descendants.parents. It would fit with first: 1 at courses.descendants.parents.'],
    // In fragments as anywhere, along an edge as along a node, and for each row before what is told once.
    [20, '{ student(id: "x") { ...A } } fragment A on Student { ...B } fragment B on Student { sessions(first: 30) { edges { node { id } } } }', '30, are in student.sessions. It would fit with first: 19 at student.sessions.'],
    [300, '{ sessions(first: 30) { groups(by: [DATE], first: 50) { nodes { key { date } } } edges { node { attempts(first: 10) { nodes { date } } } } } }', '300, are in sessions.attempts. It would fit with first: 5 at sessions.attempts.'],
  ])('of %i objects, blames and advises in %s', (nodes, query, said) => {
    expect(excess(query, {}, { nodes })?.refusal.message).toContain(said);
  }); // prettier-ignore

  it.each([
    ['one after the other', (i: number) => `a: sessions { nodes { student { ...F${i + 1} } } } b: sessions { nodes { student { ...F${i + 1} } } }`],
    ['in one place', (i: number) => `...A${i} ...B${i} } fragment A${i} on Student { ...F${i + 1} } fragment B${i} on Student { ...F${i + 1}`],
  ])('weighs a fragment that is reached on four thousand ways a few times: %s', (_, text) => {
    const fragments = repeat(12, (i) => `fragment F${i} on Student { ${text(i)} }`);
    const last = 'fragment F12 on Student { sessions(first: $n, where: $w) { totalCount } }';
    const document = parse(`query ($n: Int, $w: SessionFilter) { student(id: "x") { ...F0 } } ${fragments} ${last}`);
    const reads = vi.fn<() => undefined>();
    const variables = new Proxy({}, { get: reads, ownKeys: () => reads() ?? [] });
    createLimits(schema, defaults).weigh(document, getOperationAST(document)!, variables);
    expect(reads.mock.calls.length).toBeLessThan(100);
  }); // prettier-ignore

  it('advises on the nearest page that can be shortened', () => {
    const found = excess(
      '{ students(first: 1000) { nodes { sessions(first: 900) { nodes { attempts { nodes { isCorrect } } } } } } }',
    );
    expect(found?.refusal.message).toMatch(
      /are in students\.sessions\.attempts\. It would fit with first: 2 at students\.sessions\.$/,
    );
    expect(
      excess(
        '{ students(first: 1000) { nodes { sessions(first: 2) { nodes { attempts { nodes { isCorrect } } } } } } }',
      ),
    ).toBeUndefined();
  });

  it('says so when no page is to blame', () => {
    const found = excess('{ students(first: 1) { nodes { id } } }', {}, { nodes: 0 });
    expect(found?.refusal.message).toMatch(/are in students\. No page size would make it fit\.$/);
  });

  it('counts lists by their price', () => {
    const query = '{ students(first: 1000) { nodes { sessions(first: 1) { totalCount } } } }';
    expect(excess(query)).toBeUndefined();
    expect(excess(query, {}, { cost: 12_000 })).toMatchObject({ limit: 'cost', measured: 12_001 });
  });

  it.each([
    // The list and its summary, then each function; those that sort what they read cost as much as a list that is counted.
    ['{ sessions { summary { count durationSec { sum avg } startTime { min } } } }', 1 + 10 + 4],
    ['{ sessions { summary { durationSec { a: percentile(at: 0.5) b: percentile(at: 0.9) countDistinct } } } }', 1 + 10 + 30],
    ['{ students(first: 50) { nodes { sessions { summary { count } } } } }', 1 + 50 * (1 + 1 + 10 + 1)],
    // The metrics, and each metric as a list that is counted; a series by its points, one for each of them and of their values.
    ['{ metrics(during: { from: "2026-10-01", to: "2026-10-31" }) { xp { value } accuracy { change } } }', 1 + 2 * 10],
    ['{ metricSeries(during: { from: "2026-10-01", to: "2026-10-31" }, unit: DAY) { bucket { startDate } xp accuracy } }', 31 * 4],
    ['{ metricSeries(during: { from: "2026-01-01", to: "2026-12-31" }, unit: MONTH) { xp } }', 15 * 2],
    ['{ metricSeries(during: { from: "2026-01-01", to: "2026-12-31" }, unit: YEAR) { xp } }', 10 * 2],
    // The rows that are read for their cursors.
    ['{ students(first: 50) { pageInfo { endCursor } } }', 1 + 50],
    ['{ metricSeries(during: { from: "2001-01-01", to: "2020-12-30" }, unit: YEAR) { xp } }', 22 * 2],
    // 2,160 days and 2,184.
    ['{ metricSeries(during: { from: "2020-01-01", to: "2025-11-29" }, unit: QUARTER) { xp } }', 25 * 2],
    ['{ metricSeries(during: { from: "2020-01-01", to: "2025-12-23" }, unit: QUARTER) { xp } }', 26 * 2],
    // Each view, and of what is told of its rows as much as of a list that is counted; of its keys as many as lists usually have.
    ['{ catalog(views: ["sessions", "attempts"]) { name totalCount newest } }', 2 * (1 + 10 + 10)],
    ['{ catalog { metrics lagSec } }', views.length * (1 + 10)],
    ['{ catalog(views: ["sessions"]) { joins { column share } } }', 1 + 20 * (1 + 10)],
    // The list, its groups in one pass, and of each of them the group, its key and its summary with two functions.
    ['{ sessions { groups(by: [DATE], first: 5) { nodes { key { date } summary { count durationSec { sum } } } } } }', 1 + 10 + 5 * 5],
    ['{ sessions { groups(by: [DATE]) { totalCount others { count } } } }', 1 + 10 + 2],
  ])('counts what %s reads and sorts, and no rows', (query, cost) => {
    expect(excess(query, {}, { cost, nodes: 150 })).toBeUndefined();
    expect(excess(query, {}, { cost: cost - 1 })).toMatchObject({ limit: 'cost', measured: cost });
  }); // prettier-ignore

  it('counts the points of a series by what its variables say, and as many as there may be where they say nothing', () => {
    const text = `query ($during: TimebackDateRange!, $from: Date = "2026-10-01", $unit: TimebackTimeUnit = WEEK) {
      whole: metricSeries(during: $during, unit: DAY) { xp }
      open: metricSeries(during: { from: $from, to: "2026-12-31" }, unit: $unit) { xp }
    }`;
    const document = parse(text);
    const operation = getOperationAST(document)!;
    const limits = createLimits(schema, { ...defaults, cost: 0 });
    const points = (variables: Record<string, unknown>) => limits.weigh(document, operation, variables)!.measured / 2;
    const days = (from: string, to: string) => ({ during: { from, to } });
    expect(points(days('2026-10-01', '2026-11-09'))).toBe(40 + 15);
    expect(points({ ...days('2026-10-01', '2026-11-09'), unit: 'DAY' })).toBe(40 + 92);
    expect(points(days('2025-01-01', '2026-11-09'))).toBe(400 + 15);
    for (const during of [undefined, null, 'x', { from: 'x' }]) expect(points({ during })).toBe(400 + 15);
    expect(points({ ...days('2026-10-01', '2026-11-09'), unit: 'constructor' })).toBe(40 + 400);
    expect(points({ ...days('2026-10-01', '2026-11-09'), unit: 'HOUR' })).toBe(40 + 93);
  });

  it.each([
    ['{ students(first: 50) { nodes { id name } totalCount } }', 50 * 2 + 1],
    ['{ students(first: 50) { edges { cursor node { id orgIds } } pageInfo { hasNextPage } } }', 50 * 3 + 1],
    [
      '{ students(first: 50) { nodes { __typename a: __typename b: id ...A } } } fragment A on Student { name }',
      50 * 4,
    ],
    ['{ students(first: 50) { nodes { sessions(first: 10) { nodes { id learningApp { id name } } } } } }', 500 * 3],
    ['{ course(id: "x") { id descendants(first: 30) { id title } } }', 1 + 30 * 2],
    ['{ recommendations(first: 30) { nodes { id content again: content type } } }', 30 * (2 + 2 * 20)],
    ['{ __typename __schema { types { name } } }', 1],
  ])('counts the values that are written of %s', (query, values) => {
    expect(excess(query, {}, { values })).toBeUndefined();
    expect(excess(query, {}, { values: values - 1 })).toMatchObject({ limit: 'values', measured: values });
  });

  it('advises on a page with fewer values', () => {
    const asking = (first: number) =>
      `{ students(first: 1000) { nodes { sessions(first: ${first}) { nodes { ${repeat(30, (i) => `a${i}: startTime`)} } } } } }`;
    expect(excess(asking(40))?.refusal.message).toBe(
      'The document could read 1,200,000 values; 1,000,000 are allowed. Most of them, 1,200,000, are in students.sessions. ' +
        'It would fit with first: 33 at students.sessions.',
    );
    expect(excess(asking(33))).toBeUndefined();
  });

  const many = (count: number, text: string) => Array.from({ length: count }, () => text).join(' ');
  const said: [query: string, variables: Record<string, unknown>, conditions: number][] = [
    ['{ students { nodes { id } } }', {}, 0],
    ['{ students(where: { name: { eq: "a" } }) { nodes { id } } }', {}, 2],
    ['query ($name: String) { students(where: { name: { eq: $name } }) { nodes { id } } }', { name: 'a' }, 2],
    [`{ students(where: { id: { in: [${many(100, '"a"')}] } }) { nodes { id } } }`, {}, 2],
    ['{ students(where: { or: [{ name: { eq: "a" } } { name: { eq: "b" } }] }) { nodes { id } } }', {}, 1 + 2 * 3],
    ['{ students(where: { or: [{} {}] not: {} }) { nodes { id } } }', {}, 1 + 2 + 1],
    // To other rows: twenty, and forty from there to others again.
    ['{ students(where: { sessions: { some: {} } }) { nodes { id } } }', {}, 1 + 20],
    ['{ students(where: { sessions: { some: { learningApp: { name: { eq: "a" } } } } }) { nodes { id } } }', {}, 1 + 20 + 40 + 2],
    ['{ students(where: { xp: { aggregate: { summary: { count: { gt: 1 } } } } }) { nodes { id } } }', {}, 1 + 20 + 1 + 2],
    ['{ resourceRelations(where: { source: { test: {} } }) { nodes { id } } }'.replace('{ id }', '{ __typename }'), {}, 20 + 40],
    ['{ sessions(orderBy: [{ student: { name: ASC } } { startTime: DESC }]) { nodes { id } } }', {}, 1 + 20 + 1 + 1 + 1],
    ['{ students { nodes { sessions(where: { isProctored: { eq: true } }) { nodes { id } } } } }', {}, 2],
    ['query ($w: StudentFilter) { students(where: $w) { nodes { id } } }', { w: { sessions: { some: {} }, name: { eq: 'a' } } }, 23],
    ['query ($w: StudentFilter) { students(where: $w) { nodes { id } } }', {}, 0],
    ['query ($w: StudentFilter) { students(where: $w) { nodes { id } } }', { w: null }, 0],
    ['query ($w: StudentFilter = { name: { eq: "a" } }) { students(where: $w) { nodes { id } } }', {}, 2],
    ['query ($w: StudentFilter = { name: { eq: "a" } }) { students(where: $w) { nodes { id } } }', { w: null }, 0],
    ['query ($w: StudentFilter) { students(where: $w, orderBy: [{ name: ASC }]) { nodes { id } } }', { w: { name: { eq: 'a' } } }, 2 + 2],
    ['query ($w: StudentFilter!, $a: String) { students(where: { and: [$w { name: { eq: $a } }] }) { nodes { id } } }', { w: { sessions: { some: {} } }, a: 'a' }, 1 + 22 + 3],
    ['query ($w: StudentFilter!) { students(where: { or: [$w $w $w] }) { nodes { id } } }', { w: { sessions: { some: {} } } }, 1 + 3 * 22],
    ['query ($w: SessionFilter!) { students(where: { sessions: { some: $w } }) { nodes { id } } }', { w: { student: {} } }, 1 + 20 + 40],
    ['query ($o: [StudentOrder!]) { students(orderBy: $o) { nodes { id } } }', { o: [{ name: 'ASC' }, { id: 'ASC' }] }, 4],
    ['query ($o: [StudentOrder!]) { students(orderBy: $o) { nodes { id } } }', { o: { name: 'ASC' } }, 1],
    ['{ students { ...A } a: students { ...A } } fragment A on StudentConnection { nodes { sessions(where: { id: { eq: "a" } }) { totalCount } } }', {}, 4],
    ['query ($w: StudentFilter!, $no: Boolean!) { students(where: $w) @skip(if: $no) { totalCount } }', { w: { name: { eq: 'a' } }, no: true }, 0],
  ]; // prettier-ignore
  it.each(said)('counts what the filters and orders of %s say, with %j', (query, variables, conditions) => {
    expect(excess(query, variables, { conditions })).toBeUndefined();
    if (conditions > 0)
      expect(excess(query, variables, { conditions: conditions - 1 })).toMatchObject({
        limit: 'conditions',
        measured: conditions,
      });
  });

  it('names the longest filter, and lets nothing that is short by its variable become long by its places', () => {
    const query = `query ($w: StudentFilter!) { students { totalCount } schools { nodes { students(where: { or: [${many(300, '$w')}] }) { totalCount } } } }`;
    const w = { or: Array.from({ length: 5_000 }, () => ({ name: { eq: 'a' } })) };
    expect(excess(query, { w })?.refusal).toMatchObject({
      extensions: { code: 'QUERY_TOO_COMPLEX' },
      message:
        'The filters and orders of the document come to 4,500,601 conditions; 1,000 are allowed. The longest, 4,500,601, is at ' +
        'schools.students. A condition on other rows counts 20, and more the deeper it lies; a list of values counts one.',
    });
  });

  it('reads what a variable says once, in however many places it stands', () => {
    const query = `query ($w: StudentFilter!) { students(where: { or: [${many(20, '$w')}] }) { nodes { id } } a: students(where: $w) { totalCount } }`;
    const ownKeys = vi.fn<(target: object) => (string | symbol)[]>((target) => Reflect.ownKeys(target));
    const w = new Proxy({ name: { eq: 'a' } }, { ownKeys });
    expect(excess(query, { w }, { conditions: 62 })).toMatchObject({ measured: 1 + 20 * 3 + 2 });
    expect(ownKeys).toHaveBeenCalledTimes(1);
  });

  it('tells the same operation with one filter from the same with another', () => {
    const limits = createLimits(schema, defaults);
    const document = parse('query ($w: StudentFilter) { students(where: $w) { totalCount } }');
    const weigh = (w: unknown) => limits.weigh(document, getOperationAST(document)!, { w });
    expect(weigh({ sessions: { some: {} } })).toBeUndefined();
    expect(weigh({ or: Array.from({ length: 50 }, () => ({ sessions: { some: {} } })) })).toMatchObject({
      limit: 'conditions',
    });
    expect(weigh({ sessions: { some: {} } })).toBeUndefined();
  });

  it.each<[query: string, variables: Record<string, unknown>[], nodes: number[]]>([
    [
      'query ($n: Int, $m: Int) { a: students(first: $n) { nodes { id } } b: students(first: $m) { nodes { id guides(first: 1) { nodes { guideId } } } } }',
      [{ n: 1, m: 23 }, { n: 12, m: 3 }, { n: 123 }, { n: 123, m: null }, { m: 123 }],
      [1 + 46, 12 + 6, 123 + 40, 123 + 40, 20 + 246],
    ],
    [
      'query ($views: [String!] = ["a", "b", "c"]) { catalog(views: $views) { name } }',
      [{ views: ['a'] }, { views: ['a', 'b'] }, { views: [] }, {}, { views: null }],
      [1, 2, 0, 3, views.length],
    ],
    [
      'query ($no: Boolean = false) { students @skip(if: $no) { nodes { id } } guides @include(if: $no) { nodes { id } } }',
      [{ no: true }, { no: false }, {}],
      [20, 20, 40],
    ],
  ])('tells %s with one variable from the same with another', (query, variables, nodes) => {
    const limits = createLimits(schema, { ...defaults, nodes: -1 });
    const document = parse(query);
    const operation = getOperationAST(document)!;
    const measured = () => variables.map((one) => limits.weigh(document, operation, one)!.measured);
    expect(measured()).toEqual(nodes);
    expect(measured()).toEqual(nodes);
  });

  it('counts the organisations that the caller has', () => {
    const limits = createLimits(schema, { ...defaults, nodes: 0 });
    const document = parse('{ caller { scope { organizations { students(first: 10) { nodes { id } } } } } }');
    const asked = (organizations: number) =>
      limits.weigh(document, getOperationAST(document)!, {}, organizations)!.measured;
    expect([0, 1, 256].map(asked)).toEqual([2, 2 + 11, 2 + 256 * 11]);
    const priced = limits.price(document, getOperationAST(document)!, {}, 256);
    expect(priced.nodes).toEqual({ asked: 2 + 256 * 11, allowed: 0 });
    // Whoever guesses what they are called makes herself no cheaper.
    const guessed = limits.weigh(document, getOperationAST(document)!, { '@organizations': 0 }, 256);
    expect(guessed!.measured).toBe(2 + 256 * 11);
  });

  it('counts a list that stands in the default of its variable', () => {
    const query = 'query ($views: [String!]! = ["sessions", "students", "units"]) { catalog(views: $views) { name } }';
    expect(excess(query, {}, { nodes: 2 })).toMatchObject({ limit: 'nodes', measured: 3 });
    expect(excess(query, { views: ['units'] }, { nodes: 0 })).toMatchObject({ limit: 'nodes', measured: 1 });
  });

  it('refuses a page beyond the limit as bad input, and names it', () => {
    for (const [query, variables] of [
      ['{ students(first: 1001) { nodes { id } } }', {}],
      ['{ students(last: 2147483647) { totalCount } }', {}],
      ['query ($n: Int) { students(first: $n) { nodes { id } } }', { n: 1_001 }],
      [
        '{ ...A } fragment A on Query { students(first: 1001) { nodes { id } } sessions(first: 1001) { totalCount } }',
        {},
      ],
    ] as const) {
      expect(excess(query, variables)?.refusal).toMatchObject({
        message: 'students asks for more than 1,000 items at once.',
        extensions: { code: 'BAD_USER_INPUT' },
      });
    }
    expect(excess('{ students(first: 1000) { nodes { id } } }')).toBeUndefined();
    const below = '{ students { edges { node { sessions(first: 1001) { totalCount } } } } }';
    expect(excess(below)?.refusal.message).toMatch(/^students\.sessions asks for more/);
  });

  it('says nothing of what is left out', () => {
    const query = `query ($no: Boolean!) {
      students(first: 1001, where: { or: [${many(300, '{}')}] }) @skip(if: $no) { nodes { id } }
      sessions(where: { or: [${many(200, '{}')}] }) { nodes { id } }
    }`;
    expect(excess(query, { no: false })).toMatchObject({ limit: 'page' });
    expect(excess(query, { no: true })).toBeUndefined();
    const named = 'query ($no: Boolean!) { students(first: 5) { nodes { id __typename @skip(if: $no) } } }';
    expect(excess(named, { no: true }, { values: 4 })).toMatchObject({ measured: 5 });
    expect(excess(named, { no: false }, { values: 4 })).toMatchObject({ measured: 10 });
    expect(excess(query, { no: true }, { conditions: 200 })).toMatchObject({
      measured: 201,
      refusal: { message: expect.stringContaining('The longest, 201, is at sessions.') },
    });
  });

  it('remembers its verdicts by the numbers that matter', () => {
    const limits = createLimits(schema, defaults);
    const query =
      'query ($n: Int, $name: String) { students(first: $n, where: { name: { eq: $name } }) { nodes { sessions(first: 100) { nodes { id } } } } }';
    const document = parse(query);
    const operation = getOperationAST(document)!;
    for (let round = 0; round < 3; round++) {
      expect(limits.weigh(document, operation, { n: 10, name: `a${round}` })).toBeUndefined();
      expect(limits.weigh(document, operation, { n: 1_000, name: `a${round}` })).toMatchObject({ limit: 'nodes' });
    }
  });

  it('reads a document once, and weighs it once for the same numbers', () => {
    const limits = createLimits(schema, defaults);
    const query = 'query ($n: Int) { students(first: $n) { nodes { id } } }';
    expect(limits.inspect(query)).toBe(limits.inspect(query));
    const document = parse(query);
    const operation = getOperationAST(document)!;
    const reads = vi.fn<(target: object, name: string) => number>((_, name) => (name === 'n' ? 20 : 0));
    const compiles = vi.spyOn(schema, 'getRootType');
    const weighing = () => {
      reads.mockClear();
      expect(limits.weigh(document, operation, new Proxy({}, { get: reads }))).toBeUndefined();
      return reads.mock.calls.length;
    };
    // More than once, since the page is looked at for each measure; then for what the verdict is known by.
    expect(weighing()).toBeGreaterThan(1);
    expect(weighing()).toBe(1);
    expect(compiles).toHaveBeenCalledTimes(1);
    compiles.mockRestore();
    const refusals = () => [1_001, 1_002, 1_003].map((n) => limits.weigh(document, operation, { n }));
    for (const [index, refusal] of refusals().entries()) expect(refusals()[index]).toBe(refusal);
  });

  it('weighs anew what was weighed before very many others, and goes on to remember', () => {
    const limits = createLimits(schema, defaults);
    const names = Array.from({ length: 40 }, (_, n) => `n${n}`);
    const declared = names.map((name) => `$${name}: Int`).join(' ');
    const lists = names.map((name) => `${name}: students(first: $${name}) { totalCount }`).join(' ');
    const document = parse(`query (${declared}) { ${lists} }`);
    const ask = (first: number) => {
      const variables = Object.fromEntries(names.map((name) => [name, (1 + first / 10_000) * 1.123456789e100]));
      return limits.weigh(document, getOperationAST(document)!, variables);
    };
    const known = ask(0);
    // What each is known by has nearly a thousand characters, and takes as much as three thousand.
    for (let first = 1; first < 6_000; first++) ask(first);
    expect(ask(0)).toBe(known);
    for (let first = 6_000; first < 8_000; first++) ask(first);
    expect(ask(0)).not.toBe(known);
    const refusals = () => [ask(0), ask(1)];
    for (const [index, refusal] of refusals().entries()) expect(refusals()[index]).toBe(refusal);
  });

  it('remembers no more texts than it has room for, and goes on to remember', () => {
    const limits = createLimits(schema, defaults);
    const heap = () => (collect(), process.memoryUsage().heapUsed);
    const textOf = (n: number) => `${'#'.repeat(40_000)}${n}\n{ __typename }`;
    const inspect = (from: number, to: number) => {
      for (let n = from; n < to; n++) limits.inspect(textOf(n));
    };
    inspect(0, 200);
    const before = heap();
    inspect(200, 700);
    expect((heap() - before) / 500).toBeLessThan(10_000);
    const last = () => [698, 699].map((n) => limits.inspect(textOf(n)));
    for (const [index, found] of last().entries()) expect(last()[index]).toBe(found);
  });

  it('remembers no more of them than it has room for, whatever the documents are', () => {
    const limits = createLimits(schema, defaults);
    const heap = () => (collect(), process.memoryUsage().heapUsed);
    // Held, as the store of documents would hold them.
    const documents: DocumentNode[] = [];
    const weigh = (count: number) => {
      for (let n = 0; n < count; n++) {
        const document = parse(`query ($n: Int) { students(first: $n) { a${documents.length}: totalCount } }`);
        documents.push(document);
        for (let page = 1_001; page <= 1_200; page++)
          expect(limits.weigh(document, getOperationAST(document)!, { n: page })?.limit).toBe('page');
      }
    };
    weigh(60);
    const before = heap();
    weigh(100);
    expect((heap() - before) / 100).toBeLessThan(50_000);
  });

  it('costs microseconds once a document is known', () => {
    const limits = createLimits(schema, defaults);
    const query =
      'query ($n: Int) { students(first: $n) { nodes { sessions(first: 10) { nodes { id waste { id } } } } } }';
    const document = parse(query);
    const operation = getOperationAST(document)!;
    const ask = () => {
      limits.inspect(query);
      limits.weigh(document, operation, { n: 10 });
    };
    for (let warm = 0; warm < 1_000; warm++) ask();
    const begun = performance.now();
    for (let round = 0; round < 10_000; round++) ask();
    expect((performance.now() - begun) / 10_000).toBeLessThan(0.05);
  });
});
