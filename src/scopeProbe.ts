import type { View } from '../schema/view.ts';
import { views } from '../schema/views/index.ts';
import type { Database } from './door.ts';
import { faultOf, type Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { Patience } from './patience.ts';
import { noScope, type Scope } from './scope.ts';

export interface ScopeProbe {
  /** Asks the views whose turn it is: those that were not there the last time, those that are closed, and hourly all. */
  look(signal: AbortSignal): Promise<void>;
}

/** Long enough for a view that looks at its scope first. One that does not would be as slow for every caller. */
const statementMs = 3_000;
const hourMs = 3_600_000;
const soonMs = 600_000;

const filtered = views.filter((view) => view.scope === 'rows');

/** Every random bit of the UUID is set: no generator will ever make it. */
const unknown: Scope = { kind: 'organizations', orgIds: ['ffffffff-ffff-4fff-bfff-ffffffffffff'] };

/**
 * Views of `rows` filter themselves, and the graph relies on it. Should one be deployed without its filter, a caller who may see
 * nothing would see its rows: so we ask as such a caller before others do, and close what answers.
 */
export function createScopeProbe(
  database: Pick<Database, 'live' | 'watch' | 'closed' | 'reopen'>,
  log: Log,
  metrics: Pick<Metrics, 'probe'>,
  now: () => number = Date.now,
): ScopeProbe {
  const due = new Map<string, number>();
  /** Closed for what a probe saw, and to be opened for what a probe sees. What a row of a caller closed is not in here. */
  const ours = new Set<string>();
  const announced = new Set<string>();

  async function showsRows(view: View, scope: Scope, place: string, signal: AbortSignal): Promise<boolean> {
    const patience = new Patience(statementMs);
    const stop = () => patience.end();
    signal.addEventListener('abort', stop);
    try {
      const reader = database.watch(scope, { patience });
      const rows = await reader.read({ view: view.name, text: `select 1 from ${place} limit 1`, values: [] });
      return rows.length > 0;
    } finally {
      signal.removeEventListener('abort', stop);
      patience.settle();
    }
  }

  async function ask(view: View, place: string, signal: AbortSignal): Promise<'clean' | 'leaking' | 'unproven'> {
    const failures: unknown[] = [];
    // One after the other: what watches over the database has one connection for this, and another to see whether it is there.
    for (const scope of [noScope, unknown]) {
      if (signal.aborted) break;
      try {
        if (await showsRows(view, scope, place, signal)) return 'leaking';
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length === 0) return 'clean';
    if (!signal.aborted) log.warn('scope not proven', { views: [view.name], fault: faultOf(failures[0]) });
    return 'unproven';
  }

  async function probe(view: View, signal: AbortSignal): Promise<void> {
    const { live } = database;
    if (!live || live.missing.has(view.name)) {
      // When it comes back, it is another view.
      due.delete(view.name);
      return;
    }
    const { name } = view;
    if (now() < (due.get(name) ?? 0) && !ours.has(name)) return;
    const result = await ask(view, live.placeOf(view), signal);
    if (signal.aborted) return;
    metrics.probe(name, result);
    // Spread out, so that neither all views nor all instances come back to the database in the same moment.
    due.set(name, now() + (result === 'unproven' ? soonMs : hourMs) * (0.75 + Math.random() / 4));
    if (result === 'leaking' && !database.closed.has(name)) {
      ours.add(name);
      live.close(view);
    }
    if (result === 'clean' && ours.delete(name)) {
      database.reopen(view);
      log.warn('view opened again', { views: [name] });
    }
  }

  function announce(): void {
    for (const name of announced) if (!database.closed.has(name)) announced.delete(name);
    const news = [...database.closed].filter((name) => !announced.has(name));
    if (news.length > 0) log.error('view shows rows that it must not show: closed', { views: news });
    for (const name of news) announced.add(name);
  }

  return {
    async look(signal) {
      // One after the other: requests need the database more.
      for (const view of filtered) if (!signal.aborted) await probe(view, signal);
      announce();
    },
  };
}
