/**
 * How long somebody waits for an answer: until it is due, and no longer than she stays.
 *
 * An AbortSignal would do. But each request has one and each of its flights listens to it, and on Node 20 making and hearing
 * them is 3 % of what a small answer costs.
 */
export class Patience {
  /** When the answer is due, in milliseconds of `performance.now()`, which nobody sets. */
  readonly deadline: number;
  readonly #timer: NodeJS.Timeout;
  readonly #listeners = new Set<() => void>();
  #hasEnded = false;

  constructor(ms: number) {
    this.deadline = performance.now() + ms;
    this.#timer = setTimeout(() => this.end(), ms);
  }

  get isOver(): boolean {
    return this.#hasEnded || performance.now() >= this.deadline;
  }

  /** To be called when nobody waits any longer, unless the answer has been there before. */
  whenOver(listener: () => void): void {
    this.#listeners.add(listener);
  }

  forget(listener: () => void): void {
    this.#listeners.delete(listener);
  }

  /** Whoever waited has gone, or has waited long enough. */
  end(): void {
    clearTimeout(this.#timer);
    this.#hasEnded = true;
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) listener();
  }

  /** The answer is there: there is nothing left to wait for, and nothing to be given up. */
  settle(): void {
    clearTimeout(this.#timer);
    this.#listeners.clear();
  }
}

/** What a flight has to know of the patience of whoever waits for it. */
export type Awaiting = Pick<Patience, 'deadline' | 'isOver' | 'whenOver' | 'forget'>;
