/**
 * The one door to PostgreSQL. No other file of the serving program talks to it.
 *
 * A reader is bound to one scope and to the patience of whoever asks. What is asked of it within one tick leaves as one
 * flight: the scope, a time limit and read-only first, then the selects. A flight has one scope, and the scope is local to its
 * transaction, so a connection that goes back to the pool carries nothing of it.
 */
import pg from 'pg';
import type { View } from '../schema/view.ts';
import { cancel } from './cancel.ts';
import { failureOf, overloaded, timeout } from './failures.ts';
import { Flight, PreparedStatements, type Outcome, type RawRows, type Statement } from './flight.ts';
import { learnViews, type LiveViews } from './liveViews.ts';
import { Patience, type Awaiting } from './patience.ts';
import { createReaders, type Landed } from './readers.ts';
import { noScope, type Scope } from './scope.ts';
import { createWire } from './wire.ts';

export interface DatabaseOptions {
  readonly url: string;
  readonly schema: string;
  readonly poolSize: number;
  readonly poolWaitMs: number;
  /** Off behind a pooler that lends connections by transaction: it would hand our names to somebody else's connection. */
  readonly prepared: boolean;
  readonly setting: {
    readonly name: string;
    readonly format: 'csv' | 'array';
    readonly unrestrictedValue: string;
  };
}

export interface FlightReport {
  readonly ms: number;
  readonly statements: readonly { readonly statement: Statement; readonly rows: number; readonly failed: boolean }[];
}

export interface ReaderOptions {
  /** What is under way is given up when it ends. */
  readonly patience: Patience;
  readonly onFlight?: (report: FlightReport) => void;
}

export interface Reader {
  readonly scope: Scope;
  /** The views as this database has them. */
  readonly live: LiveViews;
  read(statement: Statement): Promise<RawRows>;
}

export interface Database {
  /** Reads the columns and types of the live views. Until it has succeeded once, no view can be served. */
  learn(): Promise<LiveViews>;
  readonly live: LiveViews | undefined;
  /** Views that were caught showing rows that they must not show. */
  readonly closed: ReadonlySet<string>;
  /** Serves a view again that was closed. */
  reopen(view: View): void;
  session(scope: Scope, options: ReaderOptions): Reader;
  ping(timeoutMs: number): Promise<boolean>;
  stats(): { total: number; idle: number; waiting: number };
  close(): Promise<void>;
}

/** What there is to know of a connection. */
interface Known {
  readonly prepared: PreparedStatements;
  readonly madeAt: number;
}

/** In characters of their texts, of which most statements have a thousand. */
const preparedPerConnection = 300_000;
const learnMs = 5_000;

export function openDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize,
    connectionTimeoutMillis: options.poolWaitMs,
    keepAlive: true,
    application_name: 'timeback-graph',
  });
  const connections = new WeakMap<pg.PoolClient, Known>();
  pool.on('connect', (client) => {
    connections.set(client, { prepared: new PreparedStatements(preparedPerConnection), madeAt: performance.now() });
    // A socket that dies while the client is lent reaches us as an event of the client; unheard, it would end the process.
    client.on('error', () => undefined);
  });
  // The same for idle clients: the pool drops them and opens new ones when they are needed.
  pool.on('error', () => undefined);
  const wire = createWire(options);
  let live: LiveViews | undefined;
  /** What is closed stays closed when the views are learned anew. */
  const closed = new Set<string>();

  /** One flight over one connection, and when that was made: the outcome of the scope first, then those of the statements. */
  async function flyOnce(scope: Scope, statements: readonly Statement[], patience: Awaiting) {
    if (patience.isOver) throw timeout();
    const sent = wire.written(scope, statements, patience.deadline);
    const client = await pool.connect().catch((error: unknown) => {
      throw overloaded(error);
    });
    if (patience.isOver) {
      client.release();
      throw timeout();
    }
    const { prepared, madeAt } = connections.get(client)!;
    return new Promise<{ outcomes: readonly Outcome[]; madeAt: number }>((resolve, reject) => {
      let isGiven = false;
      const give = (broken?: Error) => {
        // A flight that was given up lands once more, when its connection is torn down.
        if (isGiven) return;
        isGiven = true;
        patience.forget(giveUp);
        client.release(broken);
      };
      // Nobody waits any longer: PostgreSQL is told to stop, and the connection is destroyed, because a cancel that comes
      // late would hit whatever ran on it next.
      const giveUp = () => {
        // One that arrives before its statement has begun is lost, and the statement would run on for nobody. A pooler in
        // between is not asked at all: pgbouncer 1.18 ends itself over cancels for connections that have gone, and with it
        // everybody's. There the statement ends by its own time limit.
        if (options.prepared) {
          cancel(client);
          for (const ms of [50, 250]) setTimeout(() => cancel(client), ms).unref();
        }
        give(new Error('given up'));
        reject(timeout());
      };
      patience.whenOver(giveUp);
      const flight = new Flight(sent, prepared, (broken) => {
        give(broken);
        resolve({ outcomes: wire.outcomesOf(sent, flight.outcomes), madeAt });
      });
      client.query(flight as never);
    });
  }

  async function fly(scope: Scope, statements: readonly Statement[], patience: Awaiting): Promise<Landed> {
    const begun = performance.now();
    let flown = await flyOnce(scope, statements, patience);
    // The server went away, not the statement: a select may be asked again. The pool may hand out every connection of
    // yesterday, each of them once, before it makes one of today. On those of today it is asked twice and no more: it may be
    // the statement that ends servers.
    let today = 0;
    while (flown.outcomes.some(isCutOff)) {
      if (flown.madeAt >= begun) today += 1;
      if (today === 2) break;
      flown = await flyOnce(scope, statements, patience);
    }
    const scopeSet = flown.outcomes[0]!;
    if ('error' in scopeSet) throw isCutOff(scopeSet) ? overloaded(scopeSet.error) : failureOf(scopeSet.error);
    return { ms: performance.now() - begun, outcomes: flown.outcomes.slice(1) };
  }

  const session = createReaders({ wire, fly, live: () => live });

  /** Reads something of our own, for which nobody waits longer than this. */
  async function within<T>(ms: number, work: (patience: Patience) => Promise<T>): Promise<T> {
    const patience = new Patience(ms);
    try {
      return await work(patience);
    } finally {
      patience.settle();
    }
  }

  return {
    async learn() {
      live = await within(learnMs, (patience) => learnViews(session(noScope, { patience }), options.schema, closed));
      return live;
    },
    get live() {
      return live;
    },
    closed,
    reopen: (view) => void closed.delete(view.name),
    session,
    ping(timeoutMs) {
      const ask = async (patience: Patience) => {
        const { outcomes } = await fly(noScope, [{ view: '', text: 'select 1', values: [] }], patience);
        return outcomes.every((outcome) => 'rows' in outcome);
      };
      return within(timeoutMs, ask).catch(() => false);
    },
    stats: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: () => pool.end(),
  };
}

/** An error of the connection, not of the statement. */
function isCutOff(outcome: Outcome): boolean {
  return 'error' in outcome && (!(outcome.error instanceof pg.DatabaseError) || outcome.error.code === '57P01');
}
