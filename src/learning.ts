import type { Database } from './database.ts';
import { faultOf, type Log } from './log.ts';

export interface Learning {
  /** Over when the views were asked for once, whatever came of it. */
  readonly first: Promise<void>;
  /** Whether the database has been what the catalogue says, at least once since the start. */
  readonly hasHeld: boolean;
  stop(): void;
}

const longestWaitMs = 1_000;
const driftWaitMs = 30_000;

/**
 * Learns the views at start, and goes on until they are as the catalogue says: the database may come later than the program,
 * and a view may be repaired while it runs.
 *
 * A program that starts on a database of another shape is not ready, so that a roll-out stops at it. One that was ready stays
 * so when a single view goes later: the others are still worth serving.
 */
export function keepLearning(database: Pick<Database, 'learn'>, log: Log): Learning {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let hasHeld = false;
  let waitMs = 100;

  async function learn(): Promise<void> {
    try {
      const { unavailable } = await database.learn();
      waitMs = driftWaitMs;
      hasHeld = unavailable.size === 0;
      if (!hasHeld) log.warn('views not served', { views: [...unavailable] });
    } catch (error) {
      log.warn('database not reachable', { fault: faultOf(error) });
      waitMs = Math.min(waitMs * 2, longestWaitMs);
    }
    // Spread out, so that all instances do not come back to the database in the same moment.
    if (!hasHeld && !isStopped) timer = setTimeout(() => void learn(), waitMs * (0.5 + Math.random() / 2));
  }

  return {
    first: learn(),
    get hasHeld() {
      return hasHeld;
    },
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
