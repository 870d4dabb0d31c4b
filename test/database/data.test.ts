import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { demoCallers, guide, leader } from '../../src/database/data/callers.ts';
import { firstDay, lastDay } from '../../src/database/data/demo/calendar.ts';
import { sourceTables } from '../../src/database/data/dataset.ts';
import { volumeId } from '../../src/database/data/ids.ts';
import * as landmarks from '../../src/database/data/landmarks.ts';
import { loadData } from '../../src/database/data/load.ts';
import { oddities } from '../../src/database/data/oddities.ts';
import { attempts, attemptSessions } from '../../src/database/data/oddities/attempts.ts';
import { resources } from '../../src/database/data/oddities/curriculum.ts';
import { insights, insightSessions } from '../../src/database/data/oddities/insights.ts';
import { entries } from '../../src/database/data/oddities/points.ts';
import { credentials, results, standards } from '../../src/database/data/oddities/progress.ts';
import { recommendations } from '../../src/database/data/oddities/recommendations.ts';
import { enrollments } from '../../src/database/data/oddities/schools.ts';
import { sessions } from '../../src/database/data/oddities/sessions.ts';
import { installReferenceDatabase } from '../../src/database/install.ts';
import { createDatabase, type Database } from '../support/database.ts';

/** The named ids, each with the place of the row. */
const named: readonly [ids: Readonly<Record<string, string>>, table: string, key: string][] = [
  [landmarks.organizations, 'one_roster_organization', 'id'],
  [landmarks.students, 'one_roster_user', 'id'],
  [landmarks.adults, 'one_roster_user', 'id'],
  [landmarks.outsiders, 'one_roster_user', 'id'],
  [landmarks.classes, 'one_roster_class', 'id'],
  [landmarks.courses, 'one_roster_course', 'id'],
  [landmarks.apps, 'lti_application', 'id'],
  [enrollments, 'one_roster_enrollment', 'id'],
  [resources, 'caliper_entity', 'id'],
  [
    standards,
    '(select identifier from cf_item union select identifier from cf_subject union select identifier from cf_document) as cf',
    'identifier',
  ],
  [credentials, 'clr_achievement_credential', 'id'],
  [results, 'gradebook_assessment_result', 'id'],
  [sessions, 'caliper_session', 'id'],
  [attemptSessions, 'caliper_session', 'id'],
  [insightSessions, 'insights_session', 'caliper_session_id'],
  [attempts, 'caliper_attempt', 'id'],
  [entries, 'tb_xp_ledger', 'id'],
  [insights, 'insights_insight', 'id'],
  [recommendations, 'insights_recommendation', 'id'],
];

const databases: Database[] = [];
const clients: pg.Client[] = [];

async function connect(url: string, source: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  clients.push(client);
  await client.connect();
  await client.query(`set search_path = ${pg.escapeIdentifier(source)}`);
  return client;
}

async function emptyTables(schema: string): Promise<pg.Client> {
  const database = await createDatabase();
  databases.push(database);
  const client = await connect(database.url, `${schema}_source`);
  await installReferenceDatabase(client, { schema, data: 'none' });
  return client;
}

async function value<T>(client: pg.Client, sql: string, values: unknown[] = []): Promise<T> {
  const { rows } = await client.query({ text: sql, values, rowMode: 'array' });
  return rows[0]?.[0] as T;
}

let demo: pg.Client;

beforeAll(async () => {
  demo = await connect(inject('demoUrl'), 'analytics_production_source');
});

afterAll(async () => {
  await Promise.all(clients.map((client) => client.end()));
  await Promise.all(databases.map((database) => database.drop()));
});

