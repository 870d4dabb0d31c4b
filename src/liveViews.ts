import type pg from 'pg';
import type { View } from '../schema/view.ts';
import { views } from '../schema/views/index.ts';
import { viewUnavailable } from './failures.ts';
import { fits } from './database/types.ts';

/**
 * The views as the database at hand has them. The production views are not ours: an id may be `uuid` here and `text` there,
 * and a view or a column may be missing. What does not fit the catalogue is not served; everything else is.
 */
export interface LiveViews {
  /** The view under its schema, quoted. Throws `VIEW_UNAVAILABLE` for one that cannot be served. */
  from(view: View): string;
  /** PostgreSQL's name of the column's type, such as `uuid`, `text`, `_uuid`. */
  typeOf(view: View, column: string): string;
  /** Types of an enum of the database, which compare as text. */
  isEnum(view: View, column: string): boolean;
  readonly unavailable: ReadonlySet<string>;
  /** Stops serving a view that was caught showing rows it must not show. */
  close(view: View): void;
  /** The order of names that people expect, if this PostgreSQL was built with ICU. */
  readonly collation: string;
}

interface LiveColumn {
  readonly type: string;
  readonly isEnum: boolean;
}

const columnsOfSchema = `
select c.relname as view, a.attname as column,
  case when t.typtype = 'd' then base.typname else t.typname end as type,
  t.typtype = 'e' as "isEnum"
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
join pg_catalog.pg_type t on t.oid = a.atttypid
left join pg_catalog.pg_type base on base.oid = t.typbasetype
where n.nspname = $1
and c.relkind in ('v', 'm', 'r', 'f', 'p')`;

export async function learnViews(pool: pg.Pool, schema: string): Promise<LiveViews> {
  const columns = await pool.query<LiveColumn & { view: string; column: string }>(columnsOfSchema, [schema]);
  const icu = await pool.query(`select from pg_catalog.pg_collation where collname = 'und-x-icu'`);
  const live = new Map<string, LiveColumn>();
  for (const { view, column, type, isEnum } of columns.rows) live.set(`${view}.${column}`, { type, isEnum });

  const unavailable = new Set(views.filter((view) => !isServed(view, live)).map(({ name }) => name));
  const column = (view: View, name: string): LiveColumn => {
    const found = live.get(`${view.name}.${name}`);
    if (!found) throw viewUnavailable();
    return found;
  };
  const quoted = `"${schema.replaceAll('"', '""')}"`;
  return {
    from(view) {
      if (unavailable.has(view.name)) throw viewUnavailable();
      return `${quoted}.${view.name}`;
    },
    typeOf: (view, name) => column(view, name).type,
    isEnum: (view, name) => column(view, name).isEnum,
    unavailable,
    close: (view) => void unavailable.add(view.name),
    collation: icu.rowCount ? 'collate "und-x-icu"' : '',
  };
}

function isServed(view: View, live: ReadonlyMap<string, LiveColumn>): boolean {
  return Object.entries(view.columns).every(([name, { kind }]) => {
    const found = live.get(`${view.name}.${name}`);
    return found !== undefined && fits(kind, found.isEnum ? 'enum' : found.type);
  });
}
