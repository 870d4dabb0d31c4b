/** A column of a view as the database has it. Everybody may see in its catalogue what only some may read. */
export interface LiveColumn {
  readonly view: string;
  readonly column: string;
  /** PostgreSQL's name of the type, of a domain that of the type at the bottom of it. */
  readonly type: string;
  readonly isEnum: boolean;
  /** Where that type is. */
  readonly typeSchema: string;
  /** Of a text, which collation it has if it is not that of the database. */
  readonly collation: string | null;
  /** Whether to that collation texts that differ may be one. */
  readonly isLoose: boolean;
  /** Whether our role has the schema's `usage`. */
  readonly mayEnter: boolean;
  readonly maySelect: boolean;
}

/** All columns of everything in the schema $1 that can be selected from, in the order of `LiveColumn`. */
export const liveColumns = `
select c.relname as view, a.attname as column,
  coalesce(base.typname, t.typname) as type,
  coalesce(base.typtype, t.typtype) = 'e' as "isEnum",
  quote_ident(s.nspname) as "typeSchema",
  case when l.collname <> 'default' then l.oid end as collation,
  not coalesce(l.collisdeterministic, true) as "isLoose",
  has_schema_privilege(n.oid, 'usage') as "mayEnter",
  has_column_privilege(c.oid, a.attnum, 'select') as "maySelect"
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
join pg_catalog.pg_type t on t.oid = a.atttypid
left join lateral (
  with recursive below as (
    select b.typname, b.typtype, b.typnamespace, b.typbasetype
    from pg_catalog.pg_type b
    where b.oid = t.typbasetype
    union all
    select b.typname, b.typtype, b.typnamespace, b.typbasetype
    from pg_catalog.pg_type b
    join below on b.oid = below.typbasetype
  )
  select *
  from below
  where typtype <> 'd'
) base on true
join pg_catalog.pg_namespace s on s.oid = coalesce(base.typnamespace, t.typnamespace)
left join pg_catalog.pg_collation l on l.oid = a.attcollation
where n.nspname = $1
and c.relkind in ('v', 'm', 'r', 'f', 'p')`;

/** What is held against the kinds of the catalogue, in which all enums are one. */
export function typeToFit({ type, isEnum }: Pick<LiveColumn, 'type' | 'isEnum'>): string {
  return isEnum ? 'enum' : type;
}

/**
 * Where names of a statement are looked up. What somebody else put into a schema on the way of our role could else be taken for a function
 * of PostgreSQL, and run with our rights under the scope of our caller. That of `citext` has to be there for its comparisons.
 */
export const ownPath = 'pg_catalog';

export function searchPathOf(columns: Iterable<Pick<LiveColumn, 'type' | 'typeSchema'>>): string {
  const schemas = new Set([ownPath]);
  for (const { type, typeSchema } of columns) if (type === 'citext') schemas.add(typeSchema);
  return [...schemas].join(', ');
}
