import { keyColumn, type View } from '../schema/view.ts';
import type { Context } from '../src/context.ts';

/** The columns that this request reads of a view: one set for the whole document, so that a row is the same wherever it is met. */
export function columnsToRead(context: Context, view: View): readonly string[] {
  return context.selected?.columnsOf(view) ?? Object.keys(view.columns);
}

/**
 * The same for a list. A filtering view makes `org_ids` for every row before it sorts and limits them: where a row has a key,
 * they are read by it afterwards, for the rows of the page alone.
 */
export function columnsToList(context: Context, view: View): readonly string[] {
  const columns = columnsToRead(context, view);
  return keyColumn(view) ? columns.filter((column) => column !== 'org_ids') : columns;
}
