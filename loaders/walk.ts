import { resourceRelations } from '../schema/views/curriculum.ts';
import type { Context } from '../src/context.ts';
import { badInput } from '../src/failures.ts';
import { resourceByKey } from './resourceByKey.ts';
import { reading } from './sql/policy.ts';
import { comparable } from './sql/column.ts';
import { all, Sql } from './sql/sql.ts';

export type WalkDirection = 'up' | 'down';

interface WalkArgs {
  readonly maxDepth?: number | null | undefined;
  readonly first?: number | null | undefined;
}

/** A walk goes where the edges `parents` and `children` lead. */
const isPartOf = resourceRelations.crossings![0]!.only!;

export const walk = { deepest: 10, usual: 100, most: 1_000 };

/** What a resource is part of, or what is part of it. */
export async function resourcesAlong(context: Context, direction: WalkDirection, id: string, args: WalkArgs) {
  const ids = await walkFrom(context, direction, id, args);
  return Promise.all(ids.map((one) => resourceByKey(context, one)));
}

/**
 * The ids of what a resource is part of, or of what is part of it: step by step, nearest first, within a step in item order. An id
 * is met once, at its nearest; that ends cycles, too. One recursive select for all resources of the tick.
 */
async function walkFrom(
  context: Context,
  direction: WalkDirection,
  id: string,
  args: WalkArgs,
): Promise<readonly string[]> {
  const depth = args.maxDepth ?? walk.deepest;
  const first = args.first ?? walk.usual;
  if (depth < 1 || depth > walk.deepest) throw badInput(`maxDepth is 1 to ${walk.deepest}.`);
  if (first < 0 || first > walk.most) throw badInput(`A walk has 0 to ${walk.most} resources.`);
  const read = (ids: readonly string[]) => readWalks(context, direction, ids, depth, first);
  return context.batch<readonly string[]>(`walk ${direction} ${depth} ${first}`, read).load(id);
}

async function readWalks(
  context: Context,
  direction: WalkDirection,
  ids: readonly string[],
  depth: number,
  first: number,
): Promise<readonly (readonly string[])[]> {
  const sql = new Sql(context.reader);
  const { rows: relations, from, conditions: seen } = reading(sql, resourceRelations);
  const [near, far] = direction === 'up' ? (['source', 'destination'] as const) : (['destination', 'source'] as const);
  const nearColumn = relations.column(`${near}_resource_id`);
  const farColumn = relations.column(`${far}_resource_id`);
  const conditions = [
    `${comparable(relations.column(isPartOf.column))} = '${isPartOf.word}'`,
    ...seen,
    `w.depth < ${sql.param(String(depth), 'int')}`,
  ];
  // Said of both sides, because the columns may sort in a way of their own.
  const collation = 'collate "default"';
  const next = `${nearColumn.sql}::text = w.id ${collation}`;
  // The union drops what the same step has reached before, so a step costs no more than the relations it leaves by.
  const rows = await context.reader.read({
    view: resourceRelations.name,
    keys: ids.length,
    text: `with recursive w (n, id, depth, item_order) as (
  select k.n, k.id, 0, null::int
  from unnest(${sql.param(ids, 'text[]')}) with ordinality as k (id, n)
  union
  select w.n, ${farColumn.sql}::text ${collation}, w.depth + 1, ${relations.column('item_order').sql}::int
  from w
  join ${from} on ${next}
  where ${all(conditions)}
), met as (
  select distinct on (n, id) n, id, depth, item_order
  from w
  order by n, id, depth, item_order nulls last
), placed as (
  select n, id, row_number() over (partition by n order by depth, item_order nulls last, id collate "C") as place
  from met
  where depth > 0
)
select n, id
from placed
where place <= ${sql.param(String(first), 'int')}
order by n, place`,
    values: sql.values,
  });
  const walks = ids.map((): string[] => []);
  for (const [n, id] of rows) walks[Number(n) - 1]!.push(id!);
  return walks;
}
