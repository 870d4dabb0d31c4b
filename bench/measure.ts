/** One workload under one load: all servers in turn, round after round, so that whatever else the machine does hits all alike. */
import { load, requestBytes } from './load.ts';
import { cpuMsOf, cpuMsOfFamily, residentMiB } from './usage.ts';
import type { RunningServer } from './servers.ts';
import type { Asked } from './workloads.ts';

export interface Contestant {
  readonly server: RunningServer;
  readonly requests: readonly Asked[];
  readonly tokens: readonly string[];
}

/** Medians of the rounds. */
export interface Figures {
  readonly server: string;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** The share of requests that were not answered with 200. */
  readonly refused: number;
  /** Of one request, in the server and in PostgreSQL. */
  readonly serverCpuMs: number;
  readonly postgresCpuMs: number;
  readonly residentMiB: number;
  /** Throughput of the first contestant by that of this one, round by round. */
  readonly ratios: Spread;
  /** Median latency of the first contestant by that of this one, round by round. */
  readonly latencyRatio: number;
}

/** The median, and between which two values the middle half lies. */
export interface Spread {
  readonly lower: number;
  readonly median: number;
  readonly upper: number;
}

export interface MeasureOptions {
  readonly connections: number;
  readonly rounds: number;
  readonly seconds: number;
  /** For how long each server is asked before anything is measured: code that is new to its engine is slow in its own way. */
  readonly warmSeconds: number;
  /** The process of PostgreSQL whose children serve the connections. */
  readonly postmaster: number;
}

interface Round {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly refused: number;
  readonly serverCpuMs: number;
  readonly postgresCpuMs: number;
}

export async function measure(
  contestants: readonly Contestant[],
  options: MeasureOptions,
): Promise<readonly Figures[]> {
  const rounds = contestants.map((): Round[] => []);
  const warm = { ...options, seconds: options.warmSeconds };
  if (warm.seconds > 0) for (const contestant of contestants) await oneRound(contestant, warm);
  for (let round = 0; round < options.rounds; round++) {
    // Each round begins with another, so that nobody always comes after the same.
    for (let place = 0; place < contestants.length; place++) {
      const index = (round + place) % contestants.length;
      rounds[index]!.push(await oneRound(contestants[index]!, options));
    }
  }
  return contestants.map(({ server }, index) => {
    const own = rounds[index]!;
    const of = (name: keyof Round) => median(own.map((round) => round[name]));
    const firstBy = (name: keyof Round) => own.map((round, at) => rounds[0]![at]![name] / round[name]);
    return {
      server: server.name,
      perSecond: of('perSecond'),
      p50: of('p50'),
      p99: of('p99'),
      refused: of('refused'),
      serverCpuMs: of('serverCpuMs'),
      postgresCpuMs: of('postgresCpuMs'),
      residentMiB: residentMiB(server.pid),
      ratios: spreadOf(firstBy('perSecond')),
      latencyRatio: median(firstBy('p50')),
    };
  });
}

async function oneRound(contestant: Contestant, { connections, seconds, postmaster }: MeasureOptions): Promise<Round> {
  const { server, requests, tokens } = contestant;
  const bytes = requests.flatMap((asked, n) => requestBytes(asked, tokens[n % tokens.length]!));
  // Where there is only one request, it comes from everybody.
  const sent = requests.length > 1 ? bytes : tokens.map((token) => requestBytes(requests[0]!, token));
  const before = { server: cpuMsOf(server.pid), postgres: cpuMsOfFamily(postmaster) };
  const { perSecond, p50, p99, all, refused } = await load(server.port, sent, connections, seconds);
  return {
    perSecond,
    p50,
    p99,
    refused: refused / all,
    serverCpuMs: (cpuMsOf(server.pid) - before.server) / all,
    postgresCpuMs: (cpuMsOfFamily(postmaster) - before.postgres) / all,
  };
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function spreadOf(values: readonly number[]): Spread {
  return { lower: quantile(values, 0.25), median: median(values), upper: quantile(values, 0.75) };
}

/** Between two values, as far on the way from one to the other as it should be. */
function quantile(values: readonly number[], at: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * at;
  const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return below + (above - below) * (place - Math.floor(place));
}