describe('demo data', () => {
  it.each(oddities.map((oddity) => [oddity.name, oddity] as const))('holds %s', async (_, { sql, at }) => {
    const { rowCount } = await demo.query(sql, [...at]);
    expect(rowCount).toBeGreaterThan(0);
  });

  it('names every oddity once', () => {
    const names = oddities.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('has six hundred students in six schools of two districts', async () => {
    const students = `select count(distinct user_id)::int from one_roster_role where role = 'student' and status <> 'tobedeleted'`;
    expect(await value(demo, students)).toBe(600);
    const schools = `select count(distinct school_id)::int from one_roster_class where class_type = 'homeroom'`;
    expect(await value(demo, schools)).toBe(6);
    expect(await value(demo, `select count(*)::int from one_roster_organization where type = 'district'`)).toBe(2);
  });

  it('gives every student an address, as the catalogue promises', async () => {
    const without = `select count(*)::int from one_roster_user join one_roster_role on user_id = one_roster_user.id
      where role = 'student' and email is null`;
    expect(await value(demo, without)).toBe(0);
  });

  it('tells of ninety days, and of the spring in which the former student left', async () => {
    const days = await demo.query<{ first: string; last: string; outside: number }>(
      `select min(day) filter (where inside)::text as first,
         max(day) filter (where inside)::text as last,
         count(*) filter (where not inside)::int as outside
       from caliper_session,
         lateral (select (started_at_time at time zone 'UTC')::date as day) as started,
         lateral (select day between $1::date and $2::date + 1 as inside) as span
       where started_at_time is not null`,
      [firstDay, lastDay],
    );
    expect(days.rows).toEqual([{ first: firstDay, last: lastDay, outside: 1 }]);
  });

  it('has everything that has a name', async () => {
    const missing: string[] = [];
    for (const [ids, table, key] of named) {
      for (const [name, id] of Object.entries(ids)) {
        const row = `select exists (select from ${table} where ${key}::text = $1)`;
        if (!(await value<boolean>(demo, row, [id]))) missing.push(name);
      }
    }
    // It is the point of these that they never arrived, or were taken away.
    expect(missing).toEqual(['unknown', 'removedOne', 'removedTwo']);
  });

  it('is the same in every database, to the last byte, and leaves keys and indexes as they were', async () => {
    const again = await emptyTables('again');
    const before = await definitions(again, 'again_source');
    await again.query('begin');
    await again.query('set local search_path = again_source');
    // The views of an empty database rest upon the keys that a load takes away.
    await again.query('drop schema again cascade');
    await loadData(again, { source: 'again_source', size: 'demo' });
    expect(await checksums(again)).toEqual(await checksums(demo));
    expect(await definitions(again, 'again_source')).toEqual(before);
    expect(await definitions(demo, 'analytics_production_source')).toEqual(before);
    await again.query('rollback');
  }, 120_000);

  it('would miss every oddity where there are no rows', async () => {
    const empty = await emptyTables('Empty');
    const found: string[] = [];
    for (const { name, sql, at } of oddities) if ((await empty.query(sql, [...at])).rowCount !== 0) found.push(name);
    expect(found).toEqual([]);
  });
});

async function checksums(client: pg.Client): Promise<Record<string, string>> {
  const sums: Record<string, string> = {};
  for (const table of sourceTables) {
    sums[table] = await value<string>(
      client,
      `select count(*) || ' ' || md5(string_agg(row::text, chr(10) order by row::text collate "C")) from ${table} as row`,
    );
  }
  return sums;
}

/** Every constraint and index of a schema, without the name of the schema. */
async function definitions(client: pg.Client, schema: string): Promise<string[]> {
  const { rows } = await client.query<{ definition: string }>(
    `select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) as definition
     from pg_constraint
     where connamespace = to_regnamespace(quote_ident($1))
       -- The catalogue lists these as constraints from PostgreSQL 18 on, and a load leaves them alone.
       and contype <> 'n'
     union all
     select indexdef
     from pg_indexes
     where schemaname = $1
     order by 1`,
    [schema],
  );
  return rows.map(({ definition }) => definition.replaceAll(`${schema}.`, ''));
}

describe('demo callers', () => {
  it('are a leader of a district, a guide of a school and an analyst', () => {
    expect(demoCallers.map(({ orgIds }) => (orgIds === 'unrestricted' ? orgIds : orgIds.length))).toEqual([
      8,
      1,
      'unrestricted',
    ]);
  });

  it('give the leader her district and every school under it', async () => {
    const { organizations } = landmarks;
    const schools = `with recursive below (id, type) as (
        select id, type from one_roster_organization where id = $1
        union all
        select o.id, o.type from one_roster_organization o join below on o.parent_id = below.id
      )
      select array_agg(id::text order by id) from below where type in ('district', 'school')`;
    const ids = await value<string[]>(demo, schools, [organizations.cedarValley]);
    expect(new Set(leader.orgIds)).toEqual(new Set(ids));
  });

  it('give the guide a school in which students are hers', async () => {
    const students = `select count(*)::int from one_roster_user_agent join one_roster_role on user_id = source_user_id
      where agent_user_id = $1 and org_id = any ($2)`;
    expect(await value(demo, students, [guide.subject, guide.orgIds])).toBeGreaterThan(10);
  });
});

describe('the size small', () => {
  let small: pg.Client;

  beforeAll(async () => {
    const database = await createDatabase();
    databases.push(database);
    small = await connect(database.url, 'analytics_source');
    await installReferenceDatabase(small, { schema: 'analytics', data: 'small' });
  });

  it('has the amounts that it promises', async () => {
    const amounts = await small.query(
      `select
         (select count(*)::int from one_roster_organization) as organizations,
         (select count(distinct user_id)::int from one_roster_role where role = 'student') as students,
         (select count(*)::int from lti_application) as apps,
         (select count(*)::int from caliper_session) as sessions,
         (select count(*)::int from caliper_attempt) as attempts,
         (select count(*)::int from caliper_event) as events,
         (select count(*)::int from tb_xp_ledger) as points,
         (select count(*)::int from insights_session) as watched,
         (select count(*)::int from insights_insight) as insights,
         (select count(*)::int from caliper_assessment_item) as questions`,
    );
    expect(amounts.rows).toEqual([
      {
        organizations: 8,
        students: 200,
        apps: 40,
        sessions: 5_000,
        attempts: 20_000,
        events: 20_000,
        points: 5_000,
        watched: 3_000,
        insights: 5_000,
        questions: 10_000,
      },
    ]);
    expect(await value(small, 'select round(count(*) / 20000.0, 2)::float8 from caliper_score')).toBe(0.7);
    const journals = `select count(*)::int from insights_insight join insights_type t on t.id = insight_type_id where slug = 'Journal'`;
    expect(await value(small, journals)).toBe(100);
  });

  it('fills every table', async () => {
    const empty: string[] = [];
    for (const table of sourceTables) {
      if (!(await value<boolean>(small, `select exists (select from ${table})`))) empty.push(table);
    }
    expect(empty).toEqual([]);
  });

  it('gives students one to three organisations, none twice', async () => {
    const spread = await small.query(
      `select array_agg(distinct roles order by roles) as roles, bool_and(roles = orgs) as "isDistinct"
       from (
         select count(*)::int as roles, count(distinct org_id)::int as orgs
         from one_roster_role
         where role = 'student'
         group by user_id
       ) as each`,
    );
    expect(spread.rows).toEqual([{ roles: [1, 2, 3], isDistinct: true }]);
  });

  it('keeps every constraint and index', async () => {
    expect(await definitions(small, 'analytics_source')).toEqual(
      await definitions(demo, 'analytics_production_source'),
    );
  });

  it('lays sessions and attempts down roughly as they happened', async () => {
    const orders: Record<string, number> = {};
    for (const table of ['caliper_session', 'caliper_attempt', 'insights_insight']) {
      const order = `select corr(extract(epoch from started_at_time), place) from (
          select started_at_time, row_number() over (order by ctid) as place from ${table}
        ) as rows`;
      orders[table] = await value<number>(small, order);
    }
    expect(Object.entries(orders).filter(([, likeness]) => likeness < 0.99)).toEqual([]);
  });

  it('names its rows by numbers', async () => {
    const places = [
      ['one_roster_organization', volumeId('organization', 8)],
      ['one_roster_user', volumeId('student', 200)],
      ['one_roster_user', volumeId('guide', 27)],
      ['one_roster_class', volumeId('class', 84)],
      ['lti_application', volumeId('application', 40)],
      ['placement_grade', volumeId('grade', 12)],
      ['caliper_entity', volumeId('course', 20)],
      ['caliper_entity', volumeId('unit', 200)],
      ['caliper_entity', volumeId('lesson', 1000)],
      ['caliper_assessment', volumeId('test', 1000)],
      ['caliper_assessment_item', volumeId('question', 10_000)],
      ['caliper_session', volumeId('session', 5_000)],
      ['caliper_attempt', volumeId('attempt', 20_000)],
      ['caliper_event', volumeId('event', 20_000)],
      ['insights_type', volumeId('insight type', 12)],
      ['insights_session', volumeId('insights session', 5_000)],
      ['insights_insight', volumeId('insight', 5_000)],
      ['insights_recommendation', volumeId('recommendation', 800)],
    ] as const;
    for (const [table, id] of places) {
      expect(await value(small, `select count(*)::int from ${table} where id::text = $1`, [id]), `${table} ${id}`).toBe(
        1,
      );
    }
    const sections = `select count(*)::int from cf_item where identifier = $1`;
    expect(await value(small, sections, [volumeId('case item', 1220)])).toBe(1);
    expect(volumeId('session', 1)).toBe(await value(small, `select md5('session/1')::uuid::text`));
  });
});
