import { viewsBehind } from '../schema/ways.ts';
import type { Context } from '../src/context.ts';
import { viewUnavailable } from '../src/failures.ts';
import { rowByKey } from './rowByKey.ts';

/** A row that says of which type it is, for fields that may answer with several. */
export interface Resource {
  readonly __typename: string;
  readonly [field: string]: unknown;
}

/** Of an id that nobody knows there is nothing else to say. */
export type UnresolvedResource = Readonly<{ __typename: 'UnresolvedResource'; id: string; title: null }>;

/** What a key may mean that does not say the type of it. */
type OpenKey = 'resource' | 'parent';

/**
 * Whatever the id stands for: one select for each type that could know it, all in one flight. Ids that nobody knows, such as
 * those of withdrawn lessons, are unresolved, which is an answer and no error.
 */
export function resourceByKey(context: Context, id: string, key: OpenKey = 'resource'): Promise<Resource> {
  return context.batch<Resource>(key, (ids) => readResources(context, ids, key)).load(id);
}

async function readResources(
  context: Context,
  ids: readonly string[],
  key: OpenKey,
): Promise<readonly (Resource | Error)[]> {
  const views = viewsBehind(key);
  const served = views.filter((view) => !context.reader.live.unavailable.has(view.name));
  const perView = await Promise.all(
    served.map(async (view) => {
      const rows = await rowByKey(context, view, ids);
      return rows.map((row) => row && { ...row, __typename: view.type });
    }),
  );
  // Whether nobody knows an id can only be said when everybody was asked.
  const unknown = (id: string): UnresolvedResource | Error =>
    served.length < views.length ? viewUnavailable() : { __typename: 'UnresolvedResource', id, title: null };
  return ids.map((id, index) => perView.find((rows) => rows[index])?.[index] ?? unknown(id));
}
