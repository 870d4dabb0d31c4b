import { getNamedType, isInterfaceType, isListType, isObjectType, type GraphQLObjectType } from 'graphql';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { facts } from '../catalogue/facts.ts';
import type { Reported } from '../../src/door/reader.ts';
import { openGraph, type TestGraph } from '../support/graph.ts';
import { chance } from './support/chance.ts';
import { keys, orders } from './support/keys.ts';
import { dataOf } from './support/lists.ts';
import { waysOf } from './support/oracle.ts';
import { organizations, smallData } from './support/smallData.ts';
import { fly } from './support/statements.ts';
import { createTables, schema, type Tables } from './support/tables.ts';
import { columnsOf, fieldOf, typeOf, viewNames, type TextRow } from './support/world.ts';

/** Sixty students more, each with two sessions that have an app and wasted time. */
function crowded(): Map<string, readonly TextRow[]> {
  const data = smallData();
  const add = (view: string, rows: readonly TextRow[]) => data.set(view, [...data.get(view)!, ...rows]);
  const like = (view: string, row: TextRow): TextRow => ({ ...data.get(view)![0]!, ...row });
  const random = chance('a crowd');
  const students = Array.from({ length: 60 }, () => random.uuid());
  const sessions = students.flatMap((student_id) => [0, 1].map(() => ({ id: random.uuid(), student_id })));
  const apps = data.get('learning_apps')!.map(({ id }) => id!);
  add(
    'students',
    students.map((id) => like('students', { id, name: `in the crowd ${id}` })),
  );
  add(
    'sessions',
    sessions.map((row) => like('sessions', { ...row, learning_app_id: random.pick(apps) })),
  );
  add(
    'sessions_waste',
    sessions.map(({ id }) => like('sessions_waste', { session_id: id })),
  );
  add(
    'waste_insights',
    sessions.map(({ id }) => like('waste_insights', { session_id: id })),
  );
  // Whatever there is in the curriculum lies in something and holds something.
  const content = ['questions', 'tests', 'lessons', 'units', 'courses'].map((view) => data.get(view)![0]!['id']!);
  const all = [...content, data.get('curriculum_items')![0]!['curriculum_item_id']!];
  const isPartOf = (source: string, destination: string) =>
    like('resource_relations', {
      source_resource_id: source,
      destination_resource_id: destination,
      relationship_type: 'isPartOf',
    });
  add(
    'resource_relations',
    all.map((id, index) => isPartOf(id, all[(index + 1) % all.length]!)),
  );
  return data;
}

let tables: Tables;
let graph: TestGraph;
beforeAll(async () => {
  tables = await createTables('usual', crowded());
  graph = await openGraph(tables.url, { schema });
});
afterAll(async () => {
  await graph.close();
  await tables.drop();
});

test('of a walk no more is read than is shown', async () => {
  const walk = async (first: number) => {
    const read: number[] = [];
    const onFlight = (statements: readonly Reported[]) =>
      read.push(
        ...statements.filter(({ statement }) => statement.view === 'resource_relations').map(({ rows }) => rows),
      );
    const query = `{ courses(first: 1000) { nodes { descendants(first: ${first}) { id } } } }`;
    const { courses } = dataOf(await graph.run(query, { onFlight }), query);
    const shown = (courses.nodes as { descendants: unknown[] }[]).reduce((sum, one) => sum + one.descendants.length, 0);
    return { shown, read };
  };
  const [few, all] = [await walk(2), await walk(1000)];
  expect(few.read).toEqual([few.shown]);
  expect(all.read).toEqual([all.shown]);
  expect(all.shown).toBeGreaterThan(few.shown + 2);
});

const crowd = 'where: { name: { startsWith: "in the crowd" } }';

test.each([1, 2, 50])(
  'the sessions of %i students, with their app and their waste: 5 selects in 3 flights',
  async (size) => {
    const { data, shape, flights } = await fly(
      graph,
      `query ($size: Int) { students(first: $size, ${crowd}) { nodes { sessions(first: 10) { nodes {
      learningApp { name } waste { wasteDurationSec } wasteInsights { nodes { wasteType } }
    } } } } }`,
      { size },
    );
    expect(shape).toEqual([1, 1, 3]);
    expect(flights.flat().map(({ view }) => view)).toEqual([
      'students',
      'sessions',
      'learning_apps',
      'sessions_waste',
      'waste_insights',
    ]);
    const sessions = data.students.nodes.flatMap(
      (student: { sessions: { nodes: unknown[] } }) => student.sessions.nodes,
    );
    expect(sessions).toHaveLength(2 * size);
    for (const session of sessions) {
      expect(session).toMatchObject({
        learningApp: { name: expect.any(String) as unknown },
        waste: { wasteDurationSec: expect.any(Number) as unknown },
      });
    }
  },
);

