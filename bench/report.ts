/** What was measured, as a page to read and as data. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { root } from '../src/root.ts';
import type { Figures, Spread } from './measure.ts';
import { ownNode } from './servers.ts';

export interface Measured {
  readonly workload: string;
  readonly title: string;
  readonly connections: number;
  readonly figures: readonly Figures[];
}

export interface Spoken {
  readonly workload: string;
  readonly server: string;
  /** In one request, with what sets the scope and begins or ends a transaction. */
  readonly statements: number;
  readonly roundTrips: number;
  readonly texts: number;
}

export interface Report {
  readonly machine: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, unknown>>;
  readonly spoken: readonly Spoken[];
  readonly measured: readonly Measured[];
  /** Ours with more data by ours with a tenth of it: median latency of one connection. */
  readonly growth: Readonly<Record<string, number>>;
  /** CPU time of a request without one of the guards, and with all of them. */
  readonly limitsMicroseconds: number;
  readonly guards: readonly { readonly workload: string; readonly without: string; readonly figures: Figures }[];
}

export function describeMachine(postgres: string, node: string, flags: readonly string[]): Record<string, string> {
  const [cpu] = cpus();
  return {
    processor: `${cpus().length} × ${cpu?.model.trim() ?? 'unknown'}`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `${process.platform} ${release()}`,
    node: node === ownNode ? versionOf(node) : `${versionOf(node)} (PostGraphile: ${versionOf(ownNode)})`,
    flags: flags.join(' ') || 'none',
    postgresql: postgres,
    commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim(),
    date: new Date().toISOString().slice(0, 16).replace('T', ' '),
  };
}

function versionOf(program: string): string {
  return execFileSync(program, ['--version'], { encoding: 'utf8' }).trim();
}

export function writeReport(report: Report, name: string): string {
  const folder = join(root, 'bench', 'results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(report, undefined, 2)}\n`);
  const page = pageOf(report);
  writeFileSync(join(folder, `${name}.md`), page);
  return page;
}

function pageOf({ machine, options, spoken, measured, growth, guards, limitsMicroseconds }: Report): string {
  return [
    '# Measured',
    '',
    ...Object.entries({ ...machine, ...options }).map(([name, value]) => `- ${name}: ${String(value)}`),
    '',
    '“Ours by it” is our throughput divided by the other’s, the median of the rounds; more than 1 is ahead. “By CPU” is the same',
    'said of the processor’s time, the other’s by ours: it is steadier where the machine has more to do than this. CPU is',
    'milliseconds of a request in the server + in PostgreSQL. Each connection asks again when it has its answer, so p50 and p99 are',
    'those of a closed loop. In brackets is where the middle half of the rounds lies.',
    '',
    ...table(
      [
        'workload',
        'connections',
        'server',
        'requests/s',
        'ours by it',
        'by CPU',
        'p50 ms',
        'p99 ms',
        'refused',
        'CPU ms',
        'MiB',
      ],
      measured.flatMap(({ workload, connections, figures }) =>
        figures.map((one) => [
          workload,
          String(connections),
          one.server,
          short(one.perSecond),
          one.server === 'ours' ? '' : spreadOf(one.ratios),
          one.server === 'ours' ? '' : (cpuOf(one) / cpuOf(figures[0]!)).toFixed(2),
          short(one.p50),
          short(one.p99),
          one.refused === 0 ? '' : `${(one.refused * 100).toFixed(1)} %`,
          `${short(one.serverCpuMs)} + ${short(one.postgresCpuMs)}`,
          String(one.residentMiB),
        ]),
      ),
    ),
    ...(spoken.length > 0 ? ['## Statements and round trips of one request', '', ...spokenTable(spoken)] : []),
    ...(Object.keys(growth).length > 0
      ? ['## Ten times the data', '', 'Median latency of one connection, by that with a tenth of the data.', '']
      : []),
    ...Object.entries(growth).map(([workload, ratio]) => `- ${workload}: ${ratio.toFixed(2)}`),
    ...(guards.length > 0
      ? [
          '## What the guards cost',
          '',
          ...table(
            ['workload', 'without', 'requests/s', 'with all guards by it', 'CPU ms in the server'],
            guards.map(({ workload, without, figures: { perSecond, ratios, serverCpuMs } }) => [
              workload,
              without,
              short(perSecond),
              spreadOf(ratios),
              serverCpuMs.toFixed(3),
            ]),
          ),
        ]
      : []),
    `The limits take ${limitsMicroseconds.toFixed(1)} µs of a request like (a), whose document has been seen before.`,
    '',
  ].join('\n');
}

function cpuOf({ serverCpuMs, postgresCpuMs }: Figures): number {
  return serverCpuMs + postgresCpuMs;
}

function spreadOf({ lower, median, upper }: Spread): string {
  return `${median.toFixed(2)} (${lower.toFixed(2)}–${upper.toFixed(2)})`;
}

function spokenTable(spoken: readonly Spoken[]): string[] {
  return table(
    ['workload', 'server', 'statements', 'round trips', 'texts'],
    spoken.map(({ workload, server, statements, roundTrips, texts }) => [
      workload,
      server,
      ...[statements, roundTrips, texts].map(String),
    ]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ''];
}

function short(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return value >= 100 ? String(Math.round(value)) : value.toPrecision(3);
}
