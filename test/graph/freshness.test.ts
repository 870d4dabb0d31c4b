import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import * as people from '../../src/database/data/callers.ts';
import { organizations as orgs } from '../../src/database/data/landmarks.ts';
import { viewUnavailable } from '../../src/failures.ts';
import type { Scope } from '../../src/scope.ts';
import { facts } from '../catalogue/facts.ts';
import { everything, openGraph, organizations, type TestGraph } from '../support/graph.ts';
import { keys, orders } from './support/keys.ts';
import { dataOf } from './support/lists.ts';
import { listOf, waysOf } from './support/oracle.ts';
import { smallData } from './support/smallData.ts';
import { fly } from './support/statements.ts';
import { createTables, schema, type Tables } from './support/tables.ts';
import { microseconds, readWorld, shown, typeOf, viewNames, type Value, type World } from './support/world.ts';

interface ShownJoin {
  readonly column: string;
  readonly keys: number | null;
  readonly resolved: number | null;
  readonly share: number | null;
}
interface ShownView {
  readonly name: string;
  readonly totalCount: number | null;
  readonly newest: string | null;
  readonly joins: readonly ShownJoin[];
}

const query = '{ catalog { name type totalCount newest joins { column targets keys resolved share } } }';

/** Row by row, as somebody would count who has all rows before her. */
function expectedOf(world: World, view: string) {
  const rows = listOf(world, view).slice(0, 1_000);
  const joins = keys.flatMap(([from, , there]) => {
    const [of, column] = from.split('.') as [string, string];
    if (of !== view) return [];
    const { ends } = waysOf(view).find((way) => way.name === there.replace('*', ''))!;
    const held = rows.flatMap((row) => (row[column] ?? []) as string | readonly string[]);
    const found = held.filter((key) => ends.some(([target, end]) => world.withKey(target, end, key).length > 0));
    const share = held.length === 0 ? null : found.length / held.length;
    return [{ column, targets: ends.map(([target]) => target), keys: held.length, resolved: found.length, share }];
  });
  const newest = newestOf(world, view);
  return { name: view, type: facts[view]!.type, totalCount: world.rows(view).length, newest, joins: sorted(joins) };
}

function newestOf(world: World, view: string): unknown {
  const [, column] = /^(\w+) desc$/.exec(orders[view]!.order) ?? [];
  if (column === undefined || !typeOf(view, column).startsWith('Date')) return null;
  const moment = (value: Value) => (typeof value === 'string' ? microseconds(`${value} 00:00:00`) : (value as bigint));
  const moments = world.rows(view).flatMap((row) => (row[column] === null ? [] : [moment(row[column]!)]));
  const past = moments.filter((one) => one <= BigInt(Date.now()) * 1000n);
  return past.length === 0
    ? null
    : shown(
        'sessions',
        'start_time',
        past.reduce((one, other) => (one > other ? one : other)),
      );
}

function sorted<T extends { readonly column: string }>(joins: readonly T[]): T[] {
  return joins.toSorted((one, other) => (one.column < other.column ? -1 : 1));
}