interface Edge {
  readonly view: string;
  readonly edge: string;
  readonly field: string;
  readonly shape: readonly number[];
}

/** Every field of a type that leads to other rows, with the flights that it should take after that of its parents. */
function edgesOf(type: GraphQLObjectType, view: string): Edge[] {
  return Object.values(type.getFields()).flatMap((field): Edge[] => {
    const end = getNamedType(field.type);
    const one = { view, edge: field.name };
    if (isInterfaceType(end))
      return [{ ...one, field: `${field.name} { id }`, shape: isListType(field.type) ? [1, 6] : [6] }];
    if (!isObjectType(end)) return [];
    if (end.name.endsWith('Connection'))
      return [{ ...one, field: `${field.name} { nodes { __typename } }`, shape: [1] }];
    if (end.name === 'Metrics') {
      const days = 'during: { from: "2026-10-01", to: "2026-10-31" }';
      return [{ ...one, field: `${field.name}(${days}) { sessions { value } xp { value } }`, shape: [2] }];
    }
    if (end.name === 'MetricPoint') {
      const days = 'during: { from: "2026-10-01", to: "2026-10-31" }, unit: WEEK';
      return [{ ...one, field: `${field.name}(${days}) { sessions xp }`, shape: [2] }];
    }
    // Organisations are read with the rows of views that have no key to read them by.
    if (end.name === 'Organization') return [{ ...one, field: `${field.name} { id }`, shape: keyed(view) ? [1] : [] }];
    return [{ ...one, field: `${field.name} { __typename }`, shape: [1] }];
  });
}

function keyed(view: string): boolean {
  return orders[view]!.unique.length === 1;
}

/** The parents that an edge leads somewhere from. */
function having(view: string, edge: string): string {
  const near = { ancestors: 'parents', descendants: 'children' }[edge] ?? edge;
  const way = waysOf(view).find(({ name }) => name === near);
  if (!way) return '{}';
  return way.many ? `{ ${near}: { some: {} } }` : `{ ${near}: {} }`;
}

interface Step {
  readonly 'Relation Name'?: string;
  readonly 'Actual Loops': number;
  readonly Plans?: readonly Step[];
}

/** How often a statement goes over a table. */
async function readingsOf(table: string, text: string, values: readonly unknown[]): Promise<number> {
  const client = new pg.Client({ connectionString: tables.url });
  await client.connect();
  try {
    const query = { text: `explain (analyze, format json) ${text}`, values: [...values], rowMode: 'array' as const };
    const { rows } = await client.query<[[{ Plan: Step }]]>(query);
    const steps = (step: Step): Step[] => [step, ...(step.Plans ?? []).flatMap(steps)];
    return steps(rows[0]![0][0].Plan)
      .filter((step) => step['Relation Name'] === table)
      .reduce((sum, step) => sum + step['Actual Loops'], 0);
  } finally {
    await client.end();
  }
}

