import type { Kind } from '../../schema/view.ts';

const idTypes = ['uuid', 'text', 'varchar', 'citext'];
const numberTypes = ['int2', 'int4', 'int8', 'numeric', 'float4', 'float8'];
const textTypes = ['text', 'varchar', 'citext', 'enum'];

/** PostgreSQL types in which a foreign database may keep a column of this kind. Anything else in its place is drift. */
const types: Record<Kind, readonly string[]> = {
  id: idTypes,
  ids: ['_uuid', '_text', '_varchar'],
  text: textTypes,
  prose: textTypes,
  enum: textTypes,
  int: numberTypes,
  float: numberTypes,
  boolean: ['bool'],
  date: ['date'],
  dateTime: ['timestamptz', 'timestamp'],
};

export function fits(kind: Kind, pgType: string): boolean {
  return types[kind].includes(pgType);
}

export function fittingTypes(kind: Kind): readonly string[] {
  return types[kind];
}
