/**
 * The benchmark: ours, the limit and PostGraphile on one database, asked the same. `npm run bench -- --help` says how.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { getOperationAST, parse } from 'graphql';
import pg from 'pg';
import { createSubgraph } from '../schema/subgraphs.ts';
import { readConfig } from '../src/config.ts';
import { createLimits } from '../src/limits.ts';
import { root } from '../src/root.ts';
import { dataOf } from './answers.ts';
import { orgIdsOf, peopleOf, tokensOf } from './callers.ts';
import { openDataset, sizes } from './dataset.ts';
import { open, requestBytes } from './load.ts';
import { measure, type Figures } from './measure.ts';
import { describeMachine, writeReport, type Measured, type Spoken } from './report.ts';
import { ownNode, startServer, type RunningServer } from './servers.ts';
import { parentOf } from './usage.ts';
import { openWire, type Counts, type Wire } from './wire.ts';
import { requestsOf, servers, workloads, type ServerName, type Workload } from './workloads.ts';

const help = `Usage: npm run bench -- [flags]

  --quick               two rounds of half a second, at 16 connections: does it run, and roughly how fast
  --workload NAMES      only these, such as a,b or "g one"
  --connections NUMBERS 1,16,64
  --rounds NUMBER       5
  --seconds NUMBER      2, of which the first fifth warms up
  --size SIZE           large (500,000 sessions), medium or small
  --data FOLDER         where the data set is kept from run to run (.timeback/bench, or BENCH_DATA_DIR)
  --flags FLAGS         flags of V8 for all servers (--max-semi-space-size=64 --no-allocation-site-pretenuring)
  --node PROGRAM        for ours and the limit another Node.js than PostGraphile’s (bench/node_modules/node/bin/node)
  --only PART           compare (the three servers), growth (ten times the data) or guards (what they cost)
  --name NAME           the results are bench/results/NAME.md and .json (latest, or part if less than all was run)`;

const { values: flags } = parseArgs({
  options: {
    help: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    workload: { type: 'string' },
    connections: { type: 'string' },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    size: { type: 'string', default: 'large' },
    data: { type: 'string', default: process.env['BENCH_DATA_DIR'] ?? join(root, '.timeback', 'bench') },
    flags: { type: 'string', default: '--max-semi-space-size=64 --no-allocation-site-pretenuring' },
    node: { type: 'string', default: ownNode },
    only: { type: 'string' },
    name: { type: 'string' },
  },
});
if (flags.help) {
  console.log(help);
  process.exit();
}

const size = sizes.find((one) => one === flags.size);
if (!size) throw new Error(`--size must be one of ${sizes.join(', ')}.`);
const rounds = Number(flags.rounds ?? (flags.quick ? 2 : 5));
const seconds = Number(flags.seconds ?? (flags.quick ? 0.5 : 2));
const widths = (flags.connections ?? (flags.quick ? '16' : '1,16,64')).split(',').map(Number);
const wanted = flags.workload?.split(',');
const chosen = workloads.filter(
  ({ name }) => wanted?.some((one) => name === one || name.split(' ')[0] === one) ?? true,
);
// The committed table is of a whole run: a look at a part of it leaves it alone.
const isWhole = size === 'large' && !flags.quick && flags.workload === undefined && flags.only === undefined;
const nodeFlags = flags.flags.split(' ').filter((flag) => flag !== '');
const folder = resolve(flags.data);
const begun = performance.now();

function say(step: string): void {
  console.log(`${((performance.now() - begun) / 1_000).toFixed(0).padStart(5)} s  ${step}`);
}

function prepare(): void {
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(root, 'bench/node_modules/postgraphile'))) {
    say('installing what ours is measured against');
    execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: join(root, 'bench'), stdio: 'inherit' });
  }
  say('building ours');
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' });
}

const tokens = new Map<string, readonly string[]>();
for (const { width } of workloads) {
  if (!tokens.has(width)) tokens.set(width, await peopleOf(size, width));
}

const start = (name: Parameters<typeof startServer>[0], databaseUrl: string, environment = {}) =>
  startServer(name, {
    databaseUrl,
    node: name === 'postgraphile' ? ownNode : flags.node,
    flags: nodeFlags,
    logFolder: folder,
    environment,
  });

/** Each request of the workload once, and how it was answered. */
async function answersOf(server: RunningServer, name: ServerName, workload: Workload): Promise<readonly string[]> {
  const line = await open(server.port);
  const answers: string[] = [];
  for (const asked of requestsOf(workload, name)) {
    const { body } = await line.ask(requestBytes(asked, tokens.get(workload.width)![0]!));
    answers.push(dataOf(body, name === 'postgraphile' ? workload.read : undefined));
  }
  line.close();
  return answers;
}