describe('every edge', () => {
  const types = viewNames.map((view) => ({ view, type: facts[view]!.type }));

  test.each(types)('of $type is read once for all its parents', async ({ view, type }) => {
    const { rootField } = facts[view]!;
    const edges = edgesOf(graph.schema.getType(type) as GraphQLObjectType, view);
    expect(edges.map(({ edge }) => edge)).toEqual(expect.arrayContaining(waysOf(view).map(({ name }) => name)));
    for (const { edge, field, shape } of edges) {
      const found = await Promise.all(
        [1, 5].map((size) =>
          fly(graph, `{ list: ${rootField}(first: ${size}, where: ${having(view, edge)}) { nodes { ${field} } } }`),
        ),
      );
      const parents = found.map(({ data }) => data.list.nodes.length as number);
      // Of the six types of content, those are asked that could have one of the ids.
      const shapes = found.map((one) => one.shape.map((selects) => (shape.includes(6) && selects > 1 ? 6 : selects)));
      const expected = [1, ...shape];
      expect({ edge, parents: parents[0], shapes }).toEqual({ edge, parents: 1, shapes: [expected, expected] });
      expect(parents[1]).toBeGreaterThan(0);
    }
  });

  const held = viewNames.flatMap((parent) =>
    waysOf(parent).flatMap(({ name, bridge, ends }) => {
      const [view, column] = ends[0]!;
      return !bridge && typeOf(view, column) === '[ID]' ? [{ parent, name, view }] : [];
    }),
  );
  test.each(held)(
    'to $view that hold several $parent goes over them once, however many parents there are',
    async ({ parent, name, view }) => {
      const { rootField } = facts[parent]!;
      const { data, flights } = await fly(graph, `{ list: ${rootField} { nodes { id ${name} { nodes { id } } } } }`);
      expect(data.list.nodes.length).toBeGreaterThan(2);
      const { text, values } = flights[1]![0]!;
      expect(await readingsOf(view, text, values)).toBe(1);
    },
  );

  test('of Organization is read once for all of them', async () => {
    const ids = [...organizations.schools, ...organizations.districts];
    for (const field of [
      'school { id }',
      'schools { nodes { id } }',
      'students { nodes { id } }',
      'guides { nodes { id } }',
      'sessions { nodes { id } }',
    ]) {
      const shapes = [1, 5].map(async (count) => {
        const asked = ids.slice(0, count).map((id, index) => `o${index}: organization(id: "${id}") { ${field} }`);
        return (await fly(graph, `{ ${asked.join(' ')} }`)).shape;
      });
      expect(await Promise.all(shapes)).toEqual([[1], [1]]);
    }
  });

  test('takes as many flights for a caller whose organisations are counted', async () => {
    const scope = { kind: 'organizations' as const, orgIds: [...organizations.schools, ...organizations.districts] };
    const where = '{ classEnrollments: { some: { class: { school: { usage: {} } } } } }';
    const query = `{ students(first: 5, where: ${where}) { nodes { orgIds classEnrollments { nodes { class { school { usage { studentCount } } } } } } } }`;
    expect((await fly(graph, query, {}, scope)).shape).toEqual([1, 2, 1, 1, 1]);
    expect((await fly(graph, query)).shape).toEqual([1, 2, 1, 1, 1]);
  });
});

