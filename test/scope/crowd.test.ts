import { getNamedType, isLeafType, parse, validate } from 'graphql';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { withEntities } from '../../schema/federation.ts';
import { createSubgraph } from '../../schema/subgraphs.ts';
import { leader } from '../../src/database/data/callers.ts';
import { organizations as orgs } from '../../src/database/data/landmarks.ts';
import { chanceOf, randomOperation, type RandomOperation } from '../execution/randomOperations.ts';
import { sign, startProgram, type Program } from '../program/support.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { lookUpsOf } from '../support/lookUps.ts';

const requests = 2_000;
const connections = 48;

/** Equal, within one another, overlapping, apart, empty and without limit: however a token writes them down. */
const callers: readonly (readonly string[] | 'unrestricted')[] = [
  'unrestricted',
  [],
  ['00000000-0000-4000-8000-000000000000'],
  leader.orgIds,
  leader.orgIds.map((id) => id.toUpperCase()).toReversed(),
  [orgs.juniper],
  [orgs.juniper, orgs.juniper.toUpperCase()],
  [orgs.juniper, orgs.cottonwood],
  [orgs.cottonwood, orgs.pelican],
  [orgs.harborview, orgs.pelican],
  [orgs.cedarValley],
];

const environment = {
  AUTH_UNRESTRICTED_CLAIM: 'internal',
  EXPLAIN: 'on',
  LIMIT_CONCURRENCY: '64',
  LIMIT_CALLER_CONCURRENCY: '64',
  LIMIT_REQUEST_MS: '60000',
  DATABASE_POOL_SIZE: '3',
  DATABASE_POOL_WAIT_MS: '60000',
};

const schema = withEntities(createSubgraph('timeback'));
const chance = chanceOf(41);
const pick = <T>(from: readonly T[]): T => from[Math.floor(chance() * from.length)]!;

let database: Database;
let watcher: pg.Client;
let crowded: Program;
/** Knows nothing of the other, and is asked by one at a time. */
let quiet: Program;
let tokens: readonly string[];
beforeAll(async () => {
  database = await createDatabase(undefined, { template: inject('demoTemplate') });
  watcher = new pg.Client(database.url);
  await watcher.connect();
  crowded = await startProgram({ databaseUrl: database.url, environment });
  quiet = await startProgram({ databaseUrl: database.url, environment });
  const claims = callers.map((ids) => (ids === 'unrestricted' ? { org_ids: [], internal: true } : { org_ids: ids }));
  tokens = await Promise.all(claims.map((own, n) => sign({ sub: `caller ${n}`, ...own })));
});
afterAll(async () => {
  await crowded.stop();
  await quiet.stop();
  await watcher.end();
  await database.drop();
});

interface How {
  readonly isGet?: boolean;
  readonly isExplained?: boolean;
  readonly leavesAfter?: number;
}

