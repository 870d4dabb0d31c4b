import type { Database } from './door.ts';
import { faultOf, type Log } from './log.ts';
import type { ScopeProbe } from './scopeProbe.ts';

export interface Learning {
  /** Over when the views were asked for once, and probed if they were there, whatever came of it. */
  readonly first: Promise<void>;
  /** Whether the database has been what the catalogue says, at least once since the start. */
  readonly hasHeld: boolean;
  stop(): void;
}

const longestWaitMs = 1_000;
const driftWaitMs = 1_500;
const steadyWaitMs = 60_000;

/**
 * Learns the views at start and ever after: the database may come later than the program, and a view may go, come back or
 * change its types while it runs.
 *
 * A program that starts on a database of another shape is not ready, so that a roll-out stops at it. One that was ready stays
 * so when a single view goes later: the others are still worth serving.
 */
export function keepLearning(database: Pick<Database, 'learn'>, probe: ScopeProbe, log: Log): Learning {
  let timer: NodeJS.Timeout | undefined;
  const stopping = new AbortController();
  let hasHeld = false;
  let waitMs = 100;
  let reported = '';

  async function learn(): Promise<void> {
    try {
      const { missing } = await database.learn();
      waitMs = missing.size === 0 ? steadyWaitMs : driftWaitMs;
      hasHeld ||= missing.size === 0;
      // Only what is new: this comes by every minute.
      if (String([...missing]) !== reported) log.warn('views not served', { views: [...missing] });
      reported = String([...missing]);
      await probe.look(stopping.signal);
    } catch (error) {
      // It is our end and not that of the database.
      if (stopping.signal.aborted) return;
      log.warn('database not reachable', { fault: faultOf(error) });
      // Once the views are known, requests find out by themselves when the database is back.
      waitMs = Math.min(waitMs * 2, longestWaitMs);
    }
    // Spread out, so that all instances do not come back to the database in the same moment.
    if (!stopping.signal.aborted) timer = setTimeout(() => void learn(), waitMs * (0.5 + Math.random() / 2));
  }

  return {
    first: learn(),
    get hasHeld() {
      return hasHeld;
    },
    stop: () => {
      stopping.abort();
      clearTimeout(timer);
    },
  };
}