describe('what shares a select', () => {
  const shapeOf = async (query: string) => (await fly(graph, query)).shape;

  test('equal arguments do, different ones do not', async () => {
    const page = (args: string) => `sessions(${args}) { nodes { id } }`;
    const students = (fields: string) => `{ students(first: 5) { nodes { ${fields} } } }`;
    expect(await shapeOf(students(`a: ${page('first: 2')} b: ${page('first: 2')}`))).toEqual([1, 1]);
    expect(await shapeOf(students(`a: ${page('first: 2')} b: ${page('first: 2, after: null, where: null')}`))).toEqual([
      1, 1,
    ]);
    const others = [
      'first: 3',
      'last: 2',
      'first: 2, where: {}',
      'first: 2, orderBy: [{ date: ASC }]',
      'first: 2, where: { isProctored: { eq: true } }',
    ];
    for (const other of others)
      expect(await shapeOf(students(`a: ${page('first: 2')} b: ${page(other)}`))).toEqual([1, 2]);
  });

  test('edges of one name that are met in several places do', async () => {
    const students = (args: string) => `students(${args}) { nodes { sessions(first: 2) { nodes { id } } } }`;
    expect(await shapeOf(`{ a: ${students('first: 2')} b: ${students('last: 2')} }`)).toEqual([2, 1]);
    expect(await shapeOf(`{ attempts(first: 5) { nodes { student { name } session { student { name } } } } }`)).toEqual(
      [1, 2, 1],
    );
  });

  test('rows of different arguments are not mixed up', async () => {
    const { data } = await fly(
      graph,
      `{ students(first: 50, ${crowd}) { nodes { id one: sessions(first: 1) { nodes { id studentId } } two: sessions(first: 2) { nodes { id studentId } } last: sessions(last: 1) { nodes { id } } } } }`,
    );
    type Page = { nodes: { id: string; studentId?: string }[] };
    for (const { id, one, two, last } of data.students.nodes as { id: string; one: Page; two: Page; last: Page }[]) {
      expect(two.nodes.map(({ studentId }) => studentId)).toEqual([id, id]);
      expect([one.nodes[0]!.id, last.nodes[0]!.id]).toEqual(two.nodes.map((node) => node.id));
    }
  });

  test('lists of one document that differ in one thing are each what they are alone', async () => {
    const { data } = await fly(graph, '{ sessions(first: 60) { edges { cursor } } }');
    const cursors = (data.sessions.edges as { cursor: string }[]).map(({ cursor }) => `"${cursor}"`);
    const spans = ['first: 2', 'first: 0', 'last: 2', 'last: 0'].concat(
      [cursors[5], cursors[55]].flatMap((cursor) => [`first: 2, after: ${cursor}`, `last: 2, before: ${cursor}`]),
    );
    const whole = ['', 'where: { durationSec: { gt: 60 } }', 'where: { durationSec: { gt: 600 } }'];
    const shown = '{ key { date isProctored } summary { count } }';
    const groups = [
      'by: [DATE]',
      'by: [IS_PROCTORED]',
      'by: [DATE], first: 1',
      'by: [DATE], having: { count: { gt: 1 } }',
      'by: [DATE], orderBy: [{ summary: { count: ASC } }]',
    ].flatMap((args) => [
      `{ groups(${args}) { nodes ${shown} totalCount } }`,
      `{ groups(${args}) { others { count } } }`,
      `{ groups(${args}) { nodes { key { date isProctored } summary { durationSec { sum } } } } }`,
      `{ groups(${args}) { others { durationSec { sum } } } }`,
    ]);
    const lists = [
      ...spans.map((args) => `(${args}) { nodes { id } pageInfo { hasNextPage hasPreviousPage endCursor } }`),
      ...spans.map((args) => `(${args}, orderBy: [{ durationSec: ASC }]) { nodes { id } }`).slice(0, 4),
      ...whole.map((args) => `(first: 3${args && `, ${args}`}) { totalCount summary { durationSec { max } } }`),
      ...whole.map((args) => `(first: 3${args && `, ${args}`}) { groups(by: [DATE]) { nodes ${shown} totalCount } }`),
      ...groups,
    ];
    const places = [
      (fields: string) => `{ place: students(first: 70, orderBy: [{ id: ASC }]) { nodes { ${fields} } } }`,
      (fields: string) => `{ place: __typename ${fields} }`,
    ];
    for (const place of places) {
      const ask = async (fields: string) => {
        const { place: found, ...rest } = dataOf(await graph.run(place(fields)), fields);
        return (typeof found === 'string' ? [rest] : found.nodes) as Record<string, unknown>[];
      };
      const together = await ask(lists.map((list, index) => `l${index}: sessions${list}`).join('\n'));
      for (const [index, list] of lists.entries()) {
        const alone = await ask(`l${index}: sessions${list}`);
        expect([list, together.map((row) => row[`l${index}`])]).toEqual([list, alone.map((row) => row[`l${index}`])]);
      }
    }
  });

  test('siblings share a flight', async () => {
    const lists = viewNames.map((view) => `${facts[view]!.rootField}(first: 1) { nodes { __typename } totalCount }`);
    expect(await shapeOf(`{ ${lists.join('\n')} }`)).toEqual([2 * viewNames.length]);
  });

  test('a key is asked for once, however often it occurs', async () => {
    const { data, flights } = await fly(
      graph,
      `{ sessions(first: 1000) { nodes { learningAppId learningApp { name } } } }`,
    );
    const ids = (data.sessions.nodes as { learningAppId: string | null }[]).map(({ learningAppId }) => learningAppId);
    const distinct = new Set(ids.filter((id) => id !== null));
    expect(ids.length).toBeGreaterThan(2 * distinct.size);
    const [apps] = flights[1]!;
    expect(apps!.keys).toBe(distinct.size);
    expect((apps!.values[0] as string[]).toSorted()).toEqual([...distinct].toSorted());
  });

  test('without a key nothing is asked', async () => {
    const { shape } = await fly(
      graph,
      `{ sessions(where: { learningAppId: { isNull: true } }) { nodes { learningApp { name } } } }`,
    );
    expect(shape).toEqual([1]);
  });
});

