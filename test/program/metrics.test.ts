import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { views } from '../../schema/views/index.ts';
import { leader } from '../../src/database/data/callers.ts';
import { organizations } from '../../src/database/data/landmarks.ts';
import { freePort } from '../../src/database/embedded/freePort.ts';
import { errorCodes } from '../../src/errors.ts';
import { root } from '../../src/root.ts';
import { createDatabase, runOn, type Database } from '../support/database.ts';
import { sign, startProgram, type Program } from './support.ts';

const page = readFileSync(join(root, 'docs', 'operations.md'), 'utf8');
const documented = new Set(page.match(/\btimeback_[a-z0-9_]+/g));

interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

function samplesOf(text: string): readonly Sample[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name, labels = '', value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line)!;
      const pairs = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, text_]) => [key!, text_!] as const);
      return { name: name!, labels: Object.fromEntries(pairs), value: Number(value) };
    });
}

/** A histogram goes by its name without what its parts have behind it. */
const family = (name: string) => name.replace(/_(bucket|sum|count)$/, '');

/** A new word of the roster, in two classes of the leader. */
const pausedClasses = `
set search_path = analytics_production_source;
alter table one_roster_class drop constraint one_roster_class_status_check;
update one_roster_class
set status = 'paused'
where id in (
  select id
  from one_roster_class
  where school_id = '${organizations.juniper}'
  order by id
  limit 2
)`;

