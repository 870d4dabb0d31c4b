import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { facts } from '../catalogue/facts.ts';
import { cursorsOf, decodeCursor } from '../../loaders/lists/cursor.ts';
import type { Order } from '../../loaders/sql/order.ts';
import { openGraph, type Answer, type TestGraph } from '../support/graph.ts';
import { askLists, dataOf, tellingFields, toldAll } from './support/lists.ts';
import { listOf } from './support/oracle.ts';
import { smallData } from './support/smallData.ts';
import { createTables, insertRows, schema, type Edition, type Tables } from './support/tables.ts';
import { readTexts, readWorld, viewNames, type TextRow } from './support/world.ts';

let tables: Tables;
let graph: TestGraph;
let client: pg.Client;

async function open(edition: Edition, data = smallData()): Promise<void> {
  tables = await createTables(edition, data);
  graph = await openGraph(tables.url, { schema });
  client = new pg.Client({ connectionString: tables.url });
  await client.connect();
}

async function close(): Promise<void> {
  await client.end();
  await graph.close();
  await tables.drop();
}

function codes(answer: Answer): unknown[] {
  return (answer.errors ?? []).map(({ extensions }) => extensions['code']);
}

describe('rows that come while a list is read', () => {
  beforeAll(() => open('usual'));
  afterAll(close);

  test.each([
    { view: 'sessions', isBackwards: false, marked: 'id' },
    { view: 'sessions', isBackwards: true, marked: 'id' },
    { view: 'attempts', isBackwards: false, marked: 'resource_id' },
    { view: 'attempts', isBackwards: true, marked: 'resource_id' },
    { view: 'student_schools', isBackwards: false, marked: 'school_name' },
    { view: 'students_xp', isBackwards: true, marked: 'total_value' },
  ])('neither lose nor repeat one of $view (backwards: $isBackwards)', async ({ view, isBackwards, marked }) => {
    const world = await readWorld(tables.url, schema, undefined, 'C');
    const before = toldAll(view, listOf(world, view));
    const texts = (await readTexts(tables.url, schema, { kind: 'unrestricted' })).get(view)!;
    const seen: unknown[] = [];
    let cursor: string | undefined;
    for (let page = 0, more = true; more; page += 1) {
      const span = isBackwards
        ? { last: 3, ...(cursor && { before: cursor }) }
        : { first: 3, ...(cursor && { after: cursor }) };
      const { lists } = await askLists(graph, [{ view, ...span }], {
        selected: () =>
          `nodes { ${tellingFields(view)} } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }`,
      });
      const { nodes, pageInfo } = lists[0];
      seen.splice(isBackwards ? 0 : seen.length, 0, ...nodes);
      cursor = isBackwards ? pageInfo.startCursor : pageInfo.endCursor;
      more = isBackwards ? pageInfo.hasPreviousPage : pageInfo.hasNextPage;
      // Two that are like rows that are there, before and behind where we are, but for the mark.
      const next = [texts[page % texts.length]!, texts[(page * 7) % texts.length]!];
      if (page < 8)
        await insertRows(
          client,
          view,
          next.map((row, index) => ({ ...row, [marked]: markOf(marked, `${page}${index}${isBackwards ? 1 : 0}`) })),
        );
    }
    const old = seen.filter((row) => before.some((one) => JSON.stringify(one) === JSON.stringify(row)));
    expect(JSON.stringify(old)).toBe(JSON.stringify(before));
    expect(seen.length).toBeGreaterThan(before.length);
  });

  function markOf(column: string, text: string): string {
    return column === 'total_value' ? `7777${text}` : `new ${text}`;
  }
});

