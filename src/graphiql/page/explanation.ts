import { useSyncExternalStore } from 'react';

/** What the server says about an answer: how far it was from the limits, and the statements that it took, by round trip. */
export interface Explanation {
  /** Objects that it could have had. */
  readonly nodes?: Share;
  /** What could have been written of them. */
  readonly values?: Share;
  readonly cost?: Share;
  readonly flights: readonly {
    readonly ms: number;
    readonly statements: readonly ExplainedStatement[];
  }[];
}

export interface Share {
  readonly asked: number;
  readonly allowed: number;
}

export interface ExplainedStatement {
  /** The field that asked for it; of a batch, the first that did. */
  readonly path?: string;
  readonly view: string;
  readonly sql: string;
  /** For how many parents or ids at once. */
  readonly keys?: number;
  readonly rows: number;
  /** What was read with them, for each of those rows. */
  readonly below?: readonly { readonly view: string; readonly rows: number }[];
  readonly failed?: boolean;
}

/**
 * What became of the last question. Whoever is refused is told nothing of statements because there were none, and not because the
 * server keeps them to itself; of an answer that was given up there may have been some.
 */
export type Outcome = 'answered' | 'refused' | 'given up';

export interface Noted {
  readonly outcome: Outcome;
  readonly explanation?: Explanation | undefined;
}

/** Each tab has an answer of its own. */
const lastOfTab = new Map<string, Noted>();
const listeners = new Set<() => void>();

export function noteExplanation(tab: string, noted: Noted): void {
  lastOfTab.set(tab, noted);
  for (const listener of listeners) listener();
}

/** `undefined` before there was any answer. */
export function useExplanation(tab: string): Noted | undefined {
  return useSyncExternalStore(subscribe, () => lastOfTab.get(tab));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
