import DataLoader from 'dataloader';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { selectedFields, type SelectedFields } from '../schema/selected.ts';
import type { Database } from './door.ts';
import type { Reader, ReaderOptions } from './door/reader.ts';
import type { Caller } from './scope.ts';

/** What a request carries through the house: who asks, the door bound to her scope, and an empty store of batches. */
export interface Context {
  readonly caller: Caller;
  readonly reader: Reader;
  /** The fields that the document asks for. Set once it is known, before anything resolves. */
  selected: SelectedFields | undefined;
  /** What there is one of in a request, made on first use. */
  once<T extends object>(name: string, make: () => T): T;
  /** The loader of that name. Loaders live as long as their request, so that no caller sees another's rows. */
  batch<V>(name: string, load: (keys: readonly string[]) => Promise<readonly (V | Error)[]>): DataLoader<string, V>;
}

export function createContext(database: Database, caller: Caller, options: ReaderOptions): Context {
  const known = new Map<string, object>();
  function once<T extends object>(name: string, make: () => T): T {
    const found = known.get(name);
    if (found) return found as T;
    const made = make();
    known.set(name, made);
    return made;
  }
  return {
    caller,
    reader: database.session(caller.scope, options),
    selected: undefined,
    once,
    batch: (name, load) => once(name, () => new DataLoader(load)),
  };
}

/** To be called between validation and execution: the columns that a statement reads follow from the document. */
export function aimContext(context: Context, schema: GraphQLSchema, document: DocumentNode): void {
  context.selected = selectedFields(schema, document);
}
