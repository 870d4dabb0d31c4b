import { isDeepStrictEqual } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Policy } from '../../schema/view.ts';
import { fieldName } from '../../schema/view.ts';
import { views } from '../../schema/views/index.ts';
import { leader } from '../../src/database/data/callers.ts';
import { organizations as orgs } from '../../src/database/data/landmarks.ts';
import type { Scope } from '../../src/scope.ts';
import { createSubgraph } from '../../schema/subgraphs.ts';
import { sign, startProgram, type Program } from '../program/support.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { everything, openGraph, organizations, type TestGraph } from '../support/graph.ts';
import { lookUpsOf, someIds } from '../support/lookUps.ts';
import { leaksIn, marksIn, secretsOf, visiblePeople } from './secrets.ts';
import { probesOf } from './probes.ts';
import { freezeSchools, keepOnly, makeWorld } from './world.ts';

const nobody = organizations();
const oneSchool = organizations(orgs.juniper);
const district = organizations(...leader.orgIds);

/** Nobody, one school and a district try everything; the other four share it among them, every fourth document each. */
const callers: [string, Scope, step: number, first: number][] = [
  ['of no organisation', nobody, 1, 0],
  ['of an unknown organisation', organizations('00000000-0000-4000-8000-000000000000'), 4, 0],
  ['of one school', oneSchool, 1, 0],
  ['of a school elsewhere', organizations(orgs.harborview), 4, 1],
  ['of both schools', organizations(orgs.juniper, orgs.harborview), 4, 2],
  ['of a district without its schools', organizations(orgs.cedarValley), 4, 3],
  ['of a district and its schools', district, 1, 0],
];

/** As many fields in a document as keep the number of requests small. */
const together = 10;
const schema = createSubgraph('timeback');
const environment = {
  AUTH_UNRESTRICTED_CLAIM: 'internal',
  INTROSPECTION: 'on',
  LIMIT_TOKENS: '100000',
  LIMIT_ALIASES: '1000',
  LIMIT_NODES: '10000000',
  LIMIT_COST: '100000000',
  LIMIT_BODY_BYTES: '10000000',
  LIMIT_REPEATS: '10000',
  LIMIT_REQUEST_MS: '300000',
  DATABASE_POOL_WAIT_MS: '60000',
};

function tokenOf(scope: Scope): Promise<string> {
  return sign(scope.kind === 'unrestricted' ? { org_ids: [], internal: true } : { org_ids: scope.orgIds });
}

function documentsOf(ids: readonly string[]): readonly string[] {
  const fields = probesOf(schema, ids).map(({ field }, index) => `p${index}: ${field}`);
  return Array.from(
    { length: Math.ceil(fields.length / together) },
    (_, index) => `{ ${fields.slice(index * together, (index + 1) * together).join('\n')} }`,
  );
}

interface Mistake {
  readonly path: readonly [alias: string];
  readonly extensions: { readonly code: string };
}

/** The field that goes by this alias. */
function fieldAt(query: string, alias: string): string {
  return query.split('\n').find((line) => line.includes(`${alias}: `)) ?? query;
}

interface Answered {
  readonly query: string;
  readonly headers: string;
  readonly text: string;
}

interface Asker {
  readonly program: Program;
  readonly token: string;
  /** Every how manyeth document she asks, and the first of them. */
  readonly step: number;
  readonly first: number;
}

/**
 * Every document in turn, by everybody before the next one: over connections that have just served somebody else, with
 * statements that were planned for her, which saves much of the planning, too. The answers of each are in their order.
 */
async function askAll(documents: readonly string[], askers: readonly Asker[]): Promise<readonly Answered[][]> {
  const answers = askers.map((): Answered[] => []);
  let next = 0;
  const client = async () => {
    for (let place = next++; place < documents.length; place = next++) {
      const query = documents[place]!;
      for (const [who, { program, token, step, first }] of askers.entries()) {
        if (place % step !== first) continue;
        const answer = await program.ask({ query }, { token });
        expect(answer.status).toBe(200);
        const headers = JSON.stringify([...answer.headers]);
        answers[who]![(place - first) / step] = { query, headers, text: await answer.text() };
      }
    }
  };
  await Promise.all([client(), client()]);
  return answers;
}

