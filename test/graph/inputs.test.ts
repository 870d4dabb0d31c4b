import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { facts } from '../catalogue/facts.ts';
import { codeOf } from '../../src/errors.ts';
import { openGraph, type Answer, type TestGraph } from '../support/graph.ts';
import { orders } from './support/keys.ts';
import { dataOf } from './support/lists.ts';
import { smallData } from './support/smallData.ts';
import { createTables, schema, type Edition, type Tables } from './support/tables.ts';
import { lookupOf } from './support/trips.ts';
import { fieldOf, typeOf, viewNames } from './support/world.ts';

let tables: Tables;
let graph: TestGraph;

async function open(edition: Edition): Promise<void> {
  tables = await createTables(edition, smallData());
  graph = await openGraph(tables.url, { schema });
}

async function close(): Promise<void> {
  await graph.close();
  await tables.drop();
}

function failure(answer: Answer) {
  const [error] = answer.errors ?? [];
  return error && { code: codeOf(error), message: error.message };
}

const some = { nodes: expect.anything() as unknown };

describe('what is asked of a list', () => {
  beforeAll(() => open('usual'));
  afterAll(close);

  const ask = (args: string) =>
    graph.run(
      `{ students${args} { nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } }`,
    );

  test.each(['first', 'after', 'last', 'before', 'where', 'orderBy'])(
    'a null for %s is the same as nothing',
    async (name) => {
      const plain = await ask('');
      expect(plain.errors).toBeUndefined();
      expect((await ask(`(${name}: null)`)).data).toEqual(plain.data);
    },
  );

  test('a null for asOf is the same as nothing', async () => {
    const [plain, withNull] = await Promise.all(
      ['', '(asOf: null)'].map((args) => graph.run(`{ classEnrollments${args} { totalCount } }`)),
    );
    expect(withNull!.data).toEqual(plain!.data);
    expect(plain!.data.classEnrollments.totalCount).toBeGreaterThan(0);
  });

  test.each([
    ['maxDepth: 0', false],
    ['maxDepth: 1', true],
    ['maxDepth: 10', true],
    ['maxDepth: 11', false],
    ['first: -1', false],
    ['first: 1000', true],
    ['first: 1001', false],
    ['maxDepth: null, first: null', true],
  ])('a walk with %s: %s', async (args, isAnswered) => {
    const answer = await graph.run(`{ units(first: 1) { nodes { descendants(${args}) { id } } } }`);
    expect(failure(answer)?.code).toBe(isAnswered ? undefined : 'BAD_USER_INPUT');
  });

  test.each(['first', 'last'])('%s: 0 is a page without rows', async (name) => {
    const { students } = dataOf(await ask(`(${name}: 0)`), name);
    const { totalCount } = dataOf(await ask(''), '').students;
    expect(students).toMatchObject({
      nodes: [],
      totalCount,
      pageInfo: { hasNextPage: name === 'first', hasPreviousPage: name === 'last', startCursor: null, endCursor: null },
    });
  });

  test('20 rows are the usual page, and 1000 the largest', async () => {
    const answer = await graph.run(`{ resourceRelations { nodes { itemOrder } totalCount } }`);
    const { nodes, totalCount } = dataOf(answer, 'resourceRelations').resourceRelations;
    expect([nodes.length, totalCount]).toEqual([20, 21]);
    expect((await ask('(first: 1000)')).errors).toBeUndefined();
    expect((await ask('(last: 1000)')).errors).toBeUndefined();
  });

  test.each([
    '(first: 1, last: 1)', '(first: -1)', '(last: -1)', '(first: 1001)', '(last: 1001)', '(first: 1, before: "x")', '(last: 1, after: "x")',
    '(before: "x")', '(after: "x", before: "x")', '(orderBy: [{}])', '(orderBy: [{ name: ASC, email: ASC }])', '(orderBy: [{ name: null }])',
    '(orderBy: [{ startDates: {} }])', '(orderBy: [{ startDates: null }])', '(orderBy: [{ startDates: { admissionDate: ASC, earliestMapDate: ASC } }])',
    '(orderBy: [{ startDates: { student: { startDates: {} } } }])',
  ])('%s is refused', async (args) => {
    expect(failure(await ask(args))).toMatchObject({ code: 'BAD_USER_INPUT' });
  }); // prettier-ignore

  test('a list that is refused costs no other', async () => {
    const answer = await graph.run(`{ students(first: -1) { nodes { id } } guides { nodes { id } } }`);
    expect(answer.data).toMatchObject({ students: null, guides: some });
    expect(answer.errors?.map(({ path }) => path)).toEqual([['students']]);
  });
});