async function shownTo(graph: TestGraph, as: Scope): Promise<ShownView[]> {
  const views = dataOf(await graph.run(query, { as }), query).catalog as ShownView[];
  return views.map((view) => ({ ...view, joins: sorted(view.joins) })).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

let graph: TestGraph;
beforeAll(async () => {
  graph = await openGraph(inject('demoUrl'));
});
afterAll(() => graph.close());

const leader = organizations(...people.leader.orgIds);
const callers: [string, Scope][] = [
  ['somebody who sees everything', everything],
  ['a district leader', leader],
  ['somebody of one school', organizations(orgs.juniper)],
  ['somebody without organisations', organizations()],
];

test.each(callers)('%s is told what her rows come to', async (_, scope) => {
  const world = await readWorld(inject('demoUrl'), schema, scope);
  expect(await shownTo(graph, scope)).toEqual(viewNames.toSorted().map((view) => expectedOf(world, view)));
});

describe.each(['usual', 'mixed'] as const)('over %s column types, with keys that lead nowhere', (edition) => {
  let tables: Tables;
  let small: TestGraph;
  beforeAll(async () => {
    tables = await createTables(edition, smallData());
    small = await openGraph(tables.url, { schema });
  });
  afterAll(async () => {
    await small.close();
    await tables.drop();
  });

  test('it is what the rows come to', async () => {
    const world = await readWorld(tables.url, schema, everything, 'C');
    const views = await shownTo(small, everything);
    expect(views).toEqual(viewNames.toSorted().map((view) => expectedOf(world, view)));
    const shares = views.flatMap(({ joins }) => joins.map(({ share }) => share!));
    expect(shares.filter((share) => share > 0 && share < 1).length).toBeGreaterThan(20);
    // Some rows are dated in years to come.
    expect(views.flatMap(({ newest }) => newest ?? []).every((newest) => Date.parse(newest) <= Date.now())).toBe(true);
  });
});

test('the two keys that are called after an app are apart: sessions name theirs in another way', async () => {
  const { data } = await fly(
    graph,
    '{ catalog(views: ["sessions", "student_journals"]) { name joins { column share } } }',
  );
  const shares = (data.catalog as ShownView[]).map(({ joins }) =>
    joins.find(({ column }) => column === 'learning_app_id')!,
  );
  expect(shares[0]!.share).toBeGreaterThan(0.5);
  expect(shares[0]!.share).toBeLessThan(1);
  expect(shares[1]!.share).toBe(1);
});

test('the lag is the time since the newest', async () => {
  const before = Date.now();
  const { data } = await fly(graph, '{ catalog(views: ["sessions", "units"]) { newest lagSec } }');
  const [sessions, units] = data.catalog as { newest: string; lagSec: number }[];
  const since = (now: number) => Math.floor((now - Date.parse(sessions!.newest)) / 1_000);
  expect(sessions!.lagSec).toBeGreaterThanOrEqual(since(before));
  expect(sessions!.lagSec).toBeLessThanOrEqual(since(Date.now()));
  expect(units).toEqual({ newest: null, lagSec: null });
});

test('a metric leads to its views', async () => {
  const { data, shape } = await fly(graph, '{ catalog { name metrics } }');
  const readBy = (metric: string) =>
    (data.catalog as { name: string; metrics: string[] }[]).flatMap(({ name, metrics }) =>
      metrics.includes(metric) ? [name] : [],
    );
  expect(readBy('wasteShare')).toEqual(['sessions', 'sessions_waste']);
  expect(readBy('accuracy')).toEqual(['aggregated_session_attempts']);
  expect(shape).toEqual([]);
});

describe('what is read', () => {
  test('is one select a view in one flight, whatever is asked of it and how often', async () => {
    const { shape } = await fly(graph, query, {}, organizations());
    expect(shape).toEqual([viewNames.length]);
    const asked = 'catalog(views: ["sessions", "attempts"]) { totalCount newest lagSec joins { share resolved } }';
    const twice = await fly(graph, `{ a: ${asked} b: ${asked} }`);
    expect(twice.flights.map((flight) => flight.map(({ view }) => view))).toEqual([['sessions', 'attempts']]);
  });

  test('is only what is asked for', async () => {
    const textOf = async (fields: string) =>
      (await fly(graph, `{ catalog(views: ["sessions"]) { ${fields} } }`)).flights.flat().map(({ text }) => text);
    expect(await textOf('name type metrics joins { column targets }')).toEqual([]);
    expect(await textOf('newest')).toEqual([expect.not.stringMatching(/count|learning_app_id/)]);
    expect(await textOf('totalCount')).toEqual([expect.not.stringMatching(/start_time|learning_app_id/)]);
    expect(await textOf('joins { keys }')).toEqual([expect.not.stringMatching(/exists|count\(\*\)/)]);
  });
});

test('a view that is missing costs what is said of it and of the keys that lead to it', async () => {
  const { live } = graph.database;
  const from = live!.from.bind(live);
  Object.assign(live!, {
    from: (view: { name: string }) => {
      if (view.name === 'schools') throw viewUnavailable();
      return from(view as never);
    },
  });
  try {
    const { data, errors } = await graph.run(
      '{ catalog(views: ["schools", "student_schools", "grades"]) { name totalCount joins { column share } } }',
    );
    const [schools, links, grades] = data.catalog as ShownView[];
    expect(schools).toEqual({ name: 'schools', totalCount: null, joins: [{ column: 'parent_id', share: null }] });
    expect(links!.totalCount).toBeGreaterThan(0);
    expect(Object.fromEntries(links!.joins.map(({ column, share }) => [column, share]))).toEqual({
      student_id: expect.any(Number) as unknown,
      school_id: null,
    });
    expect(grades!.totalCount).toBe(15);
    const paths = errors!.map(({ path }) => path!.join('.')).toSorted();
    expect(new Set(errors!.map(({ extensions }) => extensions['code']))).toEqual(new Set(['VIEW_UNAVAILABLE']));
    expect(paths).toEqual(['catalog.0.joins.0.share', 'catalog.0.totalCount', 'catalog.1.joins.1.share']);
  } finally {
    Object.assign(live!, { from });
  }
});

test('of no views nothing is told, and in the order that was asked for', async () => {
  const namesOf = async (views: string[] | null) => {
    const { data } = await graph.run('query ($views: [String!]) { catalog(views: $views) { name } }', {
      variables: { views },
    });
    return (data.catalog as { name: string }[]).map(({ name }) => name);
  };
  expect(await namesOf([])).toEqual([]);
  expect(await namesOf(['students', 'grades'])).toEqual(['students', 'grades']);
  expect((await namesOf(null)).length).toBe(41);
});

test.each([['studentsXp'], ['pg_class'], ['sessions; drop']])('%s is no view', async (name) => {
  const { data, errors } = await graph.run('query ($views: [String!]) { catalog(views: $views) { name } }', {
    variables: { views: ['grades', name] },
  });
  expect(data.catalog).toBeNull();
  expect(errors![0]!.message).toContain('views[1] is no view');
  expect(errors![0]!.message).not.toContain(name);
  expect(errors![0]!.extensions['code']).toBe('BAD_USER_INPUT');
});
