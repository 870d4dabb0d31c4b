import { isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { facts } from '../catalogue/facts.ts';
import { createSubgraph } from '../../schema/subgraphs.ts';
import { openGraph, type TestGraph } from '../support/graph.ts';
import type { Scope } from '../../src/scope.ts';
import { chance } from './support/chance.ts';
import { orders } from './support/keys.ts';
import { askLists, dataOf, passed, tellingFields, told, toldAll } from './support/lists.ts';
import { comparator, listAlong, listOf, reach, waysOf, type ListArgs, type Way } from './support/oracle.ts';
import { orderByOf, whereOf } from './support/questions.ts';
import { organizations, smallData } from './support/smallData.ts';
import { createTables, schema, type Edition, type Tables } from './support/tables.ts';
import { lookupOf } from './support/trips.ts';
import { columnsOf, fieldOf, readWorld, shown, typeOf, viewNames, type Row, type World } from './support/world.ts';

const everybody: Scope = { kind: 'unrestricted' };
const some: Scope = { kind: 'organizations', orgIds: [organizations.schools[0]!, organizations.districts[0]!] };
const nobody: Scope = { kind: 'organizations', orgIds: [] };

const cases: { edition: Edition; scope: Scope; name: string }[] = [
  { edition: 'usual', scope: everybody, name: 'usual types, for a caller who sees everything' },
  { edition: 'usual', scope: some, name: 'usual types, for a caller of a school and a district' },
  { edition: 'usual', scope: nobody, name: 'usual types, for a caller of no organisation' },
  { edition: 'mixed', scope: everybody, name: 'mixed types, for a caller who sees everything' },
  { edition: 'mixed', scope: some, name: 'mixed types, for a caller of a school and a district' },
];

function isToOne({ many, ends }: Way): boolean {
  return !many && ends.length === 1;
}

/** What an answer says; the objects of graphql have no prototype. */
function plain(answer: unknown): unknown {
  return JSON.parse(JSON.stringify(answer));
}

/** Keys in an array lead to a plain list, which follows the array. */
function isByArray(view: string, { from }: Way): boolean {
  return typeOf(view, from) === '[ID]';
}

function isConnection(view: string, way: Way): boolean {
  return way.many && way.ends.length === 1 && !isByArray(view, way);
}

function resource(view: string, row: Row): unknown {
  const isItem = view === 'curriculum_items';
  const id = row[isItem ? 'curriculum_item_id' : 'id'];
  return { __typename: facts[view]!.type, id, title: row[isItem ? 'curriculum_item_title' : 'title'] };
}

describe.each(cases)('over $name', ({ edition, scope }) => {
  let tables: Tables;
  let graph: TestGraph;
  let world: World;
  /** What there is, whether the caller sees it or not. */
  let all: World;
  beforeAll(async () => {
    tables = await createTables(edition, smallData());
    graph = await openGraph(tables.url, { schema });
    world = await readWorld(tables.url, schema, scope, 'C');
    all = await readWorld(tables.url, schema, everybody, 'C');
  });
  afterAll(async () => {
    await graph.close();
    await tables.drop();
  });

  /** The rows of a view in their own order, each with what is asked of it. */
  async function rowsWith(view: string, selected: string, declared: string[] = [], variables = {}): Promise<unknown[]> {
    const head = declared.length === 0 ? '' : `query (${declared.join(', ')})`;
    const text = `${head} { list: ${facts[view]!.rootField}(first: 1000) { nodes { ${selected} } } }`;
    return dataOf(await graph.run(text, { as: scope, variables }), selected).list.nodes;
  }

  test.each(viewNames)('%s shows every column of every row', async (view) => {
    const found = await rowsWith(view, columnsOf(view).map(fieldOf).join(' '));
    const expected = listOf(world, view).map((row) =>
      Object.fromEntries(columnsOf(view).map((column) => [fieldOf(column), shown(view, column, row[column]!)])),
    );
    expect(plain(found)).toEqual(expected);
  });

  const roots = createSubgraph('timeback').getQueryType()!.getFields();
  const lookedUp = viewNames.filter((view) => roots[lookupOf(view)]?.args.some(({ name }) => name === 'id'));
  /** The ids of a view, those that the caller may not see and those of nobody among them, and what is found under each. */
  async function findableIn(view: string): Promise<{ ids: readonly string[]; found: readonly unknown[] }> {
    const rows = (await rowsWith(view, `id ${tellingFields(view)}`)) as { id: string }[];
    // What the caller may not see is asked for by its key, where the key is an id.
    const [key, ...more] = orders[view]!.unique;
    const hidden =
      more.length > 0 || !key
        ? []
        : all
            .rows(view)
            .flatMap((row) => (world.withKey(view, key, row[key] as string).length > 0 ? [] : [row[key] as string]));
    const nobodys = [...hidden, ...rows.map(({ id }) => `${id}0`), rows[0]?.id.toUpperCase().concat(' ') ?? ' '];
    return { ids: [...rows.map(({ id }) => id), ...nobodys], found: [...rows, ...nobodys.map(() => null)] };
  }

  test.each(lookedUp)('a row of %s is found by its id, and by no other of its kind', async (view) => {
    const { ids, found } = await findableIn(view);
    const fields = ids.map((_, index) => `l${index}: ${lookupOf(view)}(id: $i${index}) { id ${tellingFields(view)} }`);
    const head = `(${ids.map((_, index) => `$i${index}: ID!`).join(', ')})`;
    const variables = Object.fromEntries(ids.map((id, index) => [`i${index}`, id]));
    const answer = await graph.run(`query ${head} { __typename ${fields.join('\n')} }`, {
      as: scope,
      variables,
    });
    const { __typename, ...looked } = dataOf(answer, view);
    expect(__typename).toBe('Query');
    expect(plain(Object.values(looked))).toEqual(plain(found));
  });

  test.each(lookedUp)(
    'rows of %s that are looked up at the same time are each found by whom they are for',
    async (view) => {
      const { ids, found } = await findableIn(view);
      const query = `query ($id: ID!) { row: ${lookupOf(view)}(id: $id) { id ${tellingFields(view)} } }`;
      const answers = await Promise.all(ids.map((id) => graph.run(query, { as: scope, variables: { id } })));
      expect(plain(answers.map((answer) => dataOf(answer, query).row))).toEqual(plain(found));
    },
  );

  test.each(viewNames.filter((view) => waysOf(view).some(isToOne)))('%s leads to one', async (view) => {
    const ways = waysOf(view).filter(isToOne);
    const found = await rowsWith(
      view,
      ways.map(({ name, ends }) => `${name} { ${tellingFields(ends[0]![0])} }`).join(' '),
    );
    const expected = listOf(world, view).map((row) =>
      Object.fromEntries(
        ways.map((way) => {
          const [there] = reach(world, way, row);
          return [way.name, there ? told(there.view, there.row) : null];
        }),
      ),
    );
    expect(plain(found)).toEqual(expected);
  });

  test.each(viewNames.filter((view) => waysOf(view).some((way) => isByArray(view, way))))(
    '%s leads to those of its arrays, in their order',
    async (view) => {
      const ways = waysOf(view).filter((way) => isByArray(view, way));
      const found = await rowsWith(
        view,
        ways.map(({ name, ends }) => `${name} { ${tellingFields(ends[0]![0])} }`).join(' '),
      );
      const expected = listOf(world, view).map((row) =>
        Object.fromEntries(
          ways.map(({ name, ends, from }) => {
            const [[end, key]] = ends as [[string, string]];
            const rows = (row[from] as string[]).map((id) => world.withKey(end, key, id)[0]);
            return [name, rows.map((there) => (there ? told(end, there) : null))];
          }),
        ),
      );
      expect(plain(found)).toEqual(expected);
    },
  );

  const many = viewNames.filter((view) => waysOf(view).some((way) => isConnection(view, way)));
  test.each(many)('%s leads to many', async (view) => {
    const choices = chance(`edges of ${view}`);
    const asked = waysOf(view)
      .filter((way) => isConnection(view, way))
      .flatMap((way) => {
        const [end] = way.ends[0]!;
        const filtered = { where: whereOf(choices, world, end, 1), orderBy: orderByOf(choices, end) };
        return [{}, filtered, { orderBy: orderByOf(choices, end) }].map((args: ListArgs) => ({ way, end, args }));
      })
      .map((one, index) => ({
        ...one,
        name: `e${index}`,
        ...passed(`e${index}_`, facts[one.end]!.type, { first: 1000, ...one.args }),
      }));
    const selected = asked.map(
      ({ name, way, list, end }) => `${name}: ${way.name}${list} { totalCount nodes { ${tellingFields(end)} } }`,
    );
    const found = await rowsWith(
      view,
      selected.join('\n'),
      asked.flatMap(({ declared }) => declared),
      Object.assign({}, ...asked.map(({ values }) => values)),
    );
    const expected = listOf(world, view).map((row) =>
      Object.fromEntries(
        asked.map(({ name, way, end, args }) => {
          const rows = listAlong(world, way, row, args);
          return [name, { totalCount: rows.length, nodes: toldAll(end, rows) }];
        }),
      ),
    );
    expect(plain(found)).toEqual(expected);
  });

  const open = ['attempts', 'resource_relations', 'test_parents'];
  test.each(open)('%s leads to whatever its keys mean', async (view) => {
    const ways = waysOf(view).filter(({ many, ends }) => !many && ends.length > 1);
    const found = await rowsWith(view, ways.map(({ name }) => `${name} { __typename id title }`).join(' '));
    const expected = listOf(world, view).map((row) =>
      Object.fromEntries(
        ways.map((way) => {
          const [there] = reach(world, way, row);
          const unknown = { __typename: 'UnresolvedResource', id: row[way.from], title: null };
          return [way.name, there ? resource(there.view, there.row) : unknown];
        }),
      ),
    );
    expect(plain(found)).toEqual(expected);
    const types = new Set(
      found.flatMap((row) => Object.values(row as object).map(({ __typename }) => __typename as string)),
    );
    if (scope.kind === 'unrestricted') expect(types.size).toBe(view === 'test_parents' ? 5 : 7);
  });

  const content = ['questions', 'tests', 'lessons', 'units', 'courses', 'curriculum_items'];
  test.each(content)('%s are part of what the relations say', async (view) => {
    const fields = [
      ['parents', 'source_resource_id', 'destination_resource_id', 1, ''],
      ['children', 'destination_resource_id', 'source_resource_id', 1, ''],
      ['ancestors', 'source_resource_id', 'destination_resource_id', 10, ''],
      ['descendants', 'destination_resource_id', 'source_resource_id', 10, ''],
      ['ancestors', 'source_resource_id', 'destination_resource_id', 2, '(maxDepth: 2)'],
      ['descendants', 'destination_resource_id', 'source_resource_id', 3, '(maxDepth: 3)'],
      ['descendants', 'destination_resource_id', 'source_resource_id', 10, '(maxDepth: 10, first: 2)'],
      ['descendants', 'destination_resource_id', 'source_resource_id', 10, '(first: 0)'],
      ['children', 'destination_resource_id', 'source_resource_id', 1, '(first: 1)'],
    ] as const;
    const selected = fields.map(([name, , , , args], index) => `w${index}: ${name}${args} { __typename id title }`);
    const found = await rowsWith(view, selected.join('\n'));
    const key = view === 'curriculum_items' ? 'curriculum_item_id' : 'id';
    const expected = listOf(world, view).map((row) =>
      Object.fromEntries(
        fields.map(([, near, far, depth, args], index) => {
          const first = Number(/first: (\d+)/.exec(args)?.[1] ?? 100);
          return [
            `w${index}`,
            walk(near, far, row[key] as string, depth)
              .slice(0, first)
              .map(resourceOf),
          ];
        }),
      ),
    );
    expect(plain(found)).toEqual(expected);
  });

  /** Step by step, nearest first, within a step by item order, each id once and never the one it began with. */
  function walk(near: string, far: string, start: string, depth: number): string[] {
    const met = new Set([start]);
    let step = [start];
    for (let at = 0; at < depth && step.length > 0; at += 1) {
      const found = step
        .flatMap((id) => world.withKey('resource_relations', near, id))
        .filter((row) => row['relationship_type'] === 'isPartOf' && !met.has(row[far] as string))
        .map((row) => ({ id: row[far] as string, order: (row['item_order'] as number | null) ?? Infinity }))
        .toSorted((a, b) => (a.order === b.order ? compare(a.id, b.id) : compare(a.order, b.order)));
      step = [...new Set(found.map(({ id }) => id))];
      for (const id of step) met.add(id);
    }
    return [...met].slice(1);
  }

  function resourceOf(id: string): unknown {
    for (const view of content) {
      const [row] = world.withKey(view, view === 'curriculum_items' ? 'curriculum_item_id' : 'id', id);
      if (row) return resource(view, row);
    }
    return { __typename: 'UnresolvedResource', id, title: null };
  }

  test('the keys of old are the lowest of those that there are now', async () => {
    const lowest = (ids: readonly string[]) => ids.toSorted((a, b) => world.rank(a) - world.rank(b))[0] ?? null;
    const across = (view: string, near: string, id: string | null, far: string) =>
      id === null ? [] : world.withKey(view, near, id).map((row) => row[far] as string);
    const lessonOf = (test: string | null) =>
      lowest(
        across('test_parents', 'test_id', test, 'parent_id').filter(
          (id) => world.withKey('lessons', 'id', id).length > 0,
        ),
      );
    const testOf = (question: string) => lowest(across('question_tests', 'question_id', question, 'test_id'));
    const [units, tests, questions] = [listOf(world, 'units'), listOf(world, 'tests'), listOf(world, 'questions')];
    expect(plain(await rowsWith('units', 'courseId'))).toEqual(
      units.map(({ id }) => ({ courseId: lowest(across('unit_courses', 'unit_id', id as string, 'course_id')) })),
    );
    expect(plain(await rowsWith('tests', 'lessonId'))).toEqual(
      tests.map(({ id }) => ({ lessonId: lessonOf(id as string) })),
    );
    expect(plain(await rowsWith('questions', 'testId lessonId'))).toEqual(
      questions.map(({ id }) => ({ testId: testOf(id as string), lessonId: lessonOf(testOf(id as string)) })),
    );
  });

  test('an organisation leads to its school, the schools under it, and who is in it', async () => {
    const own = scope.kind === 'organizations' ? scope.orgIds : [...organizations.schools, ...organizations.districts];
    const lists = { schools: 'parent_id', students: 'org_ids', guides: 'org_ids', sessions: 'org_ids' };
    const selected = Object.keys(lists).map((view) => `${view}(first: 1000) { totalCount nodes { id } }`);
    const fields = own.map(
      (id, index) => `o${index}: organization(id: "${id}") { id school { id } ${selected.join(' ')} }`,
    );
    const answer = await graph.run(`{ __typename ${fields.join('\n')} }`, { as: scope });
    const expected = own.map((id, index) => {
      const listed = Object.entries(lists).map(([view, column]) => {
        const rows = world.withKey(view, column, id).toSorted(comparator(world, view, []));
        return [view, { totalCount: rows.length, nodes: toldAll(view, rows) }];
      });
      const [school] = world.withKey('schools', 'id', id);
      return [`o${index}`, { id, school: school ? { id } : null, ...Object.fromEntries(listed) }];
    });
    expect(plain(dataOf(answer, own))).toEqual({ __typename: 'Query', ...Object.fromEntries(expected) });
  });

  test('an organisation is there for whoever is in it, however its id is written', async () => {
    const own = scope.kind === 'organizations' ? scope.orgIds : [...organizations.schools, ...organizations.districts];
    const known = [...organizations.schools, ...organizations.districts];
    const ids = [...known, ...known.map((id) => id.toUpperCase()), 'no id at all', ''];
    const fields = ids.map((id, index) => `o${index}: organization(id: "${id}") { id }`);
    const found = Object.values(dataOf(await graph.run(`{ __typename ${fields.join('\n')} }`, { as: scope }), ids));
    const expected = ids.map((id) => (own.includes(id.toLowerCase()) ? { id: id.toLowerCase() } : null));
    expect(plain(found)).toEqual(['Query', ...expected]);
  });

  const days = [
    '1999-12-30',
    '1999-12-31',
    '2000-01-01',
    '2025-06-14',
    '2025-06-15',
    '2025-06-16',
    '2025-06-17',
    '2025-06-18',
    '2031-08-08',
    '2031-08-09',
  ];

  test('a list holds on a day', async () => {
    const views = viewNames.filter((view) => columnsOf(view).includes('begin_date'));
    expect(views).toEqual(['class_enrollments', 'course_enrollments', 'student_guides', 'student_schools']);
    const questions = views.flatMap((view) => days.map((asOf) => ({ view, asOf, first: 1000 })));
    const { lists } = await askLists(graph, questions, { as: scope });
    expect(plain(lists)).toEqual(
      questions.map(({ view, asOf }) => ({ nodes: toldAll(view, listOf(world, view, { asOf })) })),
    );
    if (scope.kind === 'unrestricted') expect(new Set(lists.map(({ nodes }) => nodes.length)).size).toBeGreaterThan(4);
  });

  test('an edge holds on a day, wherever it or its bridge is over one day', async () => {
    const overTime = viewNames.flatMap((view) =>
      waysOf(view)
        .filter((way) => isConnection(view, way))
        .filter(({ ends, bridge }) => columnsOf(bridge?.[0] ?? ends[0]![0]).includes('begin_date'))
        .map((way) => ({ view, way })),
    );
    const withDay = viewNames.flatMap((view) => {
      const type = graph.schema.getType(facts[view]!.type);
      const fields = isObjectType(type) ? Object.values(type.getFields()) : [];
      return fields.filter(({ args }) => args.some(({ name }) => name === 'asOf')).map(({ name }) => `${view}.${name}`);
    });
    expect(withDay.toSorted()).toEqual(overTime.map(({ view, way }) => `${view}.${way.name}`).toSorted());

    for (const { view, way } of overTime) {
      const [end] = way.ends[0]!;
      const selected = days.map(
        (day, index) =>
          `d${index}: ${way.name}(asOf: "${day}", first: 1000) { totalCount nodes { ${tellingFields(end)} } }`,
      );
      const found = await rowsWith(view, selected.join('\n'));
      const expected = listOf(world, view).map((row) =>
        Object.fromEntries(
          days.map((asOf, index) => {
            const rows = listAlong(world, way, row, { asOf });
            return [`d${index}`, { totalCount: rows.length, nodes: toldAll(end, rows) }];
          }),
        ),
      );
      expect(plain(found)).toEqual(expected);
    }
  });
});

function compare<T extends string | number>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
