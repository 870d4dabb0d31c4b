import { keyColumn, type View } from '../schema/view.ts';
import type { Context } from '../src/context.ts';
import { columnsToRead } from './lists/columns.ts';
import { decodeId } from './ids.ts';
import { reading } from './sql/policy.ts';
import { Selection, type AnyRow } from './sql/select.ts';
import { asText } from './sql/column.ts';
import { possibleIds } from './sql/keys.ts';
import { isOneOf } from './sql/operand.ts';
import { all, Sql, type SqlColumn } from './sql/sql.ts';
import { worded } from './sql/worded.ts';

/**
 * The row of each id, null where there is none that the caller may see. One select, whatever the number of ids.
 *
 * Ids are the values of the key, as its rows have them; where the grain has several columns, opaque strings of their values.
 */
export async function rowByKey(
  context: Context,
  view: View,
  ids: readonly string[],
  columns: readonly string[] = columnsToRead(context, view),
): Promise<(AnyRow | null)[]> {
  const rows = keyColumn(view)
    ? await byOneColumn(context, view, ids, columns)
    : await byGrain(context, view, ids, columns);
  return ids.map((id) => rows.get(id) ?? null);
}

async function byOneColumn(context: Context, view: View, ids: readonly string[], columns: readonly string[]) {
  const { reader } = context;
  const sql = new Sql(reader);
  const possible = possibleIds(sql.live.columnOf(view, keyColumn(view)!), ids);
  const [first] = possible;
  if (first === undefined) return new Map<string, AnyRow>();
  const isOne = possible.length === 1;
  const write = () => {
    const written = select(sql, view, possible, columns);
    const canBeOfMany = isOne && !sql.dependsOnScope && sql.values.length === 1;
    return {
      ...written,
      textOfMany: canBeOfMany ? select(new Sql(reader), view, [first, first], columns).text : undefined,
    };
  };
  const name = `${view.name} by ${isOne ? 'one key' : 'keys'}: ${columns.join()}`;
  const { selection, keyAt, text, textOfMany } = worded(sql, name, write, isOne ? first : possible);
  const raw = await reader.read({
    view: view.name,
    keys: ids.length,
    isKeyed: true,
    ...(textOfMany !== undefined && { lookUp: { key: first, textOfMany, keyAt } }),
    text,
    values: sql.values,
  });
  const rows = new Map<string, AnyRow>();
  for (const one of raw) rows.set(one[keyAt]!, selection.row(reader, one));
  return rows;
}

function select(sql: Sql, view: View, ids: readonly string[], columns: readonly string[]) {
  const { rows, from, conditions: seen } = reading(sql, view);
  const key = rows.column(keyColumn(view)!);
  const selection = new Selection().addColumns(rows, columns);
  const keyAt = selection.add(key.sql, 'key');
  const conditions = [isOneOf(sql, key, ids), ...seen];
  return { selection, keyAt, text: `select ${selection.text}\nfrom ${from}\nwhere ${all(conditions)}` };
}

/** The parts of each id meet in one row of the unnested lists, which is joined to the view part by part. */
async function byGrain(context: Context, view: View, ids: readonly string[], columns: readonly string[]) {
  const sql = new Sql(context.reader);
  const { rows, from, conditions: seen } = reading(sql, view);
  const parts = view.grain.map((name) => rows.column(name));
  const known = ids
    .map((id) => ({ id, values: decodeId(view, id) }))
    .filter(({ values }) => values !== null && values.every((value, index) => isPossible(parts[index]!, value)));
  if (known.length === 0) return new Map<string, AnyRow>();
  const selection = new Selection().addColumns(rows, columns);
  const lists = parts.map((part, index) => {
    const type = part.type === 'uuid' ? 'uuid' : 'text';
    return sql.param(
      known.map(({ values }) => values![index]!),
      `${type}[]`,
    );
  });
  const names = parts.map((_, index) => `p${index}`);
  const same = parts.map((part, index) => `${part.type === 'uuid' ? part.sql : asText(part)} = k.p${index}`);
  const raw = await context.reader.read({
    view: view.name,
    keys: ids.length,
    text: `select k.n, r.*
from unnest(${lists.join(', ')}) with ordinality as k (${names.join(', ')}, n)
cross join lateral (
select ${selection.text}
from ${from}
where ${all([...same, ...seen])}
limit 1
) r`,
    values: sql.values,
  });
  return new Map(
    raw.map((one): [string, AnyRow] => [known[Number(one[0]) - 1]!.id, selection.row(context.reader, one, 1)]),
  );
}

function isPossible(column: SqlColumn, value: string): boolean {
  return possibleIds(column, [value]).length === 1;
}
