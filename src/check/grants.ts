import type pg from 'pg';
import type { View } from '../../schema/view.ts';
import type { LiveColumn } from '../door/liveColumns.ts';

/** The names of a grant, as they are written in a statement. */
export interface Names {
  readonly schema: string;
  readonly role: string;
}

export async function namesOf(client: pg.Client, schema: string): Promise<Names> {
  const { rows } = await client.query<Names>('select quote_ident($1) as schema, quote_ident(current_user) as role', [
    schema,
  ]);
  return rows[0]!;
}

/**
 * The grant that the role lacks, if any. It is asked of each column that the graph reads: a select of nothing in particular
 * passes with a grant on any column.
 */
export function missingGrant(view: View, live: ReadonlyMap<string, LiveColumn>, names: Names): string | undefined {
  const { schema, role } = names;
  const columns = [...live.values()];
  const isClosed = columns.some(({ column, maySelect }) => !maySelect && column in view.columns);
  const needed = [
    ...(columns.every(({ mayEnter }) => mayEnter) ? [] : [`grant usage on schema ${schema} to ${role}`]),
    ...(isClosed ? [`grant select on ${schema}.${view.name} to ${role}`] : []),
  ];
  return needed.length > 0 ? needed.join('; ') : undefined;
}