/**
 * What a server says to PostgreSQL for one request, now that everything is prepared: the least of three times, because what it
 * asks of its own accord, such as whether views keep to their scope, comes on top.
 */
async function said({ counts }: Wire, server: RunningServer, name: ServerName, workload: Workload): Promise<Counts> {
  const times = requestsOf(workload, name).length;
  const least: Counts = { statements: Infinity, roundTrips: Infinity, texts: Infinity };
  for (let round = 0; round < 3; round++) {
    const before = { ...counts };
    await answersOf(server, name, workload);
    for (const one of counted) {
      least[one] = Math.min(least[one], (counts[one] - before[one]) / times);
    }
  }
  return least;
}

const counted = ['statements', 'roundTrips', 'texts'] as const;

/**
 * The most that each server is meant to say. One that no longer prepares its statements, or makes another trip, would be slower by an
 * accident of the bench, and only look bad. PostGraphile writes begin, scope and commit anew each time.
 */
const meant: Readonly<Record<ServerName, Counts>> = {
  ours: { statements: 8, roundTrips: 3, texts: 0 },
  limit: { statements: 2, roundTrips: 1, texts: 0 },
  postgraphile: { statements: 4, roundTrips: 4, texts: 3 },
};

function checkMeant(name: ServerName, workload: Workload, told: Counts): void {
  for (const one of counted) {
    if (told[one] > meant[name][one])
      throw new Error(
        `${name} is meant to need ${meant[name][one]} ${one} for ${workload.name}, and needs ${told[one]}.`,
      );
  }
}

/** All servers give the same data, and what each of them says to PostgreSQL for it. */
async function check(databaseUrl: string): Promise<readonly Spoken[]> {
  const spoken: Spoken[] = [];
  const expected = new Map<string, readonly string[]>();
  for (const name of servers) {
    const wire = await openWire(databaseUrl);
    const server = await start(name, wire.url);
    for (const workload of chosen) {
      const answers = await answersOf(server, name, workload);
      // Three servers that find nothing agree, too. Of a hundred students, some may be hidden.
      if (!answers.some((answer) => answer.includes(':"')))
        throw new Error(`${name} finds nothing for ${workload.name}.`);
      const known = expected.get(workload.name) ?? answers;
      expected.set(workload.name, known);
      const different = answers.findIndex((answer, n) => answer !== known[n]);
      if (different !== -1) {
        throw new Error(
          `${name} answers ${workload.name} otherwise:\n${answers[different]!.slice(0, 600)}\n${known[different]!.slice(0, 600)}`,
        );
      }
      const told = await said(wire, server, name, workload);
      checkMeant(name, workload, told);
      spoken.push({ workload: workload.name, server: name, ...told });
    }
    await server.stop();
    wire.close();
  }
  return spoken;
}

/** What all requests go through takes thousands of them to be compiled well, and what is a workload's own a thousand. */
function warmth(isFirst: boolean): number {
  return seconds * (isFirst ? 6 : 4);
}

function contestant(server: RunningServer, name: ServerName, workload: Workload) {
  return { server, requests: requestsOf(workload, name), tokens: tokens.get(workload.width)! };
}

async function compare(databaseUrl: string, postmaster: number): Promise<readonly Measured[]> {
  const running = new Map<ServerName, RunningServer>();
  for (const name of servers) running.set(name, await start(name, databaseUrl));
  const measured: Measured[] = [];
  for (const workload of chosen) {
    const contestants = servers.map((name) => contestant(running.get(name)!, name, workload));
    for (const [index, connections] of (workload.connections ? [workload.connections] : widths).entries()) {
      const warmSeconds = index === 0 ? warmth(measured.length === 0) : 0;
      const figures = await measure(contestants, {
        connections,
        rounds,
        seconds: seconds * (workload.patience ?? 1),
        warmSeconds,
        postmaster,
      });
      const { name, title } = workload;
      measured.push({ workload: name, title, connections, figures });
      const told = figures.map(
        ({ server, perSecond, ratios }) => `${server} ${perSecond.toFixed(1)} (${ratios.median.toFixed(2)})`,
      );
      say(`${name} at ${connections}: ${told.join(', ')}`);
    }
  }
  for (const server of running.values()) await server.stop();
  return measured;
}

