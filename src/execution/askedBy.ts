import { AsyncLocalStorage } from 'node:async_hooks';

const fields = new AsyncLocalStorage<string>();
let watchers = 0;

/** Knows, for as long as the work takes, which field each statement was asked for by. */
export async function watchingFields<T>(work: () => T | Promise<T>): Promise<T> {
  watchers += 1;
  try {
    return await work();
  } finally {
    watchers -= 1;
    // As long as a store is in use, older Nodes make every promise of the process dearer.
    if (watchers === 0) fields.disable();
  }
}

/** Whatever the resolver sets going, batches included, is asked for by this field: `students.nodes.sessions`. */
export function withinField<T>(path: readonly (string | number)[], resolve: () => T): T {
  return fields.run(path.filter((key) => typeof key === 'string').join('.'), resolve);
}

/** The field at work. Of a batch, the first that asked. */
export function askedBy(): string | undefined {
  return fields.getStore();
}
