import { useSyncExternalStore } from 'react';

/** The address says everything about where somebody is, so that a reload or a new sign-in leads back to the same place. */
export type Place =
  | { readonly page: 'schools' }
  | { readonly page: 'school'; readonly schoolId: string }
  | { readonly page: 'student'; readonly schoolId: string; readonly studentId: string }
  | { readonly page: 'unknown' };

const moved = new EventTarget();

export function placeOf(path: string): Place {
  const parts = path.split('/').filter(Boolean).map(decoded);
  if (!parts.every((part) => part !== undefined)) return { page: 'unknown' };
  const [first, schoolId, third, studentId, ...rest] = parts;
  if (first === undefined) return { page: 'schools' };
  if (first !== 'schools' || rest.length > 0) return { page: 'unknown' };
  if (schoolId === undefined) return { page: 'schools' };
  if (third === undefined) return { page: 'school', schoolId };
  return third === 'students' && studentId !== undefined
    ? { page: 'student', schoolId, studentId }
    : { page: 'unknown' };
}

/** An address can be typed by anybody; what is no encoded text, such as a single `%`, is part of no place. */
function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

export const schoolPath = (schoolId: string) => `/schools/${encodeURIComponent(schoolId)}`;
export const studentPath = (schoolId: string, studentId: string) =>
  `${schoolPath(schoolId)}/students/${encodeURIComponent(studentId)}`;

export function go(address: string): void {
  history.pushState(null, '', address);
  moved.dispatchEvent(new Event('moved'));
}

export function usePath(): string {
  return useSyncExternalStore(listen, () => location.pathname);
}

/** One parameter of the address. Setting it takes the place of the entry in the history: it refines a place, it is no new one. */
export function useParameter(name: string): [value: string | undefined, set: (value: string | undefined) => void] {
  const value = useSyncExternalStore(listen, () => new URLSearchParams(location.search).get(name) ?? undefined);
  return [
    value,
    (next) => {
      const url = new URL(location.href);
      if (next === undefined) url.searchParams.delete(name);
      else url.searchParams.set(name, next);
      replace(url.href, history.state);
    },
  ];
}

/** Text that belongs to a place but not into its address: names of children would stay in the browser's history. */
export function useKeptText(name: string): [text: string, set: (text: string) => void] {
  const text = useSyncExternalStore(listen, () => (history.state as Record<string, string> | null)?.[name] ?? '');
  return [text, (next) => replace(location.href, { ...(history.state as object | null), [name]: next })];
}

function replace(address: string, state: unknown): void {
  history.replaceState(state, '', address);
  moved.dispatchEvent(new Event('moved'));
}

function listen(changed: () => void): () => void {
  moved.addEventListener('moved', changed);
  addEventListener('popstate', changed);
  return () => {
    moved.removeEventListener('moved', changed);
    removeEventListener('popstate', changed);
  };
}
