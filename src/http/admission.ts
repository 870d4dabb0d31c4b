import type { Patience } from '../patience.ts';

export interface AdmissionLimits {
  /** Requests that may run at once, and how many of them may be one caller's. */
  readonly concurrency: number;
  readonly perCaller: number;
  /** Requests that may wait, and for how long. */
  readonly queue: number;
  readonly queueMs: number;
}

export type Leave = () => void;

export interface Admission {
  /** Resolves to the way out once the request may run, or to `undefined` if it had better come back later. */
  enter(caller: string, patience: Patience): Promise<Leave | undefined>;
  stats(): { running: number; waiting: number };
}

interface Waiter {
  admit(leave: Leave | undefined): void;
}

interface Line {
  running: number;
  readonly waiting: Set<Waiter>;
}

/**
 * How many requests run at once. More of them would not be answered sooner, only all of them later, and with more garbage
 * alive; so the rest wait briefly, and what cannot wait is told so at once, while telling is still cheap.
 *
 * Whoever has the fewest requests running goes next, and nobody may hold every place in the line: a noisy caller waits for
 * herself, not the others for her.
 */
export function createAdmission({ concurrency, perCaller, queue, queueMs }: AdmissionLimits): Admission {
  const lines = new Map<string, Line>();
  const mostOfOne = Math.max(1, Math.floor(queue / 2));
  let running = 0;
  let waiting = 0;

  function start(caller: string, line: Line): Leave {
    running++;
    line.running++;
    let hasLeft = false;
    return () => {
      if (hasLeft) return;
      hasLeft = true;
      running--;
      line.running--;
      // To the end of the round: among equals, somebody else is first the next time.
      lines.delete(caller);
      lines.set(caller, line);
      next();
      forget(caller, line);
    };
  }

  function forget(caller: string, line: Line): void {
    if (line.running === 0 && line.waiting.size === 0) lines.delete(caller);
  }

  function next(): void {
    let chosen: [string, Line] | undefined;
    for (const entry of lines) {
      const [, line] = entry;
      if (line.waiting.size === 0 || line.running >= perCaller) continue;
      if (!chosen || line.running < chosen[1].running) chosen = entry;
    }
    if (!chosen) return;
    const [caller, line] = chosen;
    const [waiter] = line.waiting;
    waiter?.admit(start(caller, line));
  }

  function wait(caller: string, line: Line, patience: Patience): Promise<Leave | undefined> {
    return new Promise((resolve) => {
      const admit = (leave: Leave | undefined) => {
        clearTimeout(timer);
        patience.forget(giveUp);
        line.waiting.delete(waiter);
        waiting--;
        resolve(leave);
      };
      const giveUp = () => {
        admit(undefined);
        forget(caller, line);
      };
      const waiter: Waiter = { admit };
      const timer = setTimeout(giveUp, queueMs);
      patience.whenOver(giveUp);
      line.waiting.add(waiter);
      waiting++;
    });
  }

  return {
    async enter(caller, patience) {
      const line = lines.get(caller) ?? { running: 0, waiting: new Set() };
      if (running < concurrency && line.running < perCaller) {
        lines.set(caller, line);
        return start(caller, line);
      }
      if (waiting >= queue || line.waiting.size >= mostOfOne || patience.isOver) return undefined;
      lines.set(caller, line);
      return wait(caller, line, patience);
    },
    stats: () => ({ running, waiting }),
  };
}
