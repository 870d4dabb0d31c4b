import type { Kind, View } from '../../schema/view.ts';
import { views } from '../../schema/views/index.ts';
import { viewUnavailable } from '../failures.ts';
import { fits } from '../database/types.ts';
import type { RawRows, Statement } from './flight.ts';
import { liveColumns, searchPathOf, typeToFit, type LiveColumn } from './liveColumns.ts';

/**
 * The views as the database at hand has them. The production views are not ours: an id may be `uuid` here and `text` there,
 * and a view or a column may be missing, or closed to the role that we are. What does not fit the catalogue is not served; everything else is.
 */
export interface LiveViews {
  /** The view under its schema, quoted. Throws `VIEW_UNAVAILABLE` for one that cannot be served. */
  from(view: View): string;
  columnOf(view: View, column: string): LiveType;
  /** Not in this database, not to be read by our role, or of another shape than the catalogue says. */
  readonly missing: ReadonlySet<string>;
  /** Not served: missing, or caught showing rows that it must not show. */
  readonly unavailable: ReadonlySet<string>;
  /** Stops serving a view that was caught. It stays closed when the views are learned anew. */
  close(view: View): void;
  /** Where the view is, closed or not: for whoever has to find out whether it may be opened again. */
  placeOf(view: View): string;
  /** The order of names that people expect, if this PostgreSQL was built with ICU. */
  readonly collation: string;
  /** Where names are looked up in this database. */
  readonly searchPath: string;
}

interface Asks {
  read(statement: Statement): Promise<RawRows>;
}

export interface LiveType {
  /** PostgreSQL's name of the column's type, such as `uuid`, `text`, `_uuid`. */
  readonly type: string;
  /** The type is an enum of the database, which compares as text. */
  readonly isEnum: boolean;
  /** What the column has to be followed by, to be compared as other texts are. */
  readonly collate: string;
}

/** ICU may be there and not know the encoding of this database, as it does not know SQL_ASCII. */
const collationOfPeople = `
select 1
from pg_catalog.pg_collation
where collname = 'und-x-icu' and pg_collation_is_visible(oid)`;

export async function learnViews(reader: Asks, schema: string, closed: Set<string>): Promise<LiveViews> {
  const [columns, icu] = await Promise.all([
    reader.read({ view: '', text: liveColumns, values: [schema] }),
    reader.read({ view: '', text: collationOfPeople, values: [] }),
  ]);
  const read = columns.flatMap(([view, column, type, isEnum, typeSchema, collation, isLoose, mayEnter, maySelect]) => {
    const name = `${view}.${column}`;
    const kind = kinds.get(name);
    // A column without a grant is none to us.
    if (!kind || mayEnter !== 't' || maySelect !== 't') return [];
    const found = { type: type!, isEnum: isEnum === 't', typeSchema: typeSchema!, collation: collation! };
    return { ...found, name, isKey: kind === 'id' || kind === 'ids', isLoose: isLoose === 't' };
  });
  const live = liveTypesOf(read);

  const missing = new Set(views.filter((view) => !isServed(view, live)).map(({ name }) => name));
  const column = (view: View, name: string): LiveType => {
    const found = live.get(`${view.name}.${name}`);
    if (!found) throw viewUnavailable();
    return found;
  };
  const quoted = `"${schema.replaceAll('"', '""')}"`;
  const placeOf = (view: View) => `${quoted}.${view.name}`;
  return {
    from(view) {
      if (missing.has(view.name) || closed.has(view.name)) throw viewUnavailable();
      return placeOf(view);
    },
    placeOf,
    columnOf: column,
    missing,
    get unavailable() {
      return new Set([...missing, ...closed]);
    },
    close: (view) => void closed.add(view.name),
    collation: icu.length > 0 ? 'collate "und-x-icu"' : '',
    searchPath: searchPathOf(read),
  };
}

interface ReadColumn extends Pick<LiveColumn, 'type' | 'isEnum' | 'collation' | 'isLoose'> {
  readonly name: string;
  readonly isKey: boolean;
}

/**
 * PostgreSQL compares no text of one collation with a text of another, so that keys of several would lead nowhere. And there are collations
 * to which `a` is `A`.
 */
function liveTypesOf(columns: readonly ReadColumn[]): ReadonlyMap<string, LiveType> {
  const ofKeys = new Set(columns.flatMap(({ isKey, collation }) => (isKey && collation !== null ? [collation] : [])));
  return new Map(
    columns.map(({ name, type, isEnum, isKey, collation, isLoose }) => {
      const isOdd = isLoose || (isKey && collation !== null && ofKeys.size > 1);
      return [name, { type, isEnum, collate: isOdd ? ' collate "default"' : '' }];
    }),
  );
}

const kinds: ReadonlyMap<string, Kind> = new Map(
  views.flatMap(({ name, columns }) =>
    Object.entries(columns).map(([column, { kind }]): [string, Kind] => [`${name}.${column}`, kind]),
  ),
);

function isServed(view: View, live: ReadonlyMap<string, LiveType>): boolean {
  return Object.entries(view.columns).every(([name, { kind }]) => {
    const found = live.get(`${view.name}.${name}`);
    return found !== undefined && fits(kind, typeToFit(found));
  });
}