async function ask({ url }: Program, caller: number, { text, variables }: RandomOperation, how: How = {}) {
  const { isGet = false, isExplained = false, leavesAfter } = how;
  const asked = new URLSearchParams({ query: text, variables: JSON.stringify(variables) });
  const answer = await fetch(isGet ? `${url}/graphql?${asked.toString()}` : `${url}/graphql`, {
    method: isGet ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${tokens[caller]!}`,
      'content-type': 'application/json',
      ...(isExplained && { 'x-explain': '1' }),
    },
    ...(isGet ? {} : { body: JSON.stringify({ query: text, variables }) }),
    ...(leavesAfter !== undefined && { signal: AbortSignal.timeout(leavesAfter) }),
  });
  return `${answer.status} ${await answer.text()}`;
}

/** How it was read is told with the time that it took. */
const untimed = (answer: string) => answer.replaceAll(/"ms":[\d.]+/g, '"ms":0');

/** What is alike but for the row that it is about, or the page: those who ask for it at one moment are read together. */
async function families(): Promise<readonly (readonly RandomOperation[])[]> {
  const ids: Record<string, readonly string[]> = {};
  const found: RandomOperation[][] = [];
  for (const { root, list, type } of lookUpsOf(schema)) {
    const listed = await ask(quiet, 0, { text: `{ ${list}(first: 5) { nodes { id } } }`, variables: {} });
    const { data } = JSON.parse(listed.slice(4)) as { data: Record<string, { nodes: { id: string }[] }> };
    const known = data[list]!.nodes.map(({ id }) => id);
    ids[type.name] = known;
    const leaves = Object.values(type.getFields())
      .filter((field) => isLeafType(getNamedType(field.type)) && field.args.length === 0)
      .map(({ name }) => name)
      .join(' ');
    const lookUp = `query ($id: ID!) { ${root}(id: $id) { ${leaves} } }`;
    const entity = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type.name} { ${leaves} } } }`;
    const page = `query ($first: Int) { ${list}(first: $first) { totalCount nodes { ${leaves} } } }`;
    found.push(
      known.map((id) => ({ text: lookUp, variables: { id } })),
      known.map((id) => ({ text: entity, variables: { of: [{ __typename: type.name, id }] } })),
      [1, 2].map((first) => ({ text: page, variables: { first } })),
    );
  }
  while (found.length < 130) {
    const operation = randomOperation(schema, chance, ids);
    // How old the views are is another answer each second.
    if (!operation.text.includes('lagSec') && validate(schema, parse(operation.text)).length === 0)
      found.push([operation]);
  }
  return found;
}

interface Shot extends Required<Pick<How, 'isGet' | 'isExplained'>> {
  readonly caller: number;
  readonly operation: RandomOperation;
}

/** In waves, each of a few callers who ask for a few things that are alike; in between comes what was asked before. */
function shotsOf(all: readonly (readonly RandomOperation[])[]): readonly Shot[] {
  const shots: Shot[] = [];
  while (shots.length < requests) {
    const family = pick(all);
    const crowd = [0, 1, 2].map(() => Math.floor(chance() * callers.length));
    for (let n = 0; n < 40; n++) {
      const isNew = shots.length === 0 || chance() < 0.8;
      const { caller, operation } = isNew ? { caller: pick(crowd), operation: pick(family) } : pick(shots);
      shots.push({ caller, operation, isGet: chance() < 0.2, isExplained: chance() < 0.05 });
    }
  }
  return shots;
}

async function transactions(): Promise<number> {
  const { rows } = await watcher.query<{ count: string }>(
    `select xact_commit + xact_rollback as count from pg_stat_database where datname = current_database()`,
  );
  return Number(rows[0]!.count);
}

async function figure(name: string): Promise<number> {
  const metrics = await (await fetch(`${crowded.url}/metrics`)).text();
  return Number(new RegExp(`^${name} (.*)$`, 'm').exec(metrics)?.[1]);
}

/** What an answer is compared with has to be hers. */
it('those who are alone are told apart', async () => {
  const whoAmI = { text: '{ caller { subject } students { totalCount } }', variables: {} };
  const answers = await Promise.all(callers.map((_, caller) => ask(quiet, caller, whoAmI)));
  for (const [caller, answer] of answers.entries()) expect(answer).toContain(`"caller ${caller}"`);
  expect(new Set(answers.map((answer) => /\d+(?=\}\})/.exec(answer)![0])).size).toBeGreaterThan(5);
});

it('a crowd of callers is answered as if each had been alone', async () => {
  const shots = shotsOf(await families());
  const rights = new Map<string, string>();
  const keyOf = ({ caller, operation, isExplained }: Shot) => JSON.stringify([caller, operation, isExplained]);
  for (const shot of shots) {
    const key = keyOf(shot);
    if (!rights.has(key)) rights.set(key, untimed(await ask(quiet, shot.caller, shot.operation, shot)));
  }
  const transactionsBefore = await transactions();

  const wrong: string[] = [];
  let [next, left] = [0, 0];
  const client = async () => {
    for (let shot = shots[next++]; shot; shot = shots[next++]) {
      const { caller, operation } = shot;
      const leaves = chance() < 0.03 ? { leavesAfter: Math.floor(chance() * 30) } : {};
      const answer = await ask(crowded, caller, operation, { ...shot, ...leaves }).catch(() => undefined);
      if (answer === undefined && leaves.leavesAfter !== undefined) left += 1;
      else if (answer === undefined || untimed(answer) !== rights.get(keyOf(shot)))
        wrong.push(`${caller}: ${JSON.stringify(operation)} ${answer?.slice(0, 500)}`);
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
  expect(wrong).toEqual([]);

  // It was a crowd, some of whom left: of many flights that they asked for, some were one.
  expect(left).toBeGreaterThan(requests / 100);
  const flights = await figure('timeback_flight_seconds_count');
  await expect.poll(async () => (await transactions()) - transactionsBefore).toBeLessThan(flights * 0.9);
  await expect.poll(() => figure('timeback_admission_running')).toBe(0);
  expect(await figure('timeback_admission_waiting')).toBe(0);
  const { total, idle, waiting } = crowded.readers.stats();
  expect({ idle, waiting }).toEqual({ idle: total, waiting: 0 });
}, 120_000);
