import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { FlightReport } from './door/reader.ts';
import { version } from './version.ts';

export interface RequestMeasure {
  readonly operation: string | undefined;
  /** The first error code of the answer, or `OK`. */
  readonly code: string;
  readonly status: number;
  readonly ms: number;
}

export interface Gauges {
  pool(): { total: number; idle: number; waiting: number };
  admission(): { running: number; waiting: number };
  /** Views that the database does not have, keeps from our role, or has in another shape. */
  missing(): number;
  /** Views that were caught showing rows that they must not show. */
  closed(): number;
}

export interface Metrics {
  readonly contentType: string;
  text(): Promise<string>;
  request(measure: RequestMeasure): void;
  flight(report: FlightReport): void;
  unknownWord(column: string): void;
  limit(name: string, isEnforced: boolean): void;
  probe(view: string, result: 'clean' | 'leaking' | 'unproven'): void;
  watch(gauges: Gauges): void;
}

/** Names of operations are the clients' to choose, and each one is a series for ever. */
const mostOperations = 50;

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'timeback_' });
  const registers = [registry];
  new Gauge({
    name: 'timeback_build_info',
    help: 'Always 1: the release that runs is its label.',
    labelNames: ['version'],
    registers,
  }).set({ version }, 1);
  const requests = new Counter({
    name: 'timeback_requests_total',
    help: 'GraphQL requests answered, by operation, first error code and HTTP status.',
    labelNames: ['operation', 'code', 'status'],
    registers,
  });
  const seconds = new Histogram({
    name: 'timeback_request_seconds',
    help: 'Time from the arrival of a GraphQL request to the end of its answer.',
    labelNames: ['operation'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  });
  const statements = new Counter({
    name: 'timeback_statements_total',
    help: 'Statements by view and whether PostgreSQL answered them.',
    labelNames: ['view', 'result'],
    registers,
  });
  const rows = new Counter({
    name: 'timeback_rows_total',
    help: 'Rows read, by view.',
    labelNames: ['view'],
    registers,
  });
  const unknownWords = new Counter({
    name: 'timeback_unknown_words_total',
    help: 'Words read that the catalogue does not know, and that are shown as OTHER, by column.',
    labelNames: ['column'],
    registers,
  });
  const keys = new Histogram({
    name: 'timeback_batch_keys',
    help: 'Keys that one statement was asked for.',
    buckets: [1, 2, 5, 10, 25, 50, 100, 250, 1_000],
    registers,
  });
  const flights = new Histogram({
    name: 'timeback_flight_seconds',
    help: 'Time that a request waited for a round trip to PostgreSQL, and for a connection.',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers,
  });
  const limits = new Counter({
    name: 'timeback_limits_total',
    help: 'Documents beyond a limit, refused or only measured.',
    labelNames: ['limit', 'result'],
    registers,
  });
  const probes = new Counter({
    name: 'timeback_scope_probes_total',
    help: 'Probes whether a view shows rows to callers who may see none, by view and result.',
    labelNames: ['view', 'result'],
    registers,
  });
  const known = new Set<string>();
  const labelOf = (operation: string | undefined) => {
    if (operation === undefined) return 'none';
    if (known.has(operation)) return operation;
    if (known.size >= mostOperations || operation.length > 64) return 'other';
    known.add(operation);
    return operation;
  };
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    request({ operation, code, status, ms }) {
      const label = labelOf(operation);
      requests.inc({ operation: label, code, status });
      seconds.observe({ operation: label }, ms / 1_000);
    },
    flight(report) {
      flights.observe(report.ms / 1_000);
      for (const { statement, rowsOf, failed } of report.statements) {
        if (statement.view === '') continue;
        statements.inc({ view: statement.view, result: failed ? 'failed' : 'ok' });
        for (const [view, found] of rowsOf) rows.inc({ view }, found);
        if (statement.keys !== undefined) keys.observe(statement.keys);
      }
    },
    unknownWord: (column) => unknownWords.inc({ column }),
    limit: (limit, isEnforced) => limits.inc({ limit, result: isEnforced ? 'refused' : 'measured' }),
    probe: (view, result) => probes.inc({ view, result }),
    watch(gauges) {
      for (const state of ['total', 'idle', 'waiting'] as const) {
        gauge(registry, `timeback_pool_${state}`, `Connections of the pool: ${state}.`, () => gauges.pool()[state]);
      }
      for (const state of ['running', 'waiting'] as const) {
        gauge(registry, `timeback_admission_${state}`, `Admitted requests: ${state}.`, () => gauges.admission()[state]);
      }
      gauge(
        registry,
        'timeback_views_missing',
        'Views that the database lacks, keeps from our role, or has in another shape.',
        () => gauges.missing(),
      );
      gauge(registry, 'timeback_views_closed', 'Views not served because they showed rows they must not show.', () =>
        gauges.closed(),
      );
    },
  };
}

function gauge(registry: Registry, name: string, help: string, read: () => number): void {
  const made = new Gauge({
    name,
    help,
    registers: [],
    collect() {
      this.set(read());
    },
  });
  registry.registerMetric(made);
}