describe('the metrics', () => {
  let database: Database;
  let program: Program;
  let samples: readonly Sample[];
  const valueOf = (name: string, labels: Readonly<Record<string, string>> = {}) =>
    samples
      .filter((one) => one.name === name && Object.entries(labels).every(([key, text]) => one.labels[key] === text))
      .reduce((sum, { value }) => sum + value, 0);

  beforeAll(async () => {
    database = await createDatabase(undefined, { template: inject('demoTemplate') });
    await runOn(database.url, pausedClasses);
    program = await startProgram({ databaseUrl: database.url });
    const token = await sign({ org_ids: leader.orgIds });
    const query =
      'query Watched { students(first: 5) { nodes { sessions(first: 2) { nodes { learningApp { name } } } } } }';
    const classes = { query: 'query Classes { classes(first: 1000) { nodes { title status } } }' };
    for (const body of [{ query }, { query }, { query: '{ nothing }' }, classes])
      await (await program.ask(body, { token })).text();
    await (await program.ask({ query }, { token: 'a.b.c' })).text();
    samples = samplesOf(await (await fetch(`${program.url}/metrics`)).text());
  });
  afterAll(async () => {
    await program.stop();
    await database.drop();
  });

  it('count answers by operation, first error code and status', () => {
    expect(valueOf('timeback_requests_total', { operation: 'Watched', code: 'OK', status: '200' })).toBe(2);
    expect(valueOf('timeback_requests_total', { operation: 'none', code: 'GRAPHQL_VALIDATION_FAILED' })).toBe(1);
    expect(valueOf('timeback_requests_total', { operation: 'none', code: 'UNAUTHENTICATED', status: '401' })).toBe(1);
    expect(valueOf('timeback_request_seconds_count')).toBe(5);
    expect(valueOf('timeback_request_seconds_sum', { operation: 'Watched' })).toBeGreaterThan(0);
  });

  it('count statements and rows by view, and keys by statement', () => {
    // Twice students, their sessions, and the apps of those: three flights each.
    for (const view of ['students', 'sessions', 'learning_apps']) {
      expect(valueOf('timeback_statements_total', { view, result: 'ok' })).toBeGreaterThanOrEqual(2);
    }
    expect(valueOf('timeback_rows_total', { view: 'students' })).toBeGreaterThanOrEqual(10);
    expect(valueOf('timeback_batch_keys_count')).toBeGreaterThanOrEqual(4);
    // Sessions of five students are one statement for five keys.
    expect(valueOf('timeback_batch_keys_sum')).toBeGreaterThanOrEqual(10);
    expect(valueOf('timeback_flight_seconds_count')).toBeGreaterThanOrEqual(6);
  });

  it('count words that the catalogue does not know, and the line of the request says where they stand', () => {
    expect(valueOf('timeback_unknown_words_total')).toBe(2);
    expect(valueOf('timeback_unknown_words_total', { column: 'classes.status' })).toBe(2);
    const lines = program.log.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.find(({ operation }) => operation === 'Classes')).toMatchObject({ unknownWords: ['classes.status'] });
    expect(lines.find(({ operation }) => operation === 'Watched')).not.toHaveProperty('unknownWords');
    expect(program.log.join('')).not.toContain('paused');
  });

  it('show the pool, the requests, the views and the process', () => {
    expect(valueOf('timeback_pool_total')).toBeGreaterThan(0);
    expect(valueOf('timeback_pool_waiting')).toBe(0);
    expect(valueOf('timeback_admission_running')).toBe(0);
    expect(valueOf('timeback_views_missing')).toBe(0);
    expect(valueOf('timeback_views_closed')).toBe(0);
    const filtered = views.filter(({ scope }) => scope === 'rows').length;
    expect(valueOf('timeback_scope_probes_total', { result: 'clean' })).toBe(filtered);
    for (const name of ['nodejs_heap_size_used_bytes', 'process_resident_memory_bytes', 'process_cpu_seconds_total']) {
      expect(valueOf(`timeback_${name}`)).toBeGreaterThan(0);
    }
    expect(samples.map(({ name }) => name)).toContain('timeback_nodejs_eventloop_lag_p99_seconds');
  });

  it('say which release runs', () => {
    const text = readFileSync(join(root, 'package.json'), 'utf8');
    const { version } = JSON.parse(text) as { version: string };
    expect(samples).toContainEqual({ name: 'timeback_build_info', labels: { version }, value: 1 });
  });

  it('have labels of a closed set of words', () => {
    const names = new Set<string>(views.map(({ name }) => name));
    const columns = new Set(
      views.flatMap((view) => Object.keys(view.columns).map((column) => `${view.name}.${column}`)),
    );
    const codes = new Set([...errorCodes, 'OK', 'GONE']);
    for (const { labels } of samples) {
      if (labels['view'] !== undefined) expect(names).toContain(labels['view']);
      if (labels['column'] !== undefined) expect(columns).toContain(labels['column']);
      if (labels['code'] !== undefined) expect(codes).toContain(labels['code']);
      expect(Object.keys(labels)).not.toContain('subject');
    }
  });

  it('are on a port of their own, if there is one', async () => {
    const port = await freePort();
    const other = await startProgram({ databaseUrl: inject('demoUrl'), environment: { METRICS_PORT: String(port) } });
    const asked = async (path: string, method = 'GET') => {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method });
      return [answer.status, (await answer.text()).includes('timeback_requests_total')];
    };
    try {
      expect(await asked('/metrics')).toEqual([200, true]);
      expect(await asked('/metrics?name=timeback_requests_total')).toEqual([200, true]);
      expect(await asked('/metrics', 'HEAD')).toEqual([200, false]);
      expect(await asked('/metrics', 'POST')).toEqual([404, false]);
      expect(await asked('/graphql?/metrics')).toEqual([404, false]);
      expect((await fetch(`${other.url}/metrics`)).status).toBe(404);
    } finally {
      await other.stop();
    }
  });

  it('are those that the page for operators names, alerts included', () => {
    const families = new Set(samples.map(({ name }) => family(name)));
    const ours = [...families].filter((name) => !/^timeback_(nodejs|process)_/.test(name));
    expect(ours.filter((name) => !documented.has(name))).toEqual([]);
    // Counters of what has not happened yet have no sample.
    const told = [...documented].map(family).filter((name) => name !== 'timeback_limits_total');
    expect(told.filter((name) => !families.has(name))).toEqual([]);
  });
});
