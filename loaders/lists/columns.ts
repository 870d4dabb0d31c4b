import { keyColumn, type View } from '../../schema/view.ts';
import type { Context } from '../../src/context.ts';
import type { List } from '../sql/list.ts';

/** The columns that this request reads of a view: one set for the whole document, so that a row is the same wherever it is met. */
export function columnsToRead(context: Context, view: View): readonly string[] {
  return context.selected?.columnsOf(view) ?? Object.keys(view.columns);
}

/**
 * The same for a list. Where all rows are sorted or filtered before the first is shown, a view would make `org_ids` for all of
 * them: then they are read afterwards, by key, for the rows of the page alone. A view with an id of its own hands out rows in its
 * usual order as they are wanted; one with another's sums up all rows first.
 */
export function columnsToList(context: Context, list: List, isReversed: boolean): readonly string[] {
  const { view, where, orderBy = [] } = list;
  const columns = columnsToRead(context, view);
  const key = keyColumn(view);
  const isAsUsual = !isReversed && !where && orderBy.length === 0;
  const areReadAlong = key === undefined || (key === 'id' && isAsUsual);
  return areReadAlong ? columns : columns.filter((column) => column !== 'org_ids');
}