describe('values that stand outside of the usual', () => {
  const days = ['infinity', '-infinity', '12025-03-01', '0044-03-15 BC', '2025-06-15', null];
  const moments = [
    'infinity',
    '-infinity',
    '12025-03-01 10:00:00',
    '0045-02-29 12:00:00 BC',
    '2025-06-15 10:00:00',
    null,
  ];
  const numbers = ['NaN', 'Infinity', '-Infinity', '1e30', '-1e-30', '0', '-0', '0.00', '5', '5.0', '5.00', null];

  async function openWith(edition: Edition): Promise<void> {
    const data = smallData();
    const first = (view: string) => data.get(view)![0]!;
    const sessions = days.flatMap((date, i) =>
      [0, 1].map((n): TextRow => ({ ...first('sessions'), id: `s${i}${n}`, date, start_time: moments[i]! })),
    );
    const rows = numbers.map((mastery_percentage): TextRow => ({ ...first('students_mastery'), mastery_percentage }));
    data.set('sessions', sessions);
    data.set('students_mastery', rows);
    await open(edition, data);
  }

  describe.each<Edition>(['usual', 'mixed'])('over %s types', (edition) => {
    beforeAll(() => openWith(edition));
    afterAll(close);

    test.each(['date', 'startTime'])('a list by %s gets past them', async (name) => {
      const ids = await Promise.all(
        ['ASC', 'DESC', 'DESC_NULLS_FIRST'].flatMap((direction) =>
          ['first', 'last'].map((size) => readAll('sessions', 'id', { [name]: direction }, size)),
        ),
      );
      for (const found of ids) expect(new Set(found).size).toBe(12);
      expect(ids.map((found) => found.length)).toEqual([12, 12, 12, 12, 12, 12]);
    });

    test('equal numbers are copies of one row, however they are written', async () => {
      const found = await Promise.all(
        ['ASC', 'DESC'].flatMap((direction) =>
          ['first', 'last'].map((size) =>
            readAll('studentsMastery', 'masteryPercentage', { masteryPercentage: direction }, size),
          ),
        ),
      );
      const sorted = [-1e-30, 0, 0, 0, 5, 5, 5, 1e30];
      const upwards = [null, ...sorted, null, null, null];
      const downwards = [null, null, ...sorted.toReversed(), null, null];
      const plain = found.map((values) => values.map((value) => (value === 0 ? 0 : value)));
      expect(plain).toEqual([upwards, upwards, downwards, downwards]);
    });

    test('what GraphQL cannot write is null', async () => {
      const answer = await graph.run(`{ sessions(first: 1000) { nodes { date startTime } } }`);
      const { nodes } = dataOf(answer, 'sessions').sessions;
      const shown = new Set(nodes.map((node: unknown) => JSON.stringify(node)));
      const usual = { date: '2025-06-15', startTime: '2025-06-15T10:00:00.000Z' };
      expect(shown).toEqual(new Set([{ date: null, startTime: null }, usual].map((node) => JSON.stringify(node))));
    });

    async function readAll(
      root: string,
      field: string,
      order: Record<string, string>,
      size: string,
    ): Promise<unknown[]> {
      const type = root === 'sessions' ? 'Session' : 'StudentMastery';
      const [cursorArg, more, edge] =
        size === 'first' ? ['after', 'hasNextPage', 'endCursor'] : ['before', 'hasPreviousPage', 'startCursor'];
      const query = `query ($cursor: String, $orderBy: [${type}Order!]) {
        list: ${root}(${size}: 1, ${cursorArg}: $cursor, orderBy: $orderBy) { nodes { ${field} } pageInfo { ${more} ${edge} } }
      }`;
      const found: unknown[] = [];
      for (let cursor: string | null = null, isOver = false; !isOver && found.length < 50;) {
        const { list } = dataOf(await graph.run(query, { variables: { cursor, orderBy: [order] } }), {
          order,
          size,
          cursor,
        });
        found.splice(size === 'first' ? found.length : 0, 0, list.nodes[0][field]);
        cursor = list.pageInfo[edge];
        isOver = !list.pageInfo[more];
      }
      return found;
    }
  });
});

test.each([
  ['int', [1, 2, 3]],
  ['float', [1, 2, 3]],
  ['text', [1, 1, 1]],
])('what is written otherwise is a copy if it is a number: %s', (kind, copies) => {
  const order = { keys: [{ column: { kind } }], name: 'any' } as unknown as Order;
  const shown = { raw: [['5'], ['5.0'], ['5.00']], offset: 0, isReversed: false };
  const cursorAt = cursorsOf({ order, at: [0], from: undefined }, shown);
  expect(copies.map((_, index) => decodeCursor(order, cursorAt(index)).copy)).toEqual(copies);
  const large = cursorsOf({ order, at: [0], from: undefined }, { ...shown, raw: [['1.5e+20'], ['1.5e+200']] });
  expect([0, 1].map((index) => decodeCursor(order, large(index)).copy)).toEqual([1, 1]);
});

