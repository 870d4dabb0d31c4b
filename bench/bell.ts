/**
 * When the bell rings: so many people open the same dashboard, workload (b), at once. How long until the last of them has it, and how many
 * round trips to PostgreSQL it takes, if they have the same organisations and if no two of them do.
 *
 *     BENCH_DATA_DIR=… tsx bench/bell.ts [people] [rounds]
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../src/root.ts';
import { peopleOf } from './callers.ts';
import { openDataset } from './dataset.ts';
import { open, requestBytes } from './load.ts';
import { median } from './measure.ts';
import { startServer } from './servers.ts';
import { openWire } from './wire.ts';
import { requestsOf, workloads } from './workloads.ts';

const people = Number(process.argv[2] ?? 30);
const rounds = Number(process.argv[3] ?? 20);
const folder = process.env['BENCH_DATA_DIR'] ?? join(root, '.timeback', 'bench');
mkdirSync(folder, { recursive: true });
const dataset = await openDataset(folder, 'large', console.log);
const wire = await openWire(dataset.url);
const server = await startServer('ours', {
  databaseUrl: wire.url,
  // It may be run where the packages of the bench are not installed.
  node: process.execPath,
  flags: ['--max-semi-space-size=64'],
  logFolder: folder,
});
const [dashboard] = requestsOf(
  workloads.find(({ name }) => name === 'b')!,
  'ours',
);
const lines = await Promise.all(Array.from({ length: people }, () => open(server.port)));
const crowds = await Promise.all(
  (['twenty', 'apart'] as const).map(async (width) => {
    const requests = (await peopleOf('large', width, people)).map((token) => requestBytes(dashboard!, token));
    return { width, requests, ms: [] as number[], roundTrips: [] as number[] };
  }),
);
for (let round = -3; round < rounds; round++) {
  for (const { requests, ms, roundTrips } of crowds) {
    const before = wire.counts.roundTrips;
    const begun = performance.now();
    const answers = await Promise.all(lines.map((line, n) => line.ask(requests[n]!)));
    const refused = answers.filter(({ status }) => status !== 200).length;
    if (refused > 0) throw new Error(`${refused} of ${people} were refused.`);
    // The first ones only warm up.
    if (round < 0) continue;
    ms.push(performance.now() - begun);
    roundTrips.push(wire.counts.roundTrips - before);
  }
}
for (const line of lines) line.close();
await server.stop();
wire.close();
await dataset.stop();
for (const { width, ms, roundTrips } of crowds) {
  const whose = width === 'apart' ? 'organisations of their own' : 'the same organisations';
  console.log(
    `${people} with ${whose}: ${median(ms).toFixed(0)} ms until the last has it, ${median(roundTrips)} round trips`,
  );
}
