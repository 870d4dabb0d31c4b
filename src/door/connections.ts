/**
 * A pool of connections to PostgreSQL, and the flights over them: lent for one flight, asked again where the server went away,
 * given up when nobody waits any longer.
 */
import pg from 'pg';
import { Client } from '../database/connect.ts';
import { failureOf, isOfConnections, overloaded, timeout } from '../failures.ts';
import type { Awaiting } from '../patience.ts';
import type { Scope } from '../scope.ts';
import { cancel } from './cancel.ts';
import type { Landed } from './departures.ts';
import { Flight, PreparedStatements, type Outcome, type Sent, type Statement } from './flight.ts';
import type { Wire } from './wire.ts';

export interface ConnectionsOptions {
  readonly url: string;
  readonly poolWaitMs: number;
  readonly prepared: boolean;
}

const cancelAgainMs = [50, 250];
/** By then a statement has ended that was told to, or nobody is listening. */
const unheardMs = 500;

/** What there is to know of a connection. */
interface Known {
  readonly prepared: PreparedStatements;
  readonly madeAt: number;
}

export function openConnections(size: number, options: ConnectionsOptions, wire: Wire) {
  const pool = new pg.Pool({
    Client,
    connectionString: options.url,
    max: size,
    connectionTimeoutMillis: options.poolWaitMs,
    keepAlive: true,
    application_name: 'timeback-graph',
  });
  const connections = new WeakMap<pg.PoolClient, Known>();
  const open = new Set<pg.PoolClient>();
  pool.on('connect', (client) => {
    connections.set(client, { prepared: new PreparedStatements(), madeAt: performance.now() });
    open.add(client);
    client.on('end', () => open.delete(client));
    // A socket that dies while the client is lent reaches us as an event of the client; unheard, it would end the process.
    client.on('error', () => undefined);
  });
  // The same for idle clients: the pool drops them and opens new ones when they are needed.
  pool.on('error', () => undefined);

  /** One flight over one connection, when that was made and whether it is lost: the outcome of the scope first, then those of the statements. */
  async function flyOnce(scope: Scope, board: () => readonly Statement[], patience: Awaiting) {
    if (patience.isOver) throw timeout();
    const client = await pool.connect().catch((error: unknown) => {
      throw overloaded(error);
    });
    let sent: readonly Sent[];
    try {
      const statements = board();
      if (patience.isOver) throw timeout();
      sent = wire.written(scope, statements, patience.deadline);
    } catch (error) {
      client.release();
      throw error;
    }
    const { prepared, madeAt } = connections.get(client)!;
    return new Promise<{ outcomes: readonly Outcome[]; madeAt: number; isLost: boolean }>((resolve, reject) => {
      let isGiven = false;
      let givenUp: Error | undefined;
      const timers: NodeJS.Timeout[] = [];
      const give = (broken?: Error) => {
        // A flight that was given up lands once more, when its connection is torn down.
        if (isGiven) return;
        isGiven = true;
        for (const timer of timers) clearTimeout(timer);
        patience.forget(giveUp);
        client.release(givenUp ?? broken);
      };
      // Nobody waits any longer: PostgreSQL is told to stop, and the connection is destroyed, because a cancel that comes
      // late would hit whatever ran on it next. It stands until the statement has ended: a pooler in between passes nothing on
      // for a connection that has gone.
      const giveUp = () => {
        givenUp = new Error('given up');
        reject(timeout());
        // A pooler that does not keep track of names is not asked at all: pgbouncer 1.18 ends itself over cancels for connections
        // that have gone, and with it everybody's. There the statement ends by its own time limit.
        if (!options.prepared) return give();
        cancel(client);
        // One that arrives before its statement has begun is lost, and the statement would run on for nobody.
        for (const ms of cancelAgainMs) timers.push(setTimeout(() => cancel(client), ms));
        timers.push(setTimeout(give, unheardMs));
      };
      patience.whenOver(giveUp);
      const flight = new Flight(sent, prepared, (broken) => {
        give(broken);
        resolve({ outcomes: wire.outcomesOf(sent, flight.outcomes), madeAt, isLost: broken !== undefined });
      });
      client.query(flight as never);
    });
  }

  async function fly(scope: Scope, board: () => readonly Statement[], patience: Awaiting): Promise<Landed> {
    const begun = performance.now();
    let flown = await flyOnce(scope, board, patience);
    // The server went away, not the statement: a select may be asked again. The pool may hand out every connection of
    // yesterday, each of them once, before it makes one of today. On those of today it is asked twice and no more: it may be
    // the statement that ends servers. And on those that live on: it may read from another server, which is the one that is away.
    let asked = 0;
    while (flown.outcomes.some(isCutOff)) {
      if (flown.madeAt >= begun || !flown.isLost) asked += 1;
      if (asked === 2) break;
      flown = await flyOnce(scope, board, patience);
    }
    const scopeSet = flown.outcomes[0]!;
    if ('error' in scopeSet) throw isCutOff(scopeSet) ? overloaded(scopeSet.error) : failureOf(scopeSet.error);
    return { ms: performance.now() - begun, outcomes: flown.outcomes.slice(1) };
  }

  return {
    fly,
    stats: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    async close() {
      await pool.end();
      // PostgreSQL has been told, and if it is there, ends them. If it stands still, the process does not wait for it.
      for (const client of open) (client as unknown as { unref(): void }).unref();
    },
  };
}

/** How servers end connections: one that stops, or that starts anew after one of its processes fell, and idle ones. */
const endings: ReadonlySet<string | undefined> = new Set(['57P01', '57P02', '57P03', '57P05']);

/** An error of the connection, not of the statement. */
function isCutOff(outcome: Outcome): boolean {
  if (!('error' in outcome)) return false;
  if (!(outcome.error instanceof pg.DatabaseError)) return true;
  const { code } = outcome.error;
  // A pooler says so if it has lost its server.
  return endings.has(code) || isOfConnections(code);
}
