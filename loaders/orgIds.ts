import { keyColumn, type View } from '../schema/view.ts';
import type { Context } from '../src/context.ts';
import { viewUnavailable } from '../src/failures.ts';
import { idOf } from './ids.ts';
import { rowByKey } from './rowByKey.ts';
import type { AnyRow } from './sql/select.ts';

/**
 * The organisations of a row. Lists do not read them along (see `columnsToList`), so here they may come by a select of their own,
 * one for all rows of the page.
 */
export function visibleOrgIds(
  context: Context,
  view: View,
  row: AnyRow,
): readonly string[] | Promise<readonly string[]> {
  const orgIds = row['orgIds'] as string[] | null | undefined;
  if (orgIds) return checked(context, view, orgIds);
  return later(context, view, idOf(view, row)).then((found) => (found === null ? [] : checked(context, view, found)));
}

function later(context: Context, view: View, id: string): Promise<readonly string[] | null> {
  const load = async (ids: readonly string[]) => {
    const rows = await rowByKey(context, view, ids, [keyColumn(view)!, 'org_ids']);
    return rows.map((found) => (found ? ((found['orgIds'] ?? []) as string[]) : null));
  };
  return context.batch(`org_ids of ${view.name}`, load).load(id);
}

/**
 * A view that shows a scoped caller somebody else's row has lost its filter: from now on it is not served to anybody. So has one
 * that shows her a row of no organisation, since only an organisation of hers could have let it pass; nulls name none.
 */
function checked(context: Context, view: View, orgIds: readonly string[]): readonly string[] {
  const { scope } = context.caller;
  if (scope.kind === 'unrestricted') return orgIds;
  const own = setOf(scope.orgIds);
  if (orgIds.length > 0 && orgIds.every((id) => own.has(id))) return orgIds;
  context.reader.live.close(view);
  throw viewUnavailable();
}

const sets = new WeakMap<readonly string[], ReadonlySet<string>>();

/** Once for a scope, and not for each of its rows. */
function setOf(orgIds: readonly string[]): ReadonlySet<string> {
  const known = sets.get(orgIds);
  if (known) return known;
  const made = new Set(orgIds);
  sets.set(orgIds, made);
  return made;
}
