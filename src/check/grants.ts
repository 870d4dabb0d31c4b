import type pg from 'pg';
import { views } from '../../schema/views/index.ts';

interface Granted {
  readonly view: string;
  /** The names as they are written in a statement. */
  readonly at: string;
  readonly schema: string;
  readonly role: string;
  readonly mayEnter: boolean;
  readonly closed: readonly string[];
}

/**
 * By view, the grant that the role lacks. It is asked of each column that the graph reads: a select of nothing in particular
 * passes with a grant on any column.
 */
export async function missingGrants(client: pg.Client, schema: string): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<Granted>(
    `select c.relname as view, format('%I.%I', n.nspname, c.relname) as at, quote_ident(n.nspname) as schema,
       quote_ident(current_user) as role,
       has_schema_privilege(n.oid, 'usage') as "mayEnter",
       array(
         select a.attname::text
         from pg_catalog.pg_attribute a
         where a.attrelid = c.oid
         and a.attnum > 0
         and not a.attisdropped
         and not has_column_privilege(c.oid, a.attnum, 'select')
       ) as closed
     from pg_catalog.pg_class c
     join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where n.nspname = $1
     and c.relkind in ('v', 'm', 'r', 'f', 'p')`,
    [schema],
  );
  const known = new Map(rows.map((row) => [row.view, row] as const));
  const grants = new Map<string, string>();
  for (const { name, columns } of views) {
    const found = known.get(name);
    if (!found) continue;
    const { at, role, mayEnter, closed } = found;
    const needed = [
      ...(mayEnter ? [] : [`grant usage on schema ${found.schema} to ${role}`]),
      ...(closed.some((column) => column in columns) ? [`grant select on ${at} to ${role}`] : []),
    ];
    if (needed.length > 0) grants.set(name, needed.join('; '));
  }
  return grants;
}
