import type { Reader } from '../../src/door/reader.ts';
import type { Value } from '../../src/door/flight.ts';
import type { Kind, View } from '../../schema/view.ts';

/** What stands behind `from`, and the rows that are there. */
export interface Table {
  readonly rows: Rows;
  readonly from: string;
}

/** A table that is read once for all that speak of it: see `Together`. */
interface HeldTable {
  from(): Table;
  text(keys: string): string;
}

/**
 * What goes into one statement besides its text: the values behind the placeholders and the names of the tables. Only
 * identifiers of the catalogue and placeholders ever enter the text.
 */
export class Sql {
  readonly values: Value[] = [];
  readonly live: Reader['live'];
  /** All that it reads from. */
  readonly views: View[] = [];
  /** The rows of any of the parents, where all of them are to be found in one reading of the view. */
  together?: HeldTable;
  readonly #scope: Reader['scope'];
  #dependsOnScope = false;
  #aliases = 0;

  constructor(reader: Reader) {
    this.live = reader.live;
    this.#scope = reader.scope;
  }

  get scope(): Reader['scope'] {
    this.#dependsOnScope = true;
    return this.#scope;
  }

  /** Whether its text or its values may follow from who asks. */
  get dependsOnScope(): boolean {
    return this.#dependsOnScope;
  }

  param(value: Value, type: string): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }

  /** A placeholder of a statement that is planned anew each time it is sent, because it takes another plan to know the value. */
  knownParam(value: Value, type: string): string {
    this.values.push(value);
    return `cast($${this.values.length} as ${type})`;
  }

  alias(): string {
    const alias = `v${this.#aliases}`;
    this.#aliases += 1;
    return alias;
  }

  /** Rows that the statement speaks of by an alias of its own. */
  rows(view: View, alias: string): Rows {
    return new Rows(this, view, alias);
  }

  /** The view itself. Whoever reads one for a caller asks for a `reading`. */
  from(view: View, alias = this.alias()): Table {
    this.views.push(view);
    return { rows: this.rows(view, alias), from: `${this.live.from(view)} ${alias}` };
  }

  /**
   * A sub-select that is looked up row by row. Left to himself, the planner makes a join of it; of a filtering view he believes
   * that it has one row, and then reads the whole view again for each row of the other side: 20 s against 1 s, or worse.
   */
  exists(from: string, conditions: readonly string[], having?: string): string {
    return `exists (select from ${from} where ${all(conditions)}${having === undefined ? '' : ` having ${having}`} offset 0)`;
  }
}

/** Rows of a view, as a statement speaks of them: under an alias. */
export class Rows {
  readonly sql: Sql;
  readonly view: View;
  readonly alias: string;

  constructor(sql: Sql, view: View, alias: string) {
    this.sql = sql;
    this.view = view;
    this.alias = alias;
  }

  column(name: string): SqlColumn {
    const { kind, isNullable, vocabulary } = this.view.columns[name]!;
    const { type, isEnum, collate } = this.sql.live.columnOf(this.view, name);
    const own = `${this.alias}.${quoted(name)}`;
    const sql = collate === '' ? own : `(${own}${collate})`;
    return { sql, kind, isNullable, words: vocabulary?.words, type, isEnum };
  }
}

/** A column of a statement, as this database types it. */
export interface SqlColumn {
  readonly sql: string;
  readonly kind: Kind;
  readonly isNullable: boolean;
  /** Of an enum, those that the catalogue knows. */
  readonly words?: readonly string[] | undefined;
  readonly type: string;
  readonly isEnum: boolean;
}

/** The few column names that are words of SQL too. */
function quoted(name: string): string {
  return ['date', 'timestamp', 'role', 'type', 'name'].includes(name) ? `"${name}"` : name;
}

export function all(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'true' : conditions.join('\n  and ');
}

/** The same as a clause, where there may be no condition at all. */
export function whereAll(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : `\nwhere ${all(conditions)}`;
}
