import { badInput } from '../../src/failures.ts';
import type { Reader } from '../../src/door/reader.ts';
import type { Value } from '../../src/door/flight.ts';
import { isUuid, uuidPattern } from '../../src/uuid.ts';
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

/** The type to which operands for this column are cast. The column itself never is. */
export function operandType({ kind, type }: Pick<SqlColumn, 'kind' | 'type'>): string {
  switch (kind) {
    case 'id':
      return type === 'uuid' || type === 'citext' ? type : 'text';
    case 'ids':
      return type === '_uuid' ? 'uuid' : 'text';
    case 'int':
      if (type.startsWith('int')) return 'int8';
      return type.startsWith('float') ? 'float8' : 'numeric';
    case 'float':
      return type.startsWith('float') ? 'float8' : 'numeric';
    case 'boolean':
      return 'bool';
    case 'date':
      return 'date';
    case 'dateTime':
      return 'timestamptz';
    default:
      return 'text';
  }
}

/** The column as operands compare with it, where its type would compare in a way of its own. */
export function comparable({ sql, kind, type, isEnum }: SqlColumn): string {
  if (kind === 'text' || kind === 'prose' || kind === 'enum') return type === 'citext' || isEnum ? `${sql}::text` : sql;
  // 0.1 as float4 is another number than 0.1 as float8; their texts are the same.
  if (type === 'float4') return `${sql}::text::float8`;
  return sql;
}

/** Two ids in a `citext` column that differ in case are two ids: nothing must take them for one. */
export function asWritten(column: SqlColumn): SqlColumn {
  return column.type === 'citext' ? { ...column, sql: `${column.sql}::text`, type: 'text' } : column;
}

/**
 * The column as far as an answer can hold it: to JSON, NaN and infinity are nothing, and so are years that four digits cannot write
 * to dates. What is reckoned from a column is reckoned from this, so that it agrees with the rows that are shown.
 */
export function answerable(column: SqlColumn): SqlColumn {
  const { sql } = column;
  const isAnswerable = whereAnswerable(column);
  return isAnswerable === undefined ? column : { ...column, sql: `case when ${isAnswerable} then ${sql} end` };
}

function whereAnswerable({ sql, kind, type }: SqlColumn): string | undefined {
  if (kind === 'date') return `${sql} between '0001-01-01' and '9999-12-31'`;
  if (kind === 'dateTime') return `${sql} between '0001-01-01' and '9999-12-31 23:59:59.999999'`;
  if (type.startsWith('float')) return `${sql} > '-Infinity' and ${sql} < 'Infinity'`;
  // Of decimals NaN and infinity alone have none, and to ask for it is a third of the work of comparing.
  return type === 'numeric' ? `scale(${sql}) is not null` : undefined;
}

/** Floating numbers come to another sum in another order; as the decimals that are shown, they never do. */
export function exact({ sql, type }: SqlColumn): string {
  return type.startsWith('float') ? `${sql}::text::numeric` : sql;
}

/** The moment that a time stands for: without a zone in the database, it is read as UTC. */
export function momentOf({ sql, type }: SqlColumn): string {
  return type === 'timestamp' ? `(${sql} at time zone 'UTC')` : sql;
}

/** A placeholder for one operand. A time without zone in the database is read as UTC. */
export function operand(sql: Sql, column: SqlColumn, word: string): string {
  refuseNul(word);
  const param = sql.param(word, operandType(column));
  return column.type === 'timestamp' ? `(${param} at time zone 'UTC')` : param;
}

function refuseNul(word: string): void {
  if (word.includes('\0'))
    throw badInput('A text contains the character U+0000, which no text of the database contains.');
}

/** Ids that the column can hold: what is no UUID is in no `uuid` column, and so it is not found, which is no error. */
export function possibleIds({ type }: Pick<SqlColumn, 'type'>, ids: readonly string[]): readonly string[] {
  const isPossible = type === 'uuid' || type === '_uuid' ? isUuid : hasNoNull;
  // Usually all of them are, and the list that came in is the one that goes out.
  return ids.every(isPossible) ? ids : ids.filter(isPossible);
}

/**
 * The same of ids that other rows hold. A UUID in capitals is not what the column would write: to find it from here, and not from
 * there, where it is compared as a text, would be half an answer.
 */
export function recordedIds(column: Pick<SqlColumn, 'type'>, ids: readonly string[]): readonly string[] {
  const possible = possibleIds(column, ids);
  if (column.type !== 'uuid' && column.type !== '_uuid') return possible;
  return possible.filter((id) => id === id.toLowerCase());
}

const hasNoNull = (id: string) => !id.includes('\0');

/** The column is one of the words. */
export function isOneOf(
  sql: Sql,
  column: SqlColumn,
  words: readonly string[],
  listed = (list: readonly string[], type: string) => sql.param(list, type),
): string {
  const found = column.kind === 'id' ? possibleIds(column, words) : words;
  if (found.length === 0) return 'false';
  if (found.length === 1) {
    const equal = `${comparable(column)} = ${operand(sql, column, found[0]!)}`;
    return isCaseless(column) ? `(${equal} and ${column.sql}::text = ${sql.param(found[0]!, 'text')})` : equal;
  }
  if (column.type === 'timestamp') return `(${found.map((word) => isOneOf(sql, column, [word])).join(' or ')})`;
  for (const word of found) refuseNul(word);
  const any = `${comparable(column)} = any(${listed(found, `${operandType(column)}[]`)})`;
  return isCaseless(column) ? `(${any} and ${column.sql}::text = any(${listed(found, 'text[]')}))` : any;
}

/** Ids in a `citext` column: its own comparison finds them by the index, the text tells one spelling from another. */
function isCaseless({ kind, type }: SqlColumn): boolean {
  return kind === 'id' && type === 'citext';
}

/**
 * Two columns hold the same key. The inner one is the one to look up, and stays as it is, so that its index serves; the outer
 * one is cast to its type, and what cannot be cast equals nothing. Nor does a UUID in capitals, as in `recordedIds`.
 */
export function sameKey(inner: SqlColumn, outer: SqlColumn): string {
  if (outer.kind === 'ids') {
    const type = inner.type === 'uuid' && outer.type === '_uuid' ? 'uuid' : 'text';
    return `${type === 'uuid' ? inner.sql : asText(inner)} = any(${castArray(outer, type)})`;
  }
  if (inner.kind === 'ids') {
    const type = outer.type === 'uuid' && inner.type === '_uuid' ? 'uuid' : 'text';
    return `${castArray(inner, type)} @> array[${outer.type === type ? outer.sql : `${outer.sql}::text`}]`;
  }
  if (inner.type === outer.type && inner.type !== 'citext') return `${inner.sql} = ${outer.sql}`;
  if (inner.type === 'uuid') {
    return `${inner.sql} = (case when ${outer.sql}::text ~ '${uuidPattern}' then ${outer.sql}::text::uuid end)`;
  }
  if (inner.type === 'citext') {
    return `(${inner.sql} = ${outer.sql}::text::citext and ${inner.sql}::text = ${outer.sql}::text)`;
  }
  return `${inner.sql} = ${asText(outer)}`;
}

export function asText({ sql, type }: Pick<SqlColumn, 'sql' | 'type'>): string {
  return type === 'text' || type === 'varchar' ? sql : `${sql}::text`;
}

export function castArray({ sql, type }: SqlColumn, element: string): string {
  return type === `_${element}` ? sql : `${sql}::${element}[]`;
}
