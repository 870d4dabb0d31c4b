import { createHash } from 'node:crypto';
import pg from 'pg';
import { facts, vocabularies } from '../../catalogue/facts.ts';
import type { Scope } from '../../../src/scope.ts';

/** A value as the oracle thinks of it: a moment is a number of microseconds, everything else is what it looks like. */
export type Value = string | number | bigint | boolean | readonly string[] | null;

export type Row = Readonly<Record<string, Value>>;

/** A row as PostgreSQL writes it. */
export type TextRow = Readonly<Record<string, string | null>>;

/** Every row of the views that one caller is shown, read once and without the graph. */
export interface World {
  readonly scope: Scope;
  rows(view: string): readonly Row[];
  /** The rows whose column is, or holds, the key. */
  withKey(view: string, column: string, key: string): readonly Row[];
  /** The place of a key or a word in the order of the database at hand, which the graph takes as it is. */
  rank(text: string): number;
}

export const viewNames = Object.keys(facts);

export function columnsOf(view: string): string[] {
  return Object.keys(facts[view]!.columns);
}

/** `ID`, `[ID]`, `String`, `Int`, `Float`, `Boolean`, `Date`, `DateTime` or the name of an enum. */
export function typeOf(view: string, column: string): string {
  return facts[view]!.columns[column]!.replaceAll('!', '');
}

export function isNullable(view: string, column: string): boolean {
  return !facts[view]!.columns[column]!.endsWith('!');
}

export function isEnum(type: string): boolean {
  return type in vocabularies;
}

export async function readTexts(url: string, schema: string, scope: Scope): Promise<Map<string, TextRow[]>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const setting = scope.kind === 'unrestricted' ? '*' : scope.orgIds.join(',');
    await client.query(`select set_config('TimeZone', 'UTC', false), set_config('DateStyle', 'ISO, YMD', false)`);
    await client.query(`select set_config('app.allowed_org_ids', $1, false)`, [setting]);
    const texts = new Map<string, TextRow[]>();
    for (const view of viewNames) {
      const columns = columnsOf(view).map((column) => `"${column}"::text as "${column}"`);
      const { rows } = await client.query<TextRow>(`select ${columns.join(', ')} from "${schema}"."${view}"`);
      texts.set(view, rows);
    }
    return texts;
  } finally {
    await client.end();
  }
}

export async function readWorld(
  url: string,
  schema: string,
  scope: Scope = { kind: 'unrestricted' },
  collation = 'default',
): Promise<World> {
  return worldOf(await readTexts(url, schema, scope), url, scope, collation);
}

/** The same of rows that are at hand already. The database is only asked how it sorts keys. */
export async function worldOf(
  texts: ReadonlyMap<string, readonly TextRow[]>,
  url: string,
  scope: Scope,
  collation = 'default',
): Promise<World> {
  const rows = new Map(
    Array.from(texts, ([view, found]) => [
      view,
      found.map((row): Row => Object.fromEntries(columnsOf(view).map((column) => [column, value(view, column, row)]))),
    ]),
  );
  hideForeignRows(rows, scope);
  const ranks = await readRanks(url, collation, rows);
  const indexes = new Map<string, Map<string, Row[]>>();

  return {
    scope,
    rows: (view) => rows.get(view)!,
    withKey(view, column, key) {
      const name = `${view}.${column}`;
      const known = indexes.get(name) ?? indexed(rows.get(view)!, column);
      indexes.set(name, known);
      return known.get(key) ?? [];
    },
    rank(text) {
      const rank = ranks.get(text);
      if (rank === undefined) throw new Error(`${text} has no rank.`);
      return rank;
    },
  };
}

// 1009 is `text[]`, which the types of pg do not name.
const textArray = pg.types.getTypeParser(1009 as never) as (text: string) => string[];

function value(view: string, column: string, row: TextRow): Value {
  const text = row[column]!;
  if (text === null) return null;
  switch (typeOf(view, column)) {
    case 'Int':
    case 'Float':
      return Number(text);
    case 'Boolean':
      return text === 'true';
    case 'DateTime':
      return microseconds(text);
    case '[ID]':
      return textArray(text);
    default:
      return text;
  }
}

