import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { orgIdsOf } from '../../bench/callers.ts';
import { workloads } from '../../bench/workloads.ts';
import { volumeId } from '../../src/database/data/ids.ts';
import { installReferenceDatabase } from '../../src/database/install.ts';
import { root } from '../../src/root.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { openGraph, organizations, type TestGraph } from '../support/graph.ts';

/** What the benchmark's questions take, by their folders: the selects of each flight. */
const flights: Readonly<Record<string, readonly number[]>> = {
  a: [1],
  b: [1, 1, 3],
  c: [1],
  d: [1],
  e: [2],
  f: [2],
  g: [1],
  gOrgs: [1],
  h: [1],
};

let database: Database;
let graph: TestGraph;

beforeAll(async () => {
  database = await createDatabase();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await installReferenceDatabase(client, { schema: 'analytics_production', data: 'small' });
  await client.end();
  graph = await openGraph(database.url, { isFederated: true });
}, 120_000);

afterAll(async () => {
  await graph.close();
  await database.drop();
});

test.each(workloads)('$name: $title', async ({ folder, width, variables }) => {
  const query = readFileSync(join(root, 'bench', 'workloads', folder, 'ours.graphql'), 'utf8');
  // The small data set has 200 students and all courses.
  const known = variables.map((one) => ('id' in one && folder === 'a' ? { id: volumeId('student', 7) } : one));
  const answer = await graph.run(query, { as: organizations(...orgIdsOf('small', width)), variables: known[0]! });
  expect(answer.errors).toBeUndefined();
  expect(JSON.stringify(answer.data)).toMatch(/"(name|title|startTime|start)":"/);
  expect(answer.flights.map((flight) => flight.length)).toEqual(flights[folder]);
});