describe('a null in a filter never widens it', () => {
  beforeAll(() => open('usual'));
  afterAll(close);

  test.each([
    ['students', { name: null }, 'where.name'],
    ['students', { name: { eq: null } }, 'where.name.eq'],
    ['students', { name: { eq: 'a', isNull: null } }, 'where.name.isNull'],
    ['students', { name: { in: null } }, 'where.name.in'],
    ['students', { name: { in: ['a', null] } }, 'where.name.in[1]'],
    ['students', { name: {} }, 'where.name'],
    ['students', { and: null }, 'where.and'],
    ['students', { and: [{}, null] }, 'where.and[1]'],
    ['students', { or: null }, 'where.or'],
    ['students', { or: [null] }, 'where.or[0]'],
    ['students', { or: [{}, { and: [{ name: { lt: null } }] }] }, 'where.or[1].and[0].name.lt'],
    ['students', { not: null }, 'where.not'],
    ['students', { not: { email: {} } }, 'where.not.email'],
    ['students', { orgIds: null }, 'where.orgIds'],
    ['students', { orgIds: {} }, 'where.orgIds'],
    ['students', { orgIds: { has: null } }, 'where.orgIds.has'],
    ['students', { orgIds: { hasAny: [null] } }, 'where.orgIds.hasAny[0]'],
    ['students', { orgIds: { hasAll: null } }, 'where.orgIds.hasAll'],
    ['students', { sessions: null }, 'where.sessions'],
    ['students', { sessions: {} }, 'where.sessions'],
    ['students', { sessions: { some: null } }, 'where.sessions.some'],
    ['students', { sessions: { every: { id: null } } }, 'where.sessions.every.id'],
    [
      'students',
      { sessions: { none: { waste: { wasteDurationSec: {} } } } },
      'where.sessions.none.waste.wasteDurationSec',
    ],
    ['students', { startDates: null }, 'where.startDates'],
    ['classes', { status: null }, 'where.status'],
    ['classes', { status: { in: ['ACTIVE', null] } }, 'where.status.in[1]'],
    ['sessions', { isProctored: { eq: null } }, 'where.isProctored.eq'],
    ['sessions', { startTime: { gte: null } }, 'where.startTime.gte'],
    ['attempts', { resource: null }, 'where.resource'],
    ['attempts', { resource: { question: null } }, 'where.resource.question'],
    ['attempts', { resource: { and: null } }, 'where.resource.and'],
    ['attempts', { resource: { and: [null] } }, 'where.resource.and[0]'],
    ['attempts', { resource: { not: { or: [{}, null] } } }, 'where.resource.not.or[1]'],
    ['attempts', { resource: { not: null } }, 'where.resource.not'],
    ['units', { children: {} }, 'where.children'],
    ['units', { children: { some: { lesson: { title: {} } } } }, 'where.children.some.lesson.title'],
    ['units', { children: { every: { or: [null] } } }, 'where.children.every.or[0]'],
  ])('%s where %j', async (view, where, path) => {
    const { rootField, type } = facts[view]!;
    const answer = await graph.run(
      `query ($where: ${type}Filter) { ${rootField}(where: $where) { nodes { __typename } } }`,
      { variables: { where } },
    );
    expect(answer.data?.[rootField]).not.toEqual(some);
    expect(failure(answer)).toMatchObject({ code: 'BAD_USER_INPUT' });
    // The place, and not the beginning of a longer one.
    expect(failure(answer)!.message).toMatch(new RegExp(`(^|")${path.replace(/[.[\]]/g, '\\$&')}[" ]`));
  });

  test.each([
    ['sessions(where: { waste: null })', 'where.waste', 'Leave it out, or use not: { waste: {} } to look for rows without one.'],
    ['sessions(where: { attempts: null })', 'where.attempts', 'Leave it out, or use none: {} to look for rows without any.'],
    ['sessions(where: { attempts: { some: null } })', 'where.attempts.some', 'Leave it out, or give a filter.'],
    ['attempts(where: { resource: { question: null } })', 'where.resource.question', 'Leave it out, or use not: { question: {} } to look for rows without one.'],
    ['sessions(where: { learningAppId: null })', 'where.learningAppId', 'Leave it out, or use isNull to look for missing values.'],
    ['sessions(where: { learningAppId: { eq: null } })', 'where.learningAppId.eq', 'Leave it out, or use isNull to look for missing values.'],
    ['sessions(where: { learningAppId: { isNull: null } })', 'where.learningAppId.isNull', 'Leave it out.'],
    ['students(where: { orgIds: { has: null } })', 'where.orgIds.has', 'Leave it out.'],
    ['students(where: { and: null })', 'where.and', 'Leave it out.'],
    ['students(where: { not: null })', 'where.not', 'Leave it out.'],
    ['students(where: { sessions: { aggregate: { summary: { count: null } } } })', 'where.sessions.aggregate.summary.count', 'Leave it out.'],
    ['students(where: { sessions: { aggregate: { summary: { count: { gt: null } } } } })', 'where.sessions.aggregate.summary.count.gt', 'Leave it out.'],
    ['sessions(orderBy: [{ waste: null }])', 'orderBy[0].waste', 'Say which of its fields to order by.'],
    ['students(orderBy: [{ sessions: null }])', 'orderBy[0].sessions', 'Say which of its fields to order by.'],
    ['students(orderBy: [{ sessions: { summary: { durationSec: null } } }])', 'orderBy[0].sessions.summary.durationSec', 'Say which of its fields to order by.'],
    ['students(orderBy: [{ sessions: { summary: { durationSec: { percentile: null } } } }])', 'orderBy[0].sessions.summary.durationSec.percentile', 'Say which of its fields to order by.'],
  ])('%s is told what to say instead', async (list, path, advice) => {
    const answer = await graph.run(`{ ${list} { nodes { __typename } } }`);
    expect(failure(answer)?.message).toBe(`${path} is null. ${advice}`);
  }); // prettier-ignore

  test('an order without a direction is told so', async () => {
    const answer = await graph.run(
      `query ($to: TimebackOrder) { students(orderBy: [{ name: $to }]) { nodes { id } } }`,
      {
        variables: { to: null },
      },
    );
    expect(failure(answer)?.message).toBe('orderBy[0].name has no direction. Say ASC or DESC.');
  });

  test.each([
    ['$v: String', 'students(where: { name: { eq: $v } })'],
    ['$v: [String!]', 'students(where: { name: { in: $v } })'],
    ['$v: String', 'students(where: { and: [{ name: { eq: "a" } }, { not: { name: { ne: $v } } }] })'],
    ['$v: SessionFilter', 'students(where: { sessions: { some: $v } })'],
  ])('a variable that is not there (%s in %s)', async (declared, list) => {
    const answer = await graph.run(`query (${declared}) { ${list} { nodes { id } } }`);
    expect(failure(answer)).toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});

describe('a number that is none to JSON', () => {
  beforeAll(() => open('usual'));
  afterAll(close);

  const number = 'durationSec: { %s }';
  test.each([
    [number, 'gt: 1e400'],
    [number, 'lt: -1e400'],
    [number, 'notIn: [0, 1e400]'],
    ['wasteInsights: { aggregate: { summary: { wasteDurationSec: { sum: { %s } } } } }', 'gt: -1e400'],
  ])('is refused as it is in a variable: %s with %s', async (filter, operator) => {
    const answer = await graph.run(`{ sessions(where: { ${filter.replace('%s', operator)} }) { totalCount } }`);
    expect(failure(answer)).toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});

describe.each<Edition>(['usual', 'mixed'])('operands that no column can hold, over %s types', (edition) => {
  beforeAll(() => open(edition));
  afterAll(close);

  const noIds = [
    '',
    ' ',
    'x',
    '5',
    '%',
    "'",
    '\\',
    '{00000000-0000-4000-8000-000000000000}',
    '00000000000040008000000000000000',
    '\0',
    'a\0b',
    '\ud800',
  ];

  test.each(viewNames)('an id of %s that is none is not found', async (view) => {
    const { rootField, type, columns } = facts[view]!;
    const ids = Object.keys(columns).filter((column) => typeOf(view, column) === 'ID');
    const filters = ids.flatMap((column) =>
      noIds.flatMap((id) => [{ [fieldOf(column)]: { eq: id } }, { [fieldOf(column)]: { in: [id, `${id}.`] } }]),
    );
    const lists = Object.keys(columns).filter((column) => typeOf(view, column) === '[ID]');
    const listFilters = lists.flatMap((column) =>
      noIds.flatMap((id) => [
        { [fieldOf(column)]: { has: id } },
        { [fieldOf(column)]: { hasAny: [id] } },
        { [fieldOf(column)]: { hasAll: [id] } },
      ]),
    );
    for (const where of [{ or: filters }, { or: listFilters }]) {
      const answer = await graph.run(`query ($where: ${type}Filter) { ${rootField}(where: $where) { totalCount } }`, {
        variables: { where },
      });
      expect(dataOf(answer, where)[rootField].totalCount).toBe(0);
    }
    const all = await graph.run(
      `query ($where: ${type}Filter) { some: ${rootField}(where: $where) { totalCount } all: ${rootField} { totalCount } }`,
      {
        variables: { where: { not: { or: filters } } },
      },
    );
    const { some, all: every } = dataOf(all, filters);
    expect(some).toEqual(every);
  });

  const lookups = viewNames.filter((view) => graphHasLookup(view));
  test.each(lookups)('the lookup in %s finds nothing under an id that is none', async (view) => {
    const composite = [
      '["a","b"]',
      '["00000000-0000-4000-8000-000000000000","x"]',
      '["a"]',
      '[1,2]',
      '{}',
      'null',
      '["\\u0000","b"]',
    ];
    const ids = [...noIds, ...composite.map((text) => Buffer.from(text).toString('base64url'))];
    const fields = ids.map((_, index) => `l${index}: ${lookupOf(view)}(id: $id${index}) { __typename }`);
    const declared = ids.map((_, index) => `$id${index}: ID!`);
    const variables = Object.fromEntries(ids.map((id, index) => [`id${index}`, id]));
    const answer = await graph.run(`query (${declared.join(', ')}) { ${fields.join('\n')} }`, { variables });
    expect(Object.values(dataOf(answer, view)).filter((found) => found !== null)).toEqual([]);
  });

  test('texts, numbers and times at their limits are answered or refused, but never fail', async () => {
    const operands = {
      students: [
        ...['\ud800', '\udc00a', '%'.repeat(5000), '\\', '\u{10ffff}', 'İ', 'ß', '\n'].flatMap((text) => [
          ...['eq', 'lt', 'startsWith', 'contains'].map((operator) => ({ name: { [operator]: text } })),
          { name: { in: [text, ''] } },
        ]),
        ...['eq', 'startsWith', 'in', 'lt'].map((operator) => ({ name: { [operator]: 'a\0b' } })),
      ],
      sessions: [
        ...[0, -0, 5e-324, -1.7976931348623157e308, 1e21, 0.1].flatMap((number) =>
          ['eq', 'lt', 'gte'].map((operator) => ({ durationSec: { [operator]: number } })),
        ),
        ...[
          '0001-01-01',
          '9999-12-31',
          '2024-02-29',
          '2025-02-29',
          '0000-01-01',
          '-001-01-01',
          '12025-01-01',
          'infinity',
          '2025-1-1',
          '',
          'now',
        ].map((date) => ({ date: { lte: date } })),
        ...['Z', '+00:00', '-00:00', '+14:00', '-12:00', '+15:59', '+16:00', '+23:59', '-23:59', '', '+5', 'z'].flatMap(
          (zone) =>
            [
              '2025-06-16T09:55:00',
              '2025-06-16T09:55:00.1234567',
              '2025-06-16T23:59:60',
              '2025-06-16T24:00:00',
              '0001-01-01T00:00:00',
              '9999-12-31T23:59:59.999999',
              '2025-06-16t09:55:00',
              '2025-06-16 09:55:00',
            ].map((time) => ({ startTime: { gt: `${time}${zone}` } })),
        ),
      ],
      classes: [{ status: { eq: 'OTHER' } }, { status: { eq: 'active' } }, { status: { in: [] } }],
      grades: [2147483647, -2147483648, 2147483648, 1.5].map((number) => ({ orderNumber: { eq: number } })),
    };
    const found = new Set<string>();
    for (const [root, wheres] of Object.entries(operands)) {
      const { type } = facts[root]!;
      for (const where of wheres) {
        const answer = await graph.run(`query ($where: ${type}Filter) { ${root}(where: $where) { totalCount } }`, {
          variables: { where },
        });
        const [error] = answer.errors ?? [];
        const code = error ? codeOf(error) : 'answered';
        if (!['answered', 'BAD_USER_INPUT'].includes(code)) found.add(`${JSON.stringify(where)}: ${code}`);
      }
    }
    expect([...found]).toEqual([]);
  });
});

function graphHasLookup(view: string): boolean {
  return (
    (orders[view]!.unique.length > 0 || view === 'students_enrollments') &&
    !['aggregated_session_attempts', 'school_usage_stats', 'student_start_dates'].includes(view)
  );
}
