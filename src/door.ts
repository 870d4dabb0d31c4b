/**
 * The one door to PostgreSQL. Whatever the serving program reads of it, it reads through here.
 *
 * A reader is bound to one scope and to the patience of whoever asks. What is asked of it within one tick leaves as one
 * flight: the scope, a time limit and read-only first, then the selects. A flight has one scope, and the scope is local to its
 * transaction, so a connection that goes back to the pool carries nothing of it.
 */
import type { View } from '../schema/view.ts';
import { openConnections, type ConnectionsOptions } from './door/connections.ts';
import { ownPath } from './door/liveColumns.ts';
import { learnViews, type LiveViews } from './door/liveViews.ts';
import { Patience } from './patience.ts';
import type { Reader, ReaderOptions } from './door/reader.ts';
import { createReaders } from './door/readers.ts';
import { noScope, type Scope } from './scope.ts';
import { createWire, type WireOptions } from './door/wire.ts';

export interface DatabaseOptions extends ConnectionsOptions, Omit<WireOptions, 'searchPath'> {
  readonly schema: string;
  readonly poolSize: number;
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
  /** The same for what watches over the database: it does not stand in line with requests. One statement at a time. */
  watch(scope: Scope, options: ReaderOptions): Reader;
  /** Whether the database answers. Whoever asks while somebody else does gets the same answer. */
  ping(timeoutMs: number): Promise<boolean>;
  /** Of the connections that requests read over. */
  stats(): { total: number; idle: number; waiting: number };
  close(): Promise<void>;
}

const learnMs = 5_000;

/**
 * Requests that keep all of theirs busy must not look like a database that is away. Two, because a view may take seconds for
 * the probe of its scope, and whoever asks in the meantime whether the database is there has a second.
 */
const connectionsToWatch = 2;

export function openDatabase(options: DatabaseOptions): Database {
  let live: LiveViews | undefined;
  const wire = createWire({ ...options, searchPath: () => live?.searchPath ?? ownPath });
  const connections = openConnections(options.poolSize, options, wire);
  const watching = openConnections(connectionsToWatch, options, wire);
  /** What is closed stays closed when the views are learned anew. */
  const closed = new Set<string>();

  const session = createReaders({ wire, fly: connections.fly, live: () => live });
  const watch = createReaders({ wire, fly: watching.fly, live: () => live });

  /** Reads something of our own, for which nobody waits longer than this. */
  async function within<T>(ms: number, work: (patience: Patience) => Promise<T>): Promise<T> {
    const patience = new Patience(ms);
    try {
      return await work(patience);
    } finally {
      patience.settle();
    }
  }

  async function ask(patience: Patience): Promise<boolean> {
    const rows = await watch(noScope, { patience }).read({ view: '', text: 'select 1', values: [] });
    return rows.length === 1;
  }

  /** Anybody may ask as often as she likes: together they take one connection. */
  let asked: Promise<boolean> | undefined;

  return {
    async learn() {
      live = await within(learnMs, (patience) => learnViews(watch(noScope, { patience }), options.schema, closed));
      return live;
    },
    get live() {
      return live;
    },
    closed,
    reopen: (view) => void closed.delete(view.name),
    session,
    watch,
    ping(timeoutMs) {
      asked ??= within(timeoutMs, ask)
        .catch(() => false)
        .finally(() => (asked = undefined));
      return asked;
    },
    stats: connections.stats,
    async close() {
      await Promise.all([connections.close(), watching.close()]);
    },
  };
}