describe('what is not asked for is not read', () => {
  test('totals are counted where they are selected, and rows are not read for them', async () => {
    const rows = await fly(
      graph,
      `{ students { nodes { id } edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor } } }`,
    );
    expect(rows.shape).toEqual([1]);
    expect(rows.flights[0]![0]!.text).not.toContain('count(');
    const total = await fly(graph, `{ students { totalCount } }`);
    expect(total.shape).toEqual([1]);
    expect(total.flights[0]![0]!.text).toContain('select count(*)');
    const both = await fly(
      graph,
      `{ students(first: 5) { nodes { sessions(first: 1) { totalCount nodes { id } } } } }`,
    );
    expect(both.shape).toEqual([1, 2]);
  });

  test('the other side of a cursor is looked at where it is selected, in the same flight', async () => {
    const { data } = await fly(graph, `{ students(first: 3) { pageInfo { endCursor } } }`);
    const after = { after: data.students.pageInfo.endCursor as string };
    const ask = (fields: string) =>
      fly(
        graph,
        `query ($after: String) { students(first: 3, after: $after) { nodes { id } pageInfo { ${fields} } } }`,
        after,
      );
    expect((await ask('hasNextPage startCursor endCursor')).shape).toEqual([1]);
    expect((await ask('hasNextPage hasPreviousPage')).shape).toEqual([2]);
  });

  test.each(viewNames)('a list of %s reads the column that is selected, its grain and what orders it', async (view) => {
    const { rootField } = facts[view]!;
    const isGrain = (column: string) =>
      orders[view]!.unique.includes(column) || (view === 'students_enrollments' && column === 'organization_name');
    const isKey = (column: string) =>
      isGrain(column) || column === 'parent_type' || keys.some(([from]) => from === `${view}.${column}`);
    const ordering = orders[view]!.order.split(', ').map((term) => term.split(' ')[0]!);
    for (const column of columnsOf(view).filter((one) => typeOf(view, one) !== '[ID]' && !isKey(one))) {
      const { flights, shape } = await fly(graph, `{ ${rootField} { nodes { ${fieldOf(column)} } } }`);
      expect(shape).toEqual([1]);
      const [, selected] = /^select (.*?)\nfrom /s.exec(flights[0]![0]!.text.replace(/^select \* from \(\n\(/, ''))!;
      const read = [...selected!.matchAll(/v\d+\."?(\w+)"? as "([a-zA-Z]+)"/g)].map(([, name]) => name!);
      const unexpected = read.filter((name) => name !== column && !isGrain(name) && !ordering.includes(name));
      expect(unexpected).toEqual([]);
      expect(read).toContain(column);
    }
  });

  test.each(viewNames)('an edge of %s reads the grain, the keys and what orders the list', async (view) => {
    const [way] = waysOf(view);
    if (!way) return;
    const below = way.many && typeOf(view, way.from) !== '[ID]' && way.ends.length === 1 ? 'totalCount' : '__typename';
    const { flights } = await fly(graph, `{ ${facts[view]!.rootField} { nodes { ${way.name} { ${below} } } } }`);
    const read = [...flights[0]![0]!.text.matchAll(/v0\."?(\w+)"? as "([a-zA-Z]+)"/g)].map(([, name]) => name!);
    const unique = view === 'students_enrollments' ? ['student_id', 'organization_name'] : orders[view]!.unique;
    const foreign = keys.flatMap(([from]) => (from.startsWith(`${view}.`) ? [from.split('.')[1]!] : []));
    // The last is a key in two halves: it says which view the other half is of.
    const known = [...unique, ...foreign, 'parent_type'];
    expect(read.filter((name) => !known.includes(name))).toEqual([]);
  });

  test('organisations are read along in the usual order, in which rows are made as they are wanted', async () => {
    const { flights, shape } = await fly(
      graph,
      `{ students(first: 3) { nodes { name orgIds organizations { id } } } }`,
    );
    expect(shape).toEqual([1]);
    expect(flights[0]![0]!.text).toContain('org_ids');
  });

  test.each([
    'students(last: 3)',
    'students(first: 3, orderBy: [{ email: ASC }])',
    'students(first: 3, where: { name: { contains: "a" } })',
  ])('organisations are read for the rows of a page alone, by their keys: %s', async (list) => {
    const { flights, shape } = await fly(graph, `{ ${list} { nodes { name orgIds organizations { id } } } }`);
    expect(shape).toEqual([1, 1]);
    expect(flights[0]![0]!.text).not.toContain('org_ids');
    expect(flights[1]![0]!).toMatchObject({ view: 'students', keys: 3 });
    expect(flights[1]![0]!.text).toContain('org_ids');
    expect(flights[1]![0]!.text).not.toMatch(/email|name/);
  });

  test('a row that two edges lead to has the columns that both ask for', async () => {
    const { data } = await fly(
      graph,
      `{ attempts(first: 5, where: { session: { student: {} } }) { nodes { student { id name } session { student { id email } } } } }`,
    );
    for (const { student, session } of data.attempts.nodes) {
      if (student) expect(student.name).toEqual(expect.any(String));
      expect(session.student.email).toEqual(expect.any(String));
    }
  });
});