/** Median latency of ours at one connection, with the data set and with one of a tenth of its size, for callers of as many schools. */
async function growth(databaseUrl: string, postmaster: number): Promise<Record<string, number>> {
  if (size !== 'large') return {};
  const smaller = await openDataset(folder, 'medium', say);
  const schools = orgIdsOf('medium', 'twenty');
  const many = orgIdsOf('large', 'twenty').slice(0, schools.length);
  const people = { large: await tokensOf(many, 4), medium: await tokensOf(schools, 4) };
  const [large, medium] = [await start('ours', databaseUrl), await start('ours', smaller.url)];
  const ratios: Record<string, number> = {};
  for (const workload of chosen.filter(({ name }) => ['a', 'b', 'c'].includes(name))) {
    const requests = requestsOf(workload, 'ours');
    const contestants = [
      { server: large, requests, tokens: people.large },
      { server: medium, requests, tokens: people.medium },
    ];
    const options = { connections: 1, rounds, seconds, warmSeconds: warmth(true), postmaster };
    const [, little] = await measure(contestants, options);
    ratios[workload.name] = little!.latencyRatio;
    say(`${workload.name} with ten times the data: ${ratios[workload.name]!.toFixed(2)} times the latency`);
  }
  await large.stop();
  await medium.stop();
  await smaller.stop();
  return ratios;
}

/** Ours without checking callers, and without the line in the log and the metrics: what each of them costs. */
async function guards(databaseUrl: string, postmaster: number) {
  const variants = ['nothing', 'auth', 'audit'];
  const running: RunningServer[] = [];
  for (const without of variants) running.push(await start('without', databaseUrl, { WITHOUT: without }));
  const found: { workload: string; without: string; figures: Figures }[] = [];
  for (const workload of chosen.filter(({ name }) => ['a', 'b', 'c', 'd'].includes(name))) {
    const contestants = running.map((server) => contestant(server, 'ours', workload));
    const figures = await measure(contestants, {
      connections: 16,
      rounds,
      seconds,
      warmSeconds: warmth(found.length === 0),
      postmaster,
    });
    for (const [index, one] of figures.entries()) {
      found.push({ workload: workload.name, without: variants[index]!, figures: one });
    }
    say(
      `${workload.name}: ${figures.map(({ perSecond }, n) => `without ${variants[n]} ${perSecond.toFixed(1)}`).join(', ')}`,
    );
  }
  for (const server of running) await server.stop();
  return found;
}

/** What the limits take of a request like (a), whose document has been seen before: microseconds, too few to be seen from outside. */
function limitsMicroseconds(): number {
  const schema = createSubgraph('timeback');
  const limits = createLimits(schema, readConfig({}).limits);
  const { query, variables } = JSON.parse(requestsOf(workloads[0]!, 'ours')[0]!.body) as {
    query: string;
    variables: Record<string, unknown>;
  };
  const document = parse(query);
  const operation = getOperationAST(document)!;
  const times = 200_000;
  const since = performance.now();
  for (let n = 0; n < times; n++) {
    limits.inspect(query);
    limits.weigh(document, operation, variables);
  }
  return ((performance.now() - since) * 1_000) / times;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

prepare();
const dataset = await openDataset(folder, size, say);
const client = new pg.Client({ connectionString: dataset.url });
try {
  await client.connect();
  const { rows } = await client.query<{ pid: number; version: string }>('select pg_backend_pid() as pid, version()');
  const postmaster = parentOf(rows[0]!.pid);
  const { only } = flags;
  const is = (part: string) => only === undefined || only === part;
  if (is('compare')) say('comparing answers');
  const spoken = is('compare') ? await check(dataset.url) : [];
  const report = {
    machine: describeMachine(rows[0]!.version, flags.node, nodeFlags),
    options: { size, rounds, seconds, connections: widths.join(', ') },
    spoken,
    measured: is('compare') ? await compare(dataset.url, postmaster) : [],
    growth: is('growth') && !flags.quick ? await growth(dataset.url, postmaster) : {},
    guards: is('guards') && !flags.quick ? await guards(dataset.url, postmaster) : [],
    limitsMicroseconds: limitsMicroseconds(),
  };
  console.log(`\n${writeReport(report, flags.name ?? (isWhole ? 'latest' : 'part'))}`);
} finally {
  // Before its server, whose end would be an error to it, and hide the one that has brought us here.
  await client.end();
  await dataset.stop();
}