function fieldsThatDiffer(one: readonly Answered[], other: readonly Answered[]): readonly string[] {
  return one.flatMap(({ query, text }, index) => {
    // The one answer that the clock changes.
    const still = (name: string, value: unknown) => (name === 'lagSec' ? null : value);
    const [ours, theirs] = [text, other[index]!.text].map((body) => (JSON.parse(body, still) as { data: object }).data);
    return query
      .split('\n')
      .filter((_, place) => !isDeepStrictEqual(Object.values(ours!)[place], Object.values(theirs!)[place]));
  });
}

describe('no row of a foreign organisation', () => {
  let database: Database;
  let program: Program;
  /** The same without the people whom a caller may not see. */
  const reduced = new Map<Scope, { readonly database: Database; readonly program: Program }>();
  let documents: readonly string[];
  const answers = new Map<Scope, readonly Answered[]>();
  const answersWithout = new Map<Scope, readonly Answered[]>();

  beforeAll(async () => {
    database = await createDatabase(undefined, { template: inject('demoTemplate') });
    await makeWorld(database.url);
    for (const scope of [oneSchool, district]) {
      const copy = await createDatabase(undefined, { template: new URL(database.url).pathname.slice(1) });
      await freezeSchools(copy.url);
      await keepOnly(copy.url, visiblePeople(scope));
      reduced.set(scope, { database: copy, program: await startProgram({ databaseUrl: copy.url, environment }) });
    }
    program = await startProgram({ databaseUrl: database.url, environment });
    const everybody = [...(await secretsOf(database.url, nobody))];
    documents = documentsOf(everybody.filter((_, index) => index % Math.ceil(everybody.length / 12) === 0));

    const all = callers.map(([, as, step, first]) => ({ as, program, step, first }));
    // One of the two is compared by every second document, the other by those between.
    const without = [...reduced].map(([as, one], first) => ({ as, program: one.program, step: 2, first }));
    const askers = [...all, ...without];
    const told = await askAll(
      documents,
      await Promise.all(askers.map(async (asker) => ({ ...asker, token: await tokenOf(asker.as) }))),
    );
    for (const [place, { as }] of askers.entries())
      (place < all.length ? answers : answersWithout).set(as, told[place]!);
  }, 600_000);
  afterAll(async () => {
    for (const one of [{ program, database }, ...reduced.values()]) {
      await one.program.stop();
      await one.database.drop();
    }
  });

  it.each(callers)('comes to a caller %s, through any root, edge, filter, order, argument or lookup', async (_, as) => {
    const secrets = await secretsOf(database.url, as);
    expect(secrets.size).toBeGreaterThan(100);
    const leaks: string[] = [];
    const refused = new Set<string>();
    for (const { query, headers, text } of answers.get(as)!) {
      const { data, errors = [] } = JSON.parse(text) as { data: unknown; errors?: Mistake[] };
      for (const { path, extensions } of errors) refused.add(`${extensions.code} ${fieldAt(query, path[0])}`);
      const found = [...leaksIn(data, secrets), ...marksIn(headers + text, secrets)];
      leaks.push(...found.map((secret) => `${secret} in ${query}`));
    }
    expect(leaks).toEqual([]);
    expect(
      [...refused].filter(
        (one) => !/^BAD_USER_INPUT .+ (groups\(.*(bucket|direction):|metricSeries\(.*unit: HOUR)/.test(one),
      ),
    ).toEqual([]);
    // With a time zone or without: by one of the two each column can be cut into days.
    const days = [...refused].flatMap((one) => /: (\w+ .+ of: \w+, unit: DAY)/.exec(one)?.[1] ?? []);
    expect(days.length).toBe(new Set(days).size);
  });

  it('comes along with the lists of a row that all may look up, or of one that only some may', async () => {
    const graph = await openGraph(database.url);
    const secrets = new Map<Scope, ReadonlySet<string>>();
    for (const [, as] of callers) secrets.set(as, await secretsOf(database.url, as));
    const leaks: string[] = [];
    const told = new Set<string>();
    for (const { root, list, documents: below } of lookUpsOf(schema)) {
      for (const id of await someIds(graph, list)) {
        for (const query of below) {
          const all = await graph.run(query, { variables: { id } });
          const levels = all.flights.flat().some((text) => text.startsWith('with l0 '));
          if (levels && leaksIn(all.data, secrets.get(nobody)!).length > 0) told.add(root);
          for (const [name, as] of callers) {
            const { data, errors } = await graph.run(query, { as, variables: { id } });
            expect(errors).toBeUndefined();
            leaks.push(
              ...leaksIn(data, secrets.get(as)!).map((secret) => `${secret} to the caller ${name} in ${query}`),
            );
          }
        }
      }
    }
    await graph.close();
    expect(leaks).toEqual([]);
    // Whoever may see them all is told of them, by a row of each of these.
    expect([...told].toSorted().join(' ')).toBe('course guide learningApp school student subject test unit');
  }, 300_000);

  it('comes to nobody at all: without a token there is one answer to everything', async () => {
    const closed = await startProgram({ environment });
    const told = new Set<string>();
    for (const query of documents) {
      const answer = await closed.ask({ query }, { headers: { authorization: '' } });
      told.add(`${answer.status} ${await answer.text()}`);
    }
    expect(told).toEqual(new Set([expect.stringMatching(/^401 .+UNAUTHENTICATED/)]));
    expect(closed.readers.stats().total).toBe(0);
    await closed.stop();
  });

  it('is kept from a caller without limit, who sees them all, in every list that has a scope', async () => {
    const secrets = await secretsOf(database.url, nobody);
    const scoped = views.filter(({ scope }) => scope !== 'reference').map(({ name }) => fieldName(name));
    const lists = probesOf(schema, []).filter(
      ({ root, field }) => scoped.includes(root) && field.includes('(first: 1000)'),
    );
    expect(lists.map(({ root }) => root).toSorted()).toEqual(scoped.toSorted());
    const token = await tokenOf(everything);
    const blind: string[] = [];
    for (const { root, field } of lists) {
      const answer = (await (await program.ask({ query: `{ ${field} }` }, { token })).json()) as { data: object };
      if (leaksIn(answer.data, secrets).length === 0) blind.push(root);
    }
    expect(blind).toEqual([]);
  });

  it('comes into the log or the metrics, whoever has asked', async () => {
    const written = program.log.join('') + (await (await fetch(`${program.url}/metrics`)).text());
    expect(written).toContain('timeback_rows_total');
    const secrets = [...(await secretsOf(database.url, nobody))].filter(({ length }) => length >= 8);
    expect(secrets.filter((secret) => written.includes(secret))).toEqual([]);
  });

  /** What marks cannot tell, numbers may: a sum, a group or an order that reckons with hidden rows is another without them. */
  it.each<[string, Scope]>([
    ['one school', oneSchool],
    ['a district and its schools', district],
  ])('moves anything for a caller of %s: where they never were, every answer is the same', async (_, as) => {
    const without = answersWithout.get(as)!;
    const same = new Set(without.map(({ query }) => query));
    expect(same.size).toBeGreaterThanOrEqual(Math.floor(documents.length / 2));
    // Whoever sees all misses them in each kind of number: what was compared is made of rows.
    const numbers = documents.filter((query) => /metrics\(|summary|groups\(/.test(query)).slice(0, 12);
    const everybody = { token: await tokenOf(everything), step: 1, first: 0 };
    const [all, some] = await askAll(numbers, [
      { ...everybody, program },
      { ...everybody, program: reduced.get(as)!.program },
    ]);
    const missed = fieldsThatDiffer(all!, some!);
    expect(missed.join()).toMatch(/ summary \{/);
    expect(missed.join()).toMatch(/ groups\(/);
    const full = answers.get(as)!.filter(({ query }) => same.has(query));
    expect(fieldsThatDiffer(full, without)).toEqual([]);
  });
});

/** Each policy is switched off in turn, and has to be missed: a policy that nobody misses is one that no test protects. */
describe('switching off the policy of', () => {
  let database: Database;
  let admin: pg.Client;
  let graph: TestGraph;
  let secrets: ReadonlySet<string>;
  beforeAll(async () => {
    database = await createDatabase(undefined, { template: inject('demoTemplate') });
    await makeWorld(database.url);
    admin = new pg.Client(database.url);
    await admin.connect();
    await admin.query(
      `select set_config('search_path', 'analytics_production', false), set_config('app.allowed_org_ids', '*', false)`,
    );
    graph = await openGraph(database.url, { prepared: false });
    secrets = await secretsOf(database.url, oneSchool);
  });
  afterAll(async () => {
    await graph.close();
    await admin.end();
    await database.drop();
  });

  const lists = probesOf(schema, []);

  /** What speaks against the policy of a view: foreign rows in its list, or reference rows that are withheld. */
  async function complaints(root: string, policy: Policy): Promise<number> {
    if (policy === 'reference') {
      const query = `{ ${root} { totalCount } }`;
      const [some, all] = [await graph.run(query, { as: nobody }), await graph.run(query, { as: everything })];
      return all.data[root].totalCount === 0 || some.data[root].totalCount !== all.data[root].totalCount ? 1 : 0;
    }
    // Without orgIds: where they are read, the graph notices by itself, which is another test.
    const { field } = lists.find((probe) => probe.root === root)!;
    const query = `{ ${field.replace(' orgIds ', ' ')} }`;
    const { data } = await graph.run(query, { as: oneSchool });
    const empty = await graph.run(query, { as: nobody });
    return leaksIn(data, secrets).length + empty.data[root].totalCount;
  }

  it.each(views)('$name is noticed', async (view) => {
    const root = fieldName(view.name);
    const { scope } = view;
    expect(await complaints(root, scope)).toBe(0);
    const isOurs = scope === 'student' || scope === 'school';
    if (isOurs) Object.assign(view, { scope: 'reference' });
    // The views that filter themselves are replaced by what they show without a filter; reference data by nothing.
    else {
      await admin.query(`alter view ${view.name} rename to policy_off`);
      await admin.query(
        `create table ${view.name} as select * from policy_off ${scope === 'reference' ? 'where false' : ''}`,
      );
    }
    try {
      // Reference rows were there a moment ago, so an empty table is compared with them, not with itself.
      expect(scope === 'reference' ? await isWithheld(root) : (await complaints(root, scope)) > 0).toBe(true);
    } finally {
      if (isOurs) Object.assign(view, { scope });
      else {
        await admin.query(`drop table ${view.name}`);
        await admin.query(`alter view policy_off rename to ${view.name}`);
      }
    }
  });

  async function isWithheld(root: string): Promise<boolean> {
    const { rows } = await admin.query<{ count: string }>('select count(*) from policy_off');
    const { data } = await graph.run(`{ ${root} { totalCount } }`, { as: nobody });
    return Number(rows[0]!.count) > 0 && data[root].totalCount === 0;
  }

  it('is noticed by the graph itself where it reads org_ids: the type is closed', async () => {
    await admin.query('alter view recommendations rename to policy_off');
    await admin.query('create table recommendations as select * from policy_off');
    const query = '{ recommendations(first: 200) { nodes { id orgIds } } }';
    const first = await graph.run(query, { as: oneSchool });
    expect(leaksIn(first.data, secrets)).toEqual([]);
    expect(first.errors![0]!.extensions['code']).toBe('VIEW_UNAVAILABLE');
    const second = await graph.run('{ recommendations { nodes { id } } }', { as: everything });
    expect(second.errors![0]!.extensions['code']).toBe('VIEW_UNAVAILABLE');
  });
});
