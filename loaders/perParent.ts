import type { Context } from '../src/context.ts';
import type { RawRow, RawRows } from '../src/door/flight.ts';
import { isHeld, keyTypeOf, keysOf, parentsOf, type List } from './sql/list.ts';
import { recordedIds } from './sql/keys.ts';
import { Sql } from './sql/sql.ts';
import { Together } from './sql/together.ts';
import { worded } from './sql/worded.ts';

export interface PerParent<W> {
  readonly written: W;
  /** The rows of each parent, in the order of the parents; those of a whole view as if of one. */
  readonly rows: readonly RawRows[];
  /** The place of the first column: before it stands the number of the parent. */
  readonly offset: number;
}

/**
 * Reads something of a list for all of its parents in one select. Beside a parent, its key is `k.key`. The statement is kept under the
 * name: give one only if the text follows from the name and the list alone.
 */
export async function readPerParent<W extends { readonly text: string }>(
  context: Context,
  list: List,
  parents: readonly string[] | null,
  write: (sql: Sql) => W,
  name?: string,
): Promise<PerParent<W>> {
  const sql = new Sql(context.reader);
  const known = parents && recordedIds(keyTypeOf(sql, list), parents);
  const keys = known && keysOf(sql, list, known);
  if (known && known.length > 1 && isHeld(list)) sql.together = new Together(sql, list.view, list.way!.to[0]!);
  const { text, written } = worded(sql, sql.together ? undefined : name, () => {
    const written = write(sql);
    return { text: keys ? besideKeys(keys, written.text, sql.together) : written.text, written };
  });
  const offset = parents ? 1 : 0;
  if (known?.length === 0) return { written, rows: parents!.map(() => []), offset };
  const rows = await context.reader.read({
    view: list.view.name,
    text,
    values: sql.values,
    ...(known && { keys: known.length }),
  });
  return { written, rows: known ? divide(rows, parents, known) : [rows], offset };
}

function besideKeys(keys: string, text: string, together: Sql['together']): string {
  return `${together?.text(keys) ?? ''}select k.n, p.*\nfrom ${parentsOf(keys)}\ncross join lateral (\n${text}\n) p`;
}

/** The rows of each parent, found by the number that stands first in them. A parent without rows has none. */
function divide(rows: RawRows, parents: readonly string[], known: readonly string[]): RawRows[] {
  const byNumber: RawRow[][] = known.map(() => []);
  for (const row of rows) byNumber[Number(row[0]) - 1]!.push(row);
  if (known.length === parents.length) return byNumber;
  const byKey = new Map(known.map((key, index) => [key, byNumber[index]!]));
  return parents.map((parent) => byKey.get(parent) ?? []);
}
