import { useSyncExternalStore } from 'react';

export interface Session {
  readonly token: string;
  readonly name: string;
}

export type SessionState =
  | { readonly status: 'in'; readonly session: Session }
  | { readonly status: 'out'; readonly hasEnded: boolean };

const key = 'timeback-dashboard';
const changed = new EventTarget();
let state = read();

export function useSession(): SessionState {
  return useSyncExternalStore(listen, () => state);
}

export function signIn(session: Session): void {
  // Gone with the tab: a token that opens children's data does not outlive the sitting, nor reach other tabs.
  sessionStorage.setItem(key, JSON.stringify(session));
  set({ status: 'in', session });
}

export function signOut(): void {
  sessionStorage.removeItem(key);
  set({ status: 'out', hasEnded: false });
}

/** The graph takes this token no longer. Only if it is still the one in use: a late answer must not end a new session. */
export function endSession(token: string): void {
  if (state.status !== 'in' || state.session.token !== token) return;
  sessionStorage.removeItem(key);
  set({ status: 'out', hasEnded: true });
}

function set(next: SessionState): void {
  state = next;
  changed.dispatchEvent(new Event('changed'));
}

function read(): SessionState {
  const text = sessionStorage.getItem(key);
  return text === null ? { status: 'out', hasEnded: false } : { status: 'in', session: JSON.parse(text) as Session };
}

function listen(listener: () => void): () => void {
  changed.addEventListener('changed', listener);
  return () => changed.removeEventListener('changed', listener);
}
