import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Policy } from '../../schema/view.ts';
import { fieldName } from '../../schema/view.ts';
import { views } from '../../schema/views/index.ts';
import { demoCallers } from '../../src/database/data/callers.ts';
import { organizations as orgs } from '../../src/database/data/landmarks.ts';
import type { Scope } from '../../src/scope.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { everything, openGraph, organizations, type TestGraph } from '../support/graph.ts';
import { leaksIn, secretsOf } from './secrets.ts';
import { listProbes, lookupProbes } from './probes.ts';

const nobody = organizations();
const oneSchool = organizations(orgs.juniper);

/** One caller tries everything; the others every so-manieth way, each beginning with another list. */
const callers: [string, Scope, number][] = [
  ['of no organisation', nobody, 3],
  ['of an unknown organisation', organizations('00000000-0000-4000-8000-000000000000'), 5],
  ['of one school', oneSchool, 1],
  ['of a school elsewhere', organizations(orgs.harborview, orgs.pelican), 4],
  ['of two schools', organizations(orgs.juniper, orgs.cottonwood), 7],
  ['of a district without its schools', organizations(orgs.cedarValley), 5],
  ['of a district and its schools', organizations(...(demoCallers[0]!.orgIds as string[])), 11],
];

describe('no row of a foreign organisation', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await openGraph(inject('demoUrl'));
  });
  afterAll(() => graph.close());

  it.each(callers)(
    'comes to a caller %s, through any root, edge, filter, order or lookup',
    { timeout: 120_000 },
    async (_, as, step) => {
      const secrets = await secretsOf(inject('demoUrl'), as);
      expect(secrets.size).toBeGreaterThan(100);
      const ids = [...secrets].filter((_, index) => index % Math.ceil(secrets.size / 12) === 0);
      const queries = listProbes(graph.schema)
        .map(({ query }) => query)
        .filter((_, index) => index % step === 0);
      const leaks: string[] = [];
      for (const query of [...queries, ...lookupProbes(graph.schema, ids)]) {
        const { data, errors } = await graph.run(query, { as });
        expect(errors).toBeUndefined();
        leaks.push(...leaksIn(data, secrets).map((secret) => `${secret} in ${query}`));
      }
      expect(leaks).toEqual([]);
    },
  );

  it('is kept from a caller without limit, who sees them all', async () => {
    const secrets = await secretsOf(inject('demoUrl'), oneSchool);
    const { data } = await graph.run('{ students(first: 1000) { nodes { id email } } }');
    expect(leaksIn(data, secrets).length).toBeGreaterThan(100);
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

  /** What speaks against the policy of a view: foreign rows in its list, or reference rows that are withheld. */
  async function complaints(root: string, policy: Policy): Promise<number> {
    if (policy === 'reference') {
      const query = `{ ${root} { totalCount } }`;
      const [some, all] = [await graph.run(query, { as: nobody }), await graph.run(query, { as: everything })];
      return all.data[root].totalCount === 0 || some.data[root].totalCount !== all.data[root].totalCount ? 1 : 0;
    }
    // Without orgIds: where they are read, the graph notices by itself, which is another test.
    const query = listProbes(graph.schema)
      .find((probe) => probe.root === root)!
      .query.replace(' orgIds ', ' ');
    const { data } = await graph.run(query.replace('first: 200', 'first: 1000'), { as: oneSchool });
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
      expect(scope === 'reference' ? await isWithheld(root, view.name) : (await complaints(root, scope)) > 0).toBe(
        true,
      );
    } finally {
      if (isOurs) Object.assign(view, { scope });
      else {
        await admin.query(`drop table ${view.name}`);
        await admin.query(`alter view policy_off rename to ${view.name}`);
      }
    }
  });

  async function isWithheld(root: string, name: string): Promise<boolean> {
    const { rows } = await admin.query<{ count: string }>('select count(*) from policy_off');
    const { data } = await graph.run(`{ ${root} { totalCount } }`, { as: nobody });
    return Number(rows[0]!.count) > 0 && data[root].totalCount === 0 && name !== '';
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
