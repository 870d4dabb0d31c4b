/**
 * How fresh and how whole a view is, as its caller sees it: how many rows, the newest of them, and of its keys how many lead to a row.
 *
 * Keys are followed from the rows that its list shows first, so many as fit on the largest page: of what happens, those are the
 * newest, and a question about a view of millions costs no more than that page.
 */
import type { View } from '../schema/view.ts';
import { wayOf } from '../schema/ways.ts';
import type { Context } from '../src/context.ts';
import { sourceOf, windowText } from './sql/list.ts';
import { combine } from './sql/logic.ts';
import { orderOf } from './sql/order.ts';
import { reading } from './sql/policy.ts';
import { pageSize } from './span.ts';
import { momentOf } from './sql/column.ts';
import { sameKey } from './sql/keys.ts';
import { operand } from './sql/operand.ts';
import { all, Sql, type SqlColumn } from './sql/sql.ts';

type Figure =
  | { readonly of: 'totalCount' }
  | { readonly of: 'newest'; readonly column: string }
  | { readonly of: 'keys' | 'resolved'; readonly column: string };

/** As PostgreSQL writes it. All that a tick asks of a view is one select, and a figure that cannot be had costs no other. */
export function catalogFigure(context: Context, view: View, figure: Figure): Promise<string | null> {
  const batch = context.batch<string | null>(`catalog ${view.name}`, (figures) =>
    readFigures(
      context,
      view,
      figures.map((one) => JSON.parse(one) as Figure),
    ),
  );
  return batch.load(JSON.stringify(figure));
}

/** The time that its list begins with; views whose lists are in another order tell none of when their rows came about. */
export function newestColumn(view: View): string | undefined {
  const [name, direction] = view.order[0]!.split(' ') as [string, string?];
  const { kind } = view.columns[name]!;
  return direction === 'desc' && (kind === 'date' || kind === 'dateTime') ? name : undefined;
}

async function readFigures(context: Context, view: View, figures: readonly Figure[]) {
  const sql = new Sql(context.reader);
  const texts = figures.map((figure) => textOr(sql, () => figureText(sql, view, figure)));
  const shown = texts.filter((text) => typeof text === 'string');
  if (shown.length === 0) return texts as readonly Error[];
  const keys = figures.filter((_, index) => typeof texts[index] === 'string').filter(isOfKeys);
  const from =
    keys.length === 0 ? '' : `\nfrom ${firstRows(sql, view, [...new Set(keys.map(({ column }) => column))])}`;
  const [row] = await context.reader.read({
    view: view.name,
    text: `select ${shown.join(', ')}${from}`,
    values: sql.values,
  });
  let at = 0;
  return texts.map((text) => (typeof text === 'string' ? row![at++]! : text));
}

function isOfKeys(figure: Figure): figure is Extract<Figure, { of: 'keys' | 'resolved' }> {
  return figure.of === 'keys' || figure.of === 'resolved';
}

/** The text, or why there is none; its values go with it, because PostgreSQL refuses those that no placeholder speaks of. */
function textOr(sql: Sql, write: () => string): string | Error {
  const before = sql.values.length;
  try {
    return write();
  } catch (error) {
    sql.values.length = before;
    return error as Error;
  }
}

function figureText(sql: Sql, view: View, figure: Figure): string {
  if (!isOfKeys(figure)) return `(${selectText(sql, view, figure)})`;
  const column = sql.rows(view, 's').column(figure.column);
  const isResolved = (key: SqlColumn) => leadsToRow(sql, view, figure.column, key);
  if (column.kind === 'ids') {
    const key = { ...column, kind: 'id', sql: 'e.key', type: column.type.slice(1) } as const;
    const counted = figure.of === 'keys' ? `count(${key.sql})` : `count(*) filter (where ${isResolved(key)})`;
    return `sum((select ${counted} from unnest(${column.sql}) e (key)))`;
  }
  return figure.of === 'keys' ? `count(${column.sql})` : `count(*) filter (where ${isResolved(column)})`;
}

function selectText(sql: Sql, view: View, figure: Exclude<Figure, { of: 'keys' | 'resolved' }>): string {
  const { rows, from, conditions } = sourceOf(sql, { view });
  if (figure.of === 'totalCount') return `select count(*) from ${from} where ${all(conditions)}`;
  const time = rows.column(figure.column);
  // What is still to come, or was written by a clock that runs ahead, would hide that nothing has arrived for days.
  const isPast = `${time.sql} <= ${operand(sql, time, new Date().toISOString())}`;
  const shown = `${momentOf(time)}::timestamptz`;
  return `select ${shown} from ${from} where ${all([...conditions, isPast])} order by ${time.sql} desc limit 1`;
}

/** The same as its edge: what is hidden is not there. */
function leadsToRow(sql: Sql, view: View, name: string, key: SqlColumn): string {
  const { targets, to } = wayOf(view, view.columns[name]!.reference!.as);
  const found = targets.map((target, index) => {
    const { rows, from, conditions } = reading(sql, target);
    const same = sameKey(rows.column(to[index]!), key);
    return sql.exists(from, [same, ...conditions]);
  });
  return combine(found, 'or', 'false');
}

function firstRows(sql: Sql, view: View, columns: readonly string[]): string {
  const source = sourceOf(sql, { view });
  const order = orderOf(source.rows, []);
  const selected = columns.map((name) => source.rows.column(name).sql).join(', ');
  return `(\n${windowText(source, order, selected, { limit: pageSize.most, isReversed: false })}\n) s`;
}
