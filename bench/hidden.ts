/**
 * Whether the time of an answer tells somebody who is hidden from somebody who is not there: both are asked for as students, in turn.
 *
 *     BENCH_DATA_DIR=… tsx bench/hidden.ts [pairs]
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { root } from '../src/root.ts';
import { orgIdsOf, tokensOf } from './callers.ts';
import { openDataset } from './dataset.ts';
import { open, requestBytes } from './load.ts';
import { median } from './measure.ts';
import { startServer } from './servers.ts';

const pairs = Number(process.argv[2] ?? 2_000);
const folder = process.env['BENCH_DATA_DIR'] ?? join(root, '.timeback', 'bench');
mkdirSync(folder, { recursive: true });
const dataset = await openDataset(folder, 'large', console.log);
const client = new pg.Client({ connectionString: dataset.url });
await client.connect();
await client.query("select set_config('app.allowed_org_ids', $1, false)", [orgIdsOf('large', 'twenty').join(',')]);
const { rows } = await client.query<{ id: string }>(
  `select id from analytics_production_source.one_roster_user
   except select id from analytics_production.students order by id limit $1`,
  [pairs],
);
await client.end();

const server = await startServer('ours', {
  databaseUrl: dataset.url,
  // It may be run where the packages of the bench are not installed.
  node: process.execPath,
  flags: [],
  logFolder: folder,
});
const [token] = await tokensOf(orgIdsOf('large', 'twenty'), 1);
const query = readFileSync(join(root, 'bench/workloads/a/ours.graphql'), 'utf8');
const line = await open(server.port);
const told = new Set<string>();

async function timeOf(id: string): Promise<number> {
  const request = requestBytes({ path: '/graphql', body: JSON.stringify({ query, variables: { id } }) }, token!);
  const begun = performance.now();
  const { body } = await line.ask(request);
  const ms = performance.now() - begun;
  told.add(body.toString());
  return ms;
}

for (const { id } of rows) await timeOf(id);
const times = { hidden: [] as number[], absent: [] as number[] };
for (const [index, { id }] of rows.entries()) {
  // Who comes first has the colder caches.
  const order = index % 2 === 0 ? (['hidden', 'absent'] as const) : (['absent', 'hidden'] as const);
  for (const which of order) times[which].push(await timeOf(which === 'hidden' ? id : randomUUID()));
}
line.close();
await server.stop();
await dataset.stop();

const [hidden, absent] = [median(times.hidden), median(times.absent)];
console.log(`${rows.length} pairs, ${told.size} answer: ${[...told].join(' ')}`);
console.log(`hidden ${hidden.toFixed(3)} ms, absent ${absent.toFixed(3)} ms, ratio ${(hidden / absent).toFixed(3)}`);