/** Takes `2026-06-17 09:55:00.5+00`, which is UTC with or without saying so, and `2026-06-17T11:55:00.5+02:00`. */
export function microseconds(text: string): bigint {
  const parts = /^(\d{4,}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(Z|[+-]\d\d(?::?\d\d)?)?$/.exec(text);
  if (!parts) throw new Error(`${text} is no moment.`);
  const [, day, time, fraction = '', zone = 'Z'] = parts;
  const offset = zone.length === 3 ? `${zone}:00` : zone;
  return BigInt(Date.parse(`${day}T${time}${offset}`)) * 1000n + BigInt(fraction.padEnd(6, '0'));
}

/** What the graph adds to the views: whose school, and whose student, a scoped caller may see. */
function hideForeignRows(rows: Map<string, Row[]>, scope: Scope): void {
  if (scope.kind === 'unrestricted') return;
  const isOwn = (id: Value | undefined) => typeof id === 'string' && scope.orgIds.includes(id);
  const students = new Set(rows.get('students')!.map((row) => row['id']));
  const parents = new Map(rows.get('schools')!.map((row) => [row['id'], row['parent_id']]));
  const ofOwnSchool = (id: Value | undefined) =>
    isOwn(id) || (id !== undefined && id !== null && isOwn(parents.get(id)));
  const keep = (view: string, passes: (row: Row) => boolean) => rows.set(view, rows.get(view)!.filter(passes));
  for (const view of viewNames) {
    const { policy } = facts[view]!;
    if (policy === 'student') keep(view, (row) => students.has(row['student_id']));
    if (policy === 'school') keep(view, (row) => ofOwnSchool(row[view === 'schools' ? 'id' : 'school_id']));
  }
}

function indexed(rows: readonly Row[], column: string): Map<string, Row[]> {
  const index = new Map<string, Row[]>();
  for (const row of rows) {
    const held = row[column] as string | readonly string[] | null;
    for (const key of new Set(typeof held === 'string' ? [held] : (held ?? []))) {
      const found = index.get(key) ?? [];
      index.set(key, found);
      found.push(row);
    }
  }
  return index;
}

async function readRanks(url: string, collation: string, rows: Map<string, Row[]>): Promise<Map<string, number>> {
  const words = new Set<string>();
  for (const [view, held] of rows) {
    const columns = columnsOf(view).filter((column) => typeOf(view, column) === 'ID' || isEnum(typeOf(view, column)));
    for (const row of held) for (const column of columns) if (row[column] !== null) words.add(row[column] as string);
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const sorted = await client.query<{ word: string }>(
      `select word from unnest($1::text[]) as word order by word collate "${collation}"`,
      [[...words]],
    );
    return new Map(sorted.rows.map(({ word }, index) => [word, index]));
  } finally {
    await client.end();
  }
}

export function fieldOf(column: string): string {
  return column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

const enumNames: Readonly<Record<string, string>> = {
  active: 'ACTIVE',
  inactive: 'INACTIVE',
  tobedeleted: 'TO_BE_DELETED',
  homeroom: 'HOMEROOM',
  scheduled: 'SCHEDULED',
  NotStarted: 'NOT_STARTED',
  InProgress: 'IN_PROGRESS',
  Completed: 'COMPLETED',
  POSITIVE: 'POSITIVE',
  NEGATIVE: 'NEGATIVE',
  teacher: 'TEACHER',
  principal: 'PRINCIPAL',
  primary_role: 'PRIMARY_ROLE',
  secondary_role: 'SECONDARY_ROLE',
  enrollment: 'ENROLLMENT',
};

/** A word of the database as the graph writes it. */
export function enumName(word: string): string {
  return enumNames[word] ?? 'OTHER';
}

/** A value as the graph has to show it. */
export function shown(view: string, column: string, held: Value): unknown {
  if (held === null) return null;
  if (typeof held === 'bigint') return moment(held);
  if (typeof held === 'number' && !Number.isFinite(held)) return null;
  if (isEnum(typeOf(view, column))) return enumName(held as string);
  return held;
}

/** `2026-06-17T09:55:00.000Z`; six digits where three do not hold it. */
function moment(micros: bigint): string {
  const rest = ((micros % 1000n) + 1000n) % 1000n;
  const text = new Date(Number((micros - rest) / 1000n)).toISOString();
  return rest === 0n ? text : text.replace('Z', `${String(rest).padStart(3, '0')}Z`);
}

export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