describe.each<Edition>(['usual', 'mixed'])('cursors that are not what they should be, over %s types', (edition) => {
  beforeAll(() => open(edition));
  afterAll(close);

  async function cursorOf(view: string, args = ''): Promise<string> {
    const { rootField } = facts[view]!;
    const answer = await graph.run(`{ list: ${rootField}(first: 2${args}) { pageInfo { endCursor } } }`);
    return dataOf(answer, view).list.pageInfo.endCursor;
  }

  /** The code of the answer to each cursor, as `after` and as `before`; null where there was an answer. */
  async function codesOf(view: string, cursors: readonly string[]): Promise<(string | null)[]> {
    const { rootField } = facts[view]!;
    const fields = cursors.flatMap((_, index) => [
      `a${index}: ${rootField}(first: 2, after: $c${index}) { pageInfo { endCursor hasPreviousPage } }`,
      `b${index}: ${rootField}(last: 2, before: $c${index}) { pageInfo { endCursor hasNextPage } }`,
    ]);
    const declared = cursors.map((_, index) => `$c${index}: String`);
    const variables = Object.fromEntries(cursors.map((cursor, index) => [`c${index}`, cursor]));
    const answer = await graph.run(`query (${declared.join(', ')}) { ${fields.join('\n')} }`, { variables });
    const byName = new Map(answer.errors?.map(({ path, extensions }) => [path![0], String(extensions['code'])]));
    return cursors.flatMap((_, index) => [byName.get(`a${index}`) ?? null, byName.get(`b${index}`) ?? null]);
  }

  const forged = (cursor: string, change: (parts: unknown[]) => unknown) =>
    Buffer.from(JSON.stringify(change(JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[]))).toString(
      'base64url',
    );

  test.each(viewNames)('%s refuses them', async (view) => {
    const cursor = await cursorOf(view);
    const other = await cursorOf(view === 'students' ? 'guides' : 'students');
    const wrong = [
      '', ' ', 'x', 'null', '💥', cursor.slice(0, -3), `${cursor}AAAA`, other,
      forged(cursor, () => null), forged(cursor, () => []), forged(cursor, () => ({})),
      forged(cursor, (parts) => parts.slice(0, -1)), forged(cursor, (parts) => [...parts, 'x']),
      forged(cursor, ([hash, , ...values]) => [hash, 0, ...values]),
      forged(cursor, ([hash, , ...values]) => [hash, 1.5, ...values]),
      forged(cursor, ([hash, , ...values]) => [hash, 1e12, ...values]),
      forged(cursor, ([hash, , ...values]) => [hash, '1; select 1', ...values]),
      forged(cursor, ([hash, copy, ...values]) => [hash, copy, ...values.map(() => 7)]),
      forged(cursor, ([hash, copy, ...values]) => [hash, copy, ...values.map(() => ['x'])]),
      forged(cursor, ([hash, copy, ...values]) => [hash, copy, ...values.map(() => 'a\0b')]),
    ]; // prettier-ignore
    const found = await codesOf(view, wrong);
    expect(new Set(found)).toEqual(new Set(['BAD_CURSOR']));
  });

  const junk = [
    '', ' ', 'junk', '-', '%', '1e999', '-1e-999', '9'.repeat(30), '99999999999999999999.5', '0x10', '1_000', ' 1', 'NaN', 'Infinity', 'infinity',
    'epoch', 'now', 'tomorrow', '2026-13-45', '2026-02-30', '0000-01-01', '0004-02-29 BC', '0005-02-29 BC', '9999-99-99 BC', '300000-01-01',
    '2026-06-17 25:00:00+00', '2026-06-17 10:00:00+99', '2026-06-17 10:00:00 BC', '275000-01-01 00:00:00+00', '4800-01-01 00:00:00+00 BC',
    't', 'true', '{00000000-0000-4000-8000-000000000000}', '00000000000040008000000000000000', 'ABCDEF00-0000-4000-8000-000000000000', '\ud800', null,
  ]; // prettier-ignore

  test.each(viewNames)('whatever stands in a cursor of %s, it is no failure of ours', async (view) => {
    const cursor = await cursorOf(view);
    const count = (JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[]).length;
    const cursors = Array.from({ length: count - 2 }).flatMap((_, place) =>
      junk.map((text) => forged(cursor, (parts) => parts.with(place + 2, text))),
    );
    const found = new Set<string | null>();
    for (let start = 0; start < cursors.length; start += 20) {
      for (const code of await codesOf(view, cursors.slice(start, start + 20))) found.add(code);
    }
    found.delete(null);
    expect([...found].filter((code) => code !== 'BAD_CURSOR')).toEqual([]);
  });

  test.each(['first: 2, before: ""', 'last: 2, after: ""', 'before: ""'])(
    'an empty cursor is one: %s',
    async (args) => {
      expect(codes(await graph.run(`{ students(${args}) { nodes { id } } }`))).toEqual(['BAD_USER_INPUT']);
    },
  );

  test('a cursor belongs to its order, not to its filter', async () => {
    const cursor = await cursorOf('sessions', ', orderBy: [{ durationSec: DESC }]');
    const ask = (args: string) => graph.run(`{ sessions(first: 2, after: "${cursor}"${args}) { nodes { id } } }`);
    expect(codes(await ask(''))).toEqual(['BAD_CURSOR']);
    expect(codes(await ask(', orderBy: [{ durationSec: ASC }]'))).toEqual(['BAD_CURSOR']);
    expect(codes(await ask(', orderBy: [{ durationSec: DESC }, { date: ASC }]'))).toEqual(['BAD_CURSOR']);
    expect(codes(await ask(', orderBy: [{ durationSec: DESC }], where: { isProctored: { eq: true } }'))).toEqual([]);
    expect(codes(await ask(', orderBy: [{ durationSec: DESC_NULLS_LAST }]'))).toEqual([]);
  });

  /** The one statement of a list, as it is sent. */
  async function textOf(list: string): Promise<string> {
    const { flights } = await graph.run(`{ ${list} }`);
    return flights.flat().find((text) => text.includes('limit'))!;
  }

  test('an index can begin at a cursor, and no more is asked than what can lie behind it', async () => {
    const behind = async (view: string, selected: string) =>
      textOf(`${facts[view]!.rootField}(first: 2, after: "${await cursorOf(view)}") { ${selected} }`);
    const recommendations = await behind('recommendations', 'nodes { id }');
    expect(recommendations).toMatch(/where \(\S*generated_at\S* <= \(?\$\d+.* and \(\S*generated_at\S* < \(?\$\d+/);
    expect(await behind('sessions', 'nodes { id }')).toMatch(
      /start_time is not null\s+and \(\S*start_time\S* <= \(?\$\d+/,
    );
    // Neither copies of rows that are told apart, nor nulls where there are none, nor each copy where one is enough.
    const others = await behind('waste_insights', 'pageInfo { hasPreviousPage }');
    for (const text of [recommendations, others]) expect(text).not.toMatch(/union all|is null/);
  });

  test('a long list by moments is read by its index, and a short one is sorted', async () => {
    const { data } = await graph.run(
      '{ attempts(first: 1, where: { session: {} }) { nodes { sessionId studentId } } }',
    );
    const [{ sessionId, studentId }] = data.attempts.nodes;
    const own = 'attempts(first: 2) { nodes { resourceId } }';
    expect(await textOf(`student(id: "${studentId}") { ${own} }`)).toContain('union all');
    expect(await textOf(`session(id: "${sessionId}") { ${own} }`)).not.toContain('union all');
  });

  const xp = (more: string) => `[{ student: { xp: { ${more} } } }]`;
  const across = [
    '[{ student: { name: ASC } }]',
    '[{ student: { name: DESC } }]',
    '[{ learningApp: { name: ASC } }]',
    '[{ student: { id: ASC } }, { learningApp: { name: ASC } }]',
    xp('summary: { count: ASC }'),
    xp('summary: { count: DESC }'),
    xp('summary: { sessionId: { count: ASC } }'),
    xp('summary: { totalValue: { sum: ASC } }'),
    xp('summary: { totalValue: { percentile: { at: 0.5, direction: ASC } } }'),
    xp('summary: { totalValue: { percentile: { at: 0.25, direction: ASC } } }'),
    xp('summary: { count: ASC }, where: { totalValue: { gt: 1 } }'),
    '[{ student: { journals: { summary: { count: ASC } } } }]',
    '[{ attempts: { summary: { count: ASC } } }]',
    '[{ journals: { summary: { count: ASC } } }]',
  ];

  test.each(across)('so does one of an order across other views: %s', async (own) => {
    const cursor = await cursorOf('sessions', `, orderBy: ${own}`);
    const found = [];
    for (const orderBy of across)
      found.push(
        codes(await graph.run(`{ sessions(first: 2, after: "${cursor}", orderBy: ${orderBy}) { nodes { id } } }`)),
      );
    expect(found).toEqual(across.map((one) => (one === own ? [] : ['BAD_CURSOR'])));
  });

  test('a cursor of a list that is gone still leads on', async () => {
    const world = await readWorld(tables.url, schema, undefined, 'C');
    const [first, ...rest] = listOf(world, 'recommendations');
    const cursor = await cursorOf('recommendations');
    await client.query(`delete from source.recommendations where id::text = any($1::text[])`, [
      [first!['id'], rest[0]!['id']],
    ]);
    const { lists } = await askLists(graph, [{ view: 'recommendations', first: 1000, after: cursor }], {
      selected: () => `nodes { id } pageInfo { hasPreviousPage }`,
    });
    expect(JSON.stringify(lists[0].nodes)).toBe(JSON.stringify(toldAll('recommendations', rest.slice(1))));
    expect(lists[0].pageInfo.hasPreviousPage).toBe(false);
  });
});
