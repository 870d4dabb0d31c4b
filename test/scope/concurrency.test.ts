import { parse, type DocumentNode } from 'graphql';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { leader } from '../../src/database/data/callers.ts';
import { organizations as orgs } from '../../src/database/data/landmarks.ts';
import { aimContext, createContext } from '../../src/context.ts';
import type { ReaderOptions } from '../../src/door/reader.ts';
import { createExecutor, type Execute } from '../../src/execution.ts';
import { Patience } from '../../src/patience.ts';
import type { Scope } from '../../src/scope.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { openGraph, organizations, type TestGraph } from '../support/graph.ts';
import { makeWorld } from './world.ts';

const requests = 20_000;
const clients = 32;
const poolSize = 4;

const callers: readonly Scope[] = [
  organizations(...leader.orgIds),
  organizations(orgs.juniper),
  organizations(orgs.harborview, orgs.pelican),
  organizations(),
];

/** One for each way in which a scope decides: by the view itself, by the school, and, dearer than both, by the student. */
const lists = [
  '{ guides(first: 2) { nodes { id name } } }',
  '{ schools(first: 2) { nodes { id } } }',
  '{ classEnrollments(first: 1) { nodes { studentId } } }',
].map((query) => parse(query));
/** One guide each: those of one scope travel together. */
const lookUps: DocumentNode[] = [];
const oftenAsked = [0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 2];

const failing = { view: '', text: 'select 1 / 0', values: [] };
const endless = { view: '', text: 'select pg_sleep(60)', values: [] };

let database: Database;
let graph: TestGraph;
let execute: Execute;
let watcher: pg.Client;
beforeAll(async () => {
  database = await createDatabase(undefined, { template: inject('demoTemplate') });
  await makeWorld(database.url);
  graph = await openGraph(database.url, { poolSize });
  execute = createExecutor(graph.schema);
  watcher = new pg.Client(database.url);
  await watcher.connect();
});
afterAll(async () => {
  await watcher.end();
  await graph.close();
  await database.drop();
});

interface Asked {
  readonly caller: number;
  readonly document: number;
}

/** `before` and `after` ask for something else in the same flight, ahead of the operation or behind it. */
type Extra = (context: ReturnType<typeof createContext>) => void;

async function run(asked: Asked, reader: ReaderOptions, before?: Extra, after?: Extra): Promise<string> {
  const document = [...lists, ...lookUps][asked.document]!;
  const caller = { subject: `caller ${asked.caller}`, scope: callers[asked.caller]! };
  const context = createContext(graph.database, caller, reader);
  aimContext(context, graph.schema, document);
  before?.(context);
  const answer = execute({ document, context });
  after?.(context);
  const { data, errors } = await answer;
  if (!errors) return JSON.stringify(data);
  return errors.map(({ extensions }) => String(extensions['code'])).join();
}

/** The same disturbances in every run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Flights that requests have heard of. */
let flights = 0;
const plain = () => ({ patience: new Patience(20_000), onFlight: () => void flights++ });
const ignore = () => undefined;

async function transactions(): Promise<number> {
  const { rows } = await watcher.query<{ count: string }>(
    `select xact_commit + xact_rollback as count from pg_stat_database where datname = current_database()`,
  );
  return Number(rows[0]!.count);
}

/** What may go wrong with a request, and what may then be answered beside the truth. */
const disturbances: readonly ((asked: Asked, random: number) => Promise<readonly [string, readonly string[]]>)[] = [
  async (asked) => [await run(asked, plain(), ({ reader }) => void reader.read(failing).catch(ignore)), []],
  async (asked) => [await run(asked, plain(), undefined, ({ reader }) => void reader.read(failing).catch(ignore)), []],
  async (asked, random) => [await run(asked, { patience: new Patience(Math.ceil(random * 4)) }), ['TIMEOUT']],
  async (asked, random) => {
    const patience = new Patience(10 + Math.ceil(random * 20));
    return [await run(asked, { patience }, ({ reader }) => void reader.read(endless).catch(ignore)), ['TIMEOUT']];
  },
  async (asked, random) => {
    const reader = plain();
    setTimeout(() => reader.patience.end(), random * 6);
    return [await run(asked, reader), ['TIMEOUT']];
  },
  async (asked, random) => {
    const reader = plain();
    setTimeout(() => reader.patience.end(), 5 + random * 20);
    return [await run(asked, reader, (context) => void context.reader.read(endless).catch(ignore)), ['TIMEOUT']];
  },
];

it('20,000 requests of four callers over four connections, some of which fail, have no wrong answer', async () => {
  const truth = new Map<string, string>();
  const learn = async (documents: readonly DocumentNode[], first: number) => {
    for (const [caller] of callers.entries())
      for (const document of documents.keys())
        truth.set(`${caller} ${first + document}`, await run({ caller, document: first + document }, plain()));
  };
  await learn(lists, 0);
  for (const document of lists.keys())
    expect(new Set(callers.map((_, caller) => truth.get(`${caller} ${document}`))).size).toBe(callers.length);
  const guides = callers.flatMap((_, caller) => {
    const list = JSON.parse(truth.get(`${caller} 0`)!) as { guides: { nodes: { id: string }[] } };
    return list.guides.nodes.map(({ id }) => id);
  });
  for (const id of new Set(guides)) lookUps.push(parse(`{ guide(id: "${id}") { id name } }`));
  await learn(lookUps, lists.length);
  const seenBy = (caller: number) => lookUps.map((_, n) => truth.get(`${caller} ${lists.length + n}`)).join();
  expect(new Set(callers.map((_, caller) => seenBy(caller))).size).toBe(callers.length);

  const transactionsBefore = await transactions();
  flights = 0;
  const random = chance(7);
  const wrong: string[] = [];
  let [sent, disturbed, stopped] = [0, 0, 0];
  const client = async () => {
    while (sent < requests) {
      sent += 1;
      const asked = {
        caller: Math.floor(random() * callers.length),
        document:
          random() < 0.5
            ? lists.length + Math.floor(random() * lookUps.length)
            : oftenAsked[Math.floor(random() * oftenAsked.length)]!,
      };
      const right = truth.get(`${asked.caller} ${asked.document}`)!;
      const isDisturbed = random() < 0.02;
      const kind = disturbances[Math.floor(random() * disturbances.length)]!;
      const [answer, allowed] = isDisturbed ? await kind(asked, random()) : [await run(asked, plain()), []];
      if (isDisturbed) disturbed += 1;
      if (allowed.includes(answer)) stopped += 1;
      else if (answer !== right) wrong.push(`${asked.caller}: ${answer.slice(0, 200)}`);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));

  expect(wrong).toEqual([]);
  // They did happen: no quiet run proves anything.
  const shared = requests / 100;
  await expect.poll(async () => (await transactions()) - transactionsBefore).toBeLessThan(flights - shared);
  expect(disturbed).toBeGreaterThan(requests / 70);
  expect(stopped).toBeGreaterThan(requests / 400);

  const running = async () => {
    const { rows } = await watcher.query<{ query: string }>(
      `select query from pg_stat_activity
       where datname = current_database() and backend_type = 'client backend'
         and state <> 'idle' and pid <> pg_backend_pid()`,
    );
    return rows.map(({ query }) => query);
  };
  await expect.poll(running, { timeout: 500, interval: 20 }).toEqual([]);
  const { total, idle, waiting } = graph.database.stats();
  expect({ idle, waiting }).toEqual({ idle: total, waiting: 0 });
  expect(total).toBeLessThanOrEqual(poolSize);
}, 300_000);
