import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { facts } from '../catalogue/facts.ts';
import { parserOf } from '../../loaders/sql/values.ts';
import { openGraph, organizations as scopeOf, type Answer, type TestGraph } from '../support/graph.ts';
import { orders } from './support/keys.ts';
import { dataOf } from './support/lists.ts';
import { waysOf } from './support/oracle.ts';
import { organizations, smallData } from './support/smallData.ts';
import { createTables, schema, type Tables } from './support/tables.ts';
import { columnsOf, isNullable, typeOf, viewNames } from './support/world.ts';

let tables: Tables;
let graph: TestGraph;
let client: pg.Client;
beforeAll(async () => {
  tables = await createTables('usual', smallData());
  graph = await openGraph(tables.url, { schema });
  client = new pg.Client({ connectionString: tables.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await graph.close();
  await tables.drop();
});

function codesByPath(answer: Answer): [string, unknown][] {
  return (answer.errors ?? []).map(({ path, extensions }) => [path!.join('.'), extensions['code']]);
}

/** While the database has something else in the place of a view, or nothing. */
async function instead<T>(
  view: string,
  select: string | undefined,
  ask: () => Promise<T>,
  learnsOfIt = true,
): Promise<T> {
  await client.query(`alter view ${schema}."${view}" rename to hidden`);
  if (select !== undefined)
    await client.query(`create view ${schema}."${view}" as select ${select} from ${schema}.hidden`);
  try {
    if (learnsOfIt) await graph.database.learn();
    return await ask();
  } finally {
    if (select !== undefined) await client.query(`drop view ${schema}."${view}"`);
    await client.query(`alter view ${schema}.hidden rename to "${view}"`);
    await graph.database.learn();
  }
}

const everything = `{ ${viewNames.map((view) => `${facts[view]!.rootField} { totalCount nodes { __typename } }`).join('\n')} }`;

/** The lists of an answer that are not whole, and the errors that say so. */
function losses(answer: Answer): unknown {
  const lists = answer.data as Record<string, { nodes: unknown[] | null; totalCount: number | null } | null>;
  const missing = Object.keys(lists).filter((name) => !lists[name]?.nodes || lists[name].totalCount === null);
  const errors = new Set(codesByPath(answer).map(([path, code]) => `${path.split('.')[0]} ${String(code)}`));
  return { missing, errors: [...errors] };
}

function onlyOf(view: string): unknown {
  const { rootField } = facts[view]!;
  return { missing: [rootField], errors: [`${rootField} VIEW_UNAVAILABLE`] };
}

describe('what a foreign database has otherwise costs nothing else', () => {
  test.each(viewNames)('%s is missing', async (view) => {
    expect(losses(await instead(view, undefined, () => graph.run(everything)))).toEqual(onlyOf(view));
  });

  test.each(viewNames)('%s lacks a column', async (view) => {
    const [, ...others] = columnsOf(view).map((column) => `"${column}"`);
    expect(losses(await instead(view, others.join(', '), () => graph.run(everything)))).toEqual(onlyOf(view));
  });

  test.each(viewNames)('%s has a column of another kind', async (view) => {
    const last = columnsOf(view).at(-1)!;
    const columns = columnsOf(view).map((column) =>
      column === last ? `to_jsonb("${column}") as "${column}"` : `"${column}"`,
    );
    expect(losses(await instead(view, columns.join(', '), () => graph.run(everything)))).toEqual(onlyOf(view));
  });

  test.each(['students', 'sessions', 'grades'])('%s goes away while it is served', async (view) => {
    expect(losses(await instead(view, undefined, () => graph.run(everything), false))).toEqual(onlyOf(view));
  });

  test('more columns than are known do no harm', async () => {
    const answer = await instead('grades', `*, 1 as "more", 'x'::xml as "still more"`, () => graph.run(everything));
    expect(answer.errors).toBeUndefined();
  });
});

describe('without one view', () => {
  test('an edge to it is null, with an error where it would be, and the keys are there', async () => {
    const answer = await instead('grades', undefined, () =>
      graph.run(
        `{ placementResults(where: { gradeId: { isNull: false } }, first: 2) { nodes { gradeId grade { label } student { id } } } }`,
      ),
    );
    const { nodes } = answer.data.placementResults;
    expect(nodes).toHaveLength(2);
    for (const node of nodes) expect(node).toMatchObject({ gradeId: expect.any(String) as unknown, grade: null });
    expect(codesByPath(answer)).toEqual([
      ['placementResults.nodes.0.grade', 'VIEW_UNAVAILABLE'],
      ['placementResults.nodes.1.grade', 'VIEW_UNAVAILABLE'],
    ]);
  });

  test('a filter, an order and a bridge that need it are refused, each for itself', async () => {
    const answer = await instead('learning_apps', undefined, () =>
      graph.run(`{
        filtered: sessions(where: { learningApp: {} }) { nodes { id } }
        ordered: sessions(orderBy: [{ learningApp: { name: ASC } }]) { nodes { id } }
        plain: sessions { nodes { id } }
      }`),
    );
    expect(answer.data.plain.nodes.length).toBeGreaterThan(0);
    expect(Object.fromEntries(codesByPath(answer))).toEqual({
      'filtered.nodes': 'VIEW_UNAVAILABLE',
      'ordered.nodes': 'VIEW_UNAVAILABLE',
    });

    const bridge = await instead('unit_courses', undefined, () =>
      graph.run(`{ units(first: 1) { nodes { id title courses { nodes { id } } } } }`),
    );
    expect(bridge.data.units.nodes[0]).toMatchObject({ title: expect.any(String) as unknown, courses: null });
  });

  test('what it would know is not called unknown', async () => {
    const query = `{ attempts(first: 1000) { nodes { resourceId resource { __typename id } } } }`;
    type Nodes = { resourceId: string; resource: { __typename: string } | null }[];
    const before: Nodes = dataOf(await graph.run(query), query).attempts.nodes;
    const answer = await instead('lessons', undefined, () => graph.run(query));
    const after: Nodes = answer.data.attempts.nodes;
    const lost = ['Lesson', 'UnresolvedResource'];
    expect(before.filter(({ resource }) => lost.includes(resource!.__typename)).length).toBeGreaterThan(1);
    expect(after).toEqual(
      before.map((node) => (lost.includes(node.resource!.__typename) ? { ...node, resource: null } : node)),
    );
    expect(new Set(codesByPath(answer).map(([, code]) => code))).toEqual(new Set(['VIEW_UNAVAILABLE']));
  });
});

describe('a key that is on two rows makes two of no other row', () => {
  const twice = `* from ${schema}.hidden union all select *`;

  test('where lists are sorted by what it leads to', async () => {
    const query = '{ sessions(first: 1000, orderBy: [{ waste: { wasteDurationSec: DESC } }]) { nodes { id } } }';
    const before = dataOf(await graph.run(query), query);
    expect(before.sessions.nodes.length).toBeGreaterThan(10);
    expect(dataOf(await instead('sessions_waste', twice, () => graph.run(query)), query)).toEqual(before);
  });

  test('where rows are grouped by what it leads to', async () => {
    const query =
      '{ wasteInsights { groups(by: [SESSION_IS_PROCTORED]) { nodes { key { sessionIsProctored } summary { count } } } } }';
    const before = dataOf(await graph.run(query), query);
    expect(before.wasteInsights.groups.nodes.length).toBeGreaterThan(1);
    expect(dataOf(await instead('sessions', twice, () => graph.run(query)), query)).toEqual(before);
  });
});

/** Ways to rows that hold the ids of several. */
const held = viewNames.flatMap((view) =>
  waysOf(view).flatMap(({ name, from, ends }) => {
    const [end, column] = ends[0]!;
    return typeOf(end, column) === '[ID]' ? [{ view, name, from }] : [];
  }),
);

test.each(held.flatMap((way) => ['varchar', 'text', 'citext'].map((type) => ({ ...way, type }))))(
  '$name of $view are found from an id that is $type',
  async ({ view, name, from, type }) => {
    const { rootField } = facts[view]!;
    const query = `{
      some: ${rootField}(first: 1000, where: { ${name}: { some: {} } }) { nodes { id ${name} { nodes { id } } } }
      none: ${rootField}(where: { ${name}: { none: {} } }) { totalCount }
    }`;
    const expected = dataOf(await graph.run(query), query);
    expect(expected.some.nodes.length).toBeGreaterThan(0);
    const columns = columnsOf(view).map((column) =>
      column === from ? `"${column}"::${type} as "${column}"` : `"${column}"`,
    );
    const answer = await instead(view, columns.join(', '), () => graph.run(query));
    expect(dataOf(answer, query)).toEqual(expected);
  },
);

/** Lists by a column that is never null. From the end that is greatest, a list begins with the nulls of a broken promise. */
const promised = viewNames.flatMap((view) => {
  const [column, direction] = orders[view]!.order.split(', ')[0]!.split(' ');
  const isBroken = !isNullable(view, column!) && typeOf(view, column!) !== 'ID';
  return isBroken ? [{ view, column: column!, isBackwards: direction !== 'desc' }] : [];
});

test.each(promised)('nulls in $column of $view do not end the list (backwards: $isBackwards)', async (one) => {
  const { view, column, isBackwards } = one;
  const { rootField } = facts[view]!;
  const columns = columnsOf(view).map((name) =>
    name === column ? `nullif("${name}", (select max("${name}") from ${schema}.hidden)) as "${name}"` : `"${name}"`,
  );
  await instead(view, columns.join(', '), async () => {
    const cursors = new Set<string>();
    const [size, place, side, more] = isBackwards
      ? ['last', 'before', 'startCursor', 'hasPreviousPage']
      : ['first', 'after', 'endCursor', 'hasNextPage'];
    let total = 0;
    for (let cursor: string | null = null, isOver = false; !isOver;) {
      const text: string = `query ($cursor: String) {
        list: ${rootField}(${size}: 1, ${place}: $cursor) { totalCount edges { cursor } pageInfo { ${side} ${more} } }
      }`;
      const { list } = dataOf(await graph.run(text, { variables: { cursor } }), text);
      for (const edge of list.edges) cursors.add(edge.cursor);
      total = list.totalCount;
      cursor = list.pageInfo[side];
      isOver = !list.pageInfo[more];
    }
    expect([...cursors]).toHaveLength(total);
    expect(total).toBeGreaterThan(1);
  });
});

describe('texts are told apart and found, whatever their collations', () => {
  /** The same rows with every key a text, and every text in the collation that stands in its column. */
  async function collated(collationOf: (index: number) => string): Promise<void> {
    await client.query(`drop schema if exists collated cascade; create schema collated`);
    for (const [index, view] of viewNames.entries()) {
      const columns = columnsOf(view).map((column) => {
        const type = typeOf(view, column);
        const text = { ID: 'text', '[ID]': 'text[]', String: 'text' }[type];
        return text === undefined ? `"${column}"` : `"${column}"::${text} collate ${collationOf(index)} as "${column}"`;
      });
      await client.query(`create view collated."${view}" as select ${columns.join(', ')} from ${schema}."${view}"`);
    }
  }

  const query = `query ($name: String!, $others: String!) {
    ${everything.slice(1, -1)}
    found: students(where: { name: { eq: $name } }) { totalCount }
    alike: students(where: { name: { in: [$others, $others] } }) { totalCount }
    edges: sessions(first: 100) { nodes { id student { name } learningApp { name } } }
    ways: sessions(where: { learningApp: { name: { contains: "a" } }, student: {} }) { totalCount }
    across: questions(first: 100) { nodes { tests { nodes { id } } } }
    walked: lessons(first: 20) { nodes { ancestors { __typename } descendants { __typename } } }
  }`;

  test.each([
    ['several', (index: number) => ['"C"', '"POSIX"', '"en-x-icu"'][index % 3]!],
    ['one to which a is A', () => 'source.loose'],
  ])('%s', async (_, collationOf) => {
    await client.query(
      `create collation if not exists source.loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false)`,
    );
    await collated(collationOf);
    const { rows } = await client.query<{ name: string }>('select min(name) as name from source.students');
    const name = rows[0]!.name;
    const run = { as: scopeOf(...organizations.schools), variables: { name, others: name.toUpperCase() } };
    const own = await openGraph(tables.url, { schema: 'collated' });
    try {
      const { data, errors } = await own.run(query, run);
      expect(errors).toBeUndefined();
      expect(data).toEqual((await graph.run(query, run)).data);
    } finally {
      await own.close();
    }
  });
});

describe('nulls among ids name nobody', () => {
  test.each([
    ['{NULL}', []],
    ['{a,NULL,b}', ['a', 'b']],
    ['{NULL,"NULL","b c",NULL}', ['NULL', 'b c']],
    ['{"","\\"NULL\\"","null"}', ['', '"NULL"', 'null']],
    // Arrays need not begin at 1.
    ['[0:1]={a,b}', ['a', 'b']],
    ['[-3:-1]={"b c",NULL,"]={"}', ['b c', ']={']],
    ['{"[0:1]={a,b}"}', ['[0:1]={a,b}']],
  ])('%s', (text, ids) => {
    expect(parserOf({ kind: 'ids' })(text)).toEqual(ids);
  });

  const scope = scopeOf(...organizations.schools);
  /** What is asked while the sessions carry other organisations. What a row closes stays closed, so of a graph of its own. */
  async function withOrgIds(expression: string): Promise<Answer> {
    const columns = columnsOf('sessions').map((column) =>
      column === 'org_ids' ? `${expression} as org_ids` : `"${column}"`,
    );
    const own = await openGraph(tables.url, { schema });
    try {
      return await instead('sessions', columns.join(', '), () =>
        own.run('{ sessions { nodes { orgIds } } }', { as: scope }),
      );
    } finally {
      await own.close();
    }
  }

  test('beside an organisation of the caller they change nothing', async () => {
    const { data, errors } = await withOrgIds('array_append(org_ids, null)');
    expect(errors).toBeUndefined();
    expect(data).toEqual((await graph.run('{ sessions { nodes { orgIds } } }', { as: scope })).data);
    expect(data.sessions.nodes.length).toBeGreaterThan(0);
  });

  test.each(['array[null]::uuid[]', 'array[]::uuid[]', 'null::uuid[]'])(
    'alone they are what a lost filter shows: %s',
    async (orgIds) => {
      expect(codesByPath(await withOrgIds(orgIds))[0]).toEqual(['sessions.nodes.0.orgIds', 'VIEW_UNAVAILABLE']);
    },
  );
});
