/** How a column is written, where its type would do something of its own. */
import type { SqlColumn } from './sql.ts';

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

export function asText({ sql, type }: Pick<SqlColumn, 'sql' | 'type'>): string {
  return type === 'text' || type === 'varchar' ? sql : `${sql}::text`;
}

export function castArray({ sql, type }: SqlColumn, element: string): string {
  return type === `_${element}` ? sql : `${sql}::${element}[]`;
}
