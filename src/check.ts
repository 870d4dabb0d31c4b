/**
 * Holds a live database against the catalogue. The views are somebody else's: what the graph expects of them is written down
 * once, and this says, view by view, where the database differs.
 */
import pg from 'pg';
import type { View } from '../schema/view.ts';
import { views } from '../schema/views/index.ts';
import { missingGrant, namesOf } from './check/grants.ts';
import { findingsAround } from './check/surroundings.ts';
import { whereUnshown } from './check/unshown.ts';
import { holdsPasswordOf } from './config/databaseUrl.ts';
import { connectTo } from './database/connect.ts';
import { fits, fittingTypes } from './database/types.ts';
import { liveColumns, ownPath, searchPathOf, typeToFit, type LiveColumn } from './door/liveColumns.ts';

export type FindingKind =
  | 'unreachable'
  | 'schema missing'
  | 'schema open'
  | 'encoding'
  | 'view missing'
  | 'view not readable'
  | 'column missing'
  | 'column retyped'
  | 'scope column lost'
  | 'scope not applied'
  | 'grain not unique'
  | 'column has nulls'
  | 'column out of range'
  | 'not proven';

export interface Finding {
  readonly kind: FindingKind;
  /** A warning is served all the same. */
  readonly severity: 'error' | 'warning';
  readonly view?: string;
  readonly column?: string;
  readonly message: string;
}

export interface CheckOptions {
  readonly url: string;
  readonly schema: string;
  readonly setting: { readonly name: string; readonly unrestrictedValue: string };
}

interface Look extends CheckOptions {
  readonly searchPath: string;
}

/** Enough for a grouped count over a large view; what takes longer is reported as not proven, and not waited for. */
const statementMs = 30_000;

export async function checkDatabase(options: CheckOptions): Promise<readonly Finding[]> {
  let client: pg.Client | undefined;
  try {
    client = await connectTo(options.url, {
      connectionTimeoutMillis: 5_000,
      query_timeout: statementMs + 5_000,
      application_name: 'timeback-graph check',
    });
    return await findingsOf(client, options);
  } catch (error) {
    return [unreachable(error, options.url)];
  } finally {
    await client?.end().catch(() => undefined);
  }
}

/** What has no code is said in the words of the client, which are for operators: a password that is missing, a server without TLS. */
function unreachable(error: unknown, url: string): Finding {
  const { message = '', code } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  const words = code ?? (holdsPasswordOf(url, message) ? '' : message.replace(/\.$/, ''));
  const why = words === '' ? '' : ` (${words})`;
  return { kind: 'unreachable', severity: 'error', message: `The database cannot be reached or read${why}.` };
}

async function findingsOf(client: pg.Client, options: CheckOptions): Promise<readonly Finding[]> {
  const { live, isThere, names } = await within(client, ownPath, async () => ({
    live: await learn(client, options.schema),
    isThere: await hasSchema(client, options.schema),
    names: await namesOf(client, options.schema),
  }));
  if (!isThere) {
    return [{ kind: 'schema missing', severity: 'error', message: 'There is no such schema in this database.' }];
  }
  const known = views.flatMap(({ name, columns }) =>
    Object.keys(columns).flatMap((column) => live.get(name)?.get(column) ?? []),
  );
  const look: Look = { ...options, searchPath: searchPathOf(known) };
  const findings = [...(await within(client, look.searchPath, () => findingsAround(client, look.searchPath)))];
  for (const view of views) {
    const columns = live.get(view.name);
    if (!columns) {
      findings.push({ kind: 'view missing', severity: 'error', view: view.name, message: 'There is no such view.' });
      continue;
    }
    const drift = driftOf(view, columns);
    const grant = missingGrant(view, columns, names);
    findings.push(...drift);
    if (grant !== undefined) findings.push(notReadable(view, `Permission is denied. What helps: ${grant}.`));
    else findings.push(...(await readabilityOf(client, view, look, columns, drift)));
  }
  return findings;
}

async function hasSchema(client: pg.Client, schema: string): Promise<boolean> {
  const { rowCount } = await client.query('select 1 from pg_catalog.pg_namespace where nspname = $1', [schema]);
  return rowCount === 1;
}

async function learn(client: pg.Client, schema: string): Promise<ReadonlyMap<string, ReadonlyMap<string, LiveColumn>>> {
  const { rows } = await client.query<LiveColumn>(liveColumns, [schema]);
  const live = new Map<string, Map<string, LiveColumn>>();
  for (const row of rows) {
    const columns = live.get(row.view) ?? new Map<string, LiveColumn>();
    live.set(row.view, columns.set(row.column, row));
  }
  return live;
}

function driftOf(view: View, live: ReadonlyMap<string, LiveColumn>): Finding[] {
  const unknown = [...live.keys()].filter((column) => !(column in view.columns));
  const findings: Finding[] = [];
  for (const [column, { kind }] of Object.entries(view.columns)) {
    const found = live.get(column);
    if (!found) {
      const isScope = column === 'org_ids';
      const hint = unknown.length === 0 ? '' : ` Columns that the catalogue does not know: ${unknown.join(', ')}.`;
      findings.push({
        kind: isScope ? 'scope column lost' : 'column missing',
        severity: 'error',
        view: view.name,
        column,
        message: `${isScope ? 'The column that scopes rows is gone.' : 'There is no such column.'}${hint}`,
      });
    } else if (!fits(kind, typeToFit(found))) {
      const message = `It is ${typeToFit(found)}; ${fittingTypes(kind).join(', ')} can be served.`;
      findings.push({ kind: 'column retyped', severity: 'error', view: view.name, column, message });
    }
  }
  return findings;
}

/** What can only be said by reading: that it may be read at all, that it hides its rows, that they keep what is promised of them. */
async function readabilityOf(
  client: pg.Client,
  view: View,
  look: Look,
  live: ReadonlyMap<string, LiveColumn>,
  drift: readonly Finding[],
): Promise<readonly Finding[]> {
  const from = `${client.escapeIdentifier(look.schema)}.${client.escapeIdentifier(view.name)}`;
  const any = await ask(client, look, '', `select 1 from ${from} limit 1`);
  if (!Array.isArray(any))
    return [unanswered(view, any, 'Whether it hides its rows from a caller without organisations')];
  const findings: Finding[] = [];
  if (view.scope === 'rows' && any.length > 0) {
    const message = 'It shows rows to a caller without organisations.';
    findings.push({ kind: 'scope not applied', severity: 'error', view: view.name, message });
  }
  const isThere = (column: string) => !drift.some((one) => one.column === column);
  const ofAll = async (select: string) => ask(client, look, look.setting.unrestrictedValue, select);
  if (view.grain.length > 0 && view.grain.every(isThere)) findings.push(...(await repeatsOf(view, from, ofAll)));
  // What failed once as a whole would fail again.
  if (findings.some(({ kind }) => kind === 'view not readable')) return findings;
  return [...findings, ...(await brokenPromisesOf(view, from, live, isThere, ofAll))];
}

async function repeatsOf(view: View, from: string, ofAll: (select: string) => Promise<Asked>): Promise<Finding[]> {
  const grain = view.grain.map((column) => pg.escapeIdentifier(column)).join(', ');
  const repeated = await ofAll(`select 1 from ${from} group by ${grain} having count(*) > 1 limit 1`);
  if (!Array.isArray(repeated)) return [unanswered(view, repeated, `Whether (${grain}) is unique`)];
  if (repeated.length === 0) return [];
  const severity = view.mayRepeat ? 'warning' : 'error';
  const message = `(${view.grain.join(', ')}) is on more than one row.`;
  return [{ kind: 'grain not unique', severity, view: view.name, message }];
}

/** What rows hold against what is promised of them. Lists can be sorted by any column that is never null, and look for no nulls in it. */
async function brokenPromisesOf(
  view: View,
  from: string,
  live: ReadonlyMap<string, LiveColumn>,
  isThere: (column: string) => boolean,
  ofAll: (select: string) => Promise<Asked>,
): Promise<Finding[]> {
  const promises = Object.entries(view.columns).flatMap(([column, facts]) => {
    if (facts.kind === 'ids' || !isThere(column)) return [];
    const name = pg.escapeIdentifier(column);
    const unshown = whereUnshown(facts, live.get(column)!.type, name);
    return [
      ...(facts.isNullable ? [] : [{ column, kind: 'column has nulls', is: `${name} is null` } as const]),
      ...(unshown === undefined ? [] : [{ column, kind: 'column out of range', is: unshown } as const]),
    ];
  });
  if (promises.length === 0) return [];
  const found = await ofAll(`select ${promises.map(({ is }) => `bool_or(${is})`).join(', ')} from ${from}`);
  if (!Array.isArray(found)) return [unanswered(view, found, 'Whether columns that are never null hold no nulls')];
  return promises
    .filter((_, index) => found[0]![index] === true)
    .map(({ column, kind }) => ({ kind, severity: 'warning', view: view.name, column, message: brokenPromises[kind] }));
}

const brokenPromises = {
  'column has nulls':
    'It is null on some rows. Lists show them with an error, and may lose them where they are sorted by it.',
  'column out of range':
    'It is too large, not whole or no number on some rows, or no day of the calendar. Lists show them with an error.',
} as const;

function notReadable(view: View, message: string): Finding {
  return { kind: 'view not readable', severity: 'error', view: view.name, message };
}

/** A select that took too long, or that fails although it is granted, with the code that PostgreSQL gives it. */
function unanswered(view: View, asked: Unanswered, what: string): Finding {
  if (asked === 'late') {
    const message = `${what} could not be read in ${statementMs / 1_000} seconds.`;
    return { kind: 'not proven', severity: 'warning', view: view.name, message };
  }
  const why = reasons[asked.refused] ?? '';
  return notReadable(view, `A select on it fails (${asked.refused})${why}.`);
}

const looksElsewhere = ': it may look by bare names for what is not in pg_catalog';

const reasons: Readonly<Record<string, string>> = {
  42501: ': permission is denied to something that the view reads',
  '42P01': looksElsewhere,
  42883: looksElsewhere,
};

/** Rows, or why there are none. */
type Asked = unknown[][] | Unanswered;
type Unanswered = 'late' | { readonly refused: string };

/** One select under a scope that ends with its transaction. */
async function ask(client: pg.Client, look: Look, value: string, text: string): Promise<Asked> {
  try {
    return await within(client, look.searchPath, async () => {
      await client.query(`select set_config('statement_timeout', $1, true), set_config($2, $3, true)`, [
        String(statementMs),
        look.setting.name,
        value,
      ]);
      const { rows } = await client.query<unknown[]>({ text, rowMode: 'array' });
      return rows;
    });
  } catch (error) {
    // What the server says about this statement is a finding about this view; anything else is about the connection.
    if (!(error instanceof pg.DatabaseError)) throw error;
    return error.code === '57014' ? 'late' : { refused: error.code ?? 'without a code' };
  }
}

/** In a transaction that looks names up where those of the door do. */
async function within<T>(client: pg.Client, searchPath: string, work: () => Promise<T>): Promise<T> {
  await client.query('begin read only');
  try {
    await client.query(`select pg_catalog.set_config('search_path', $1, true)`, [searchPath]);
    return await work();
  } finally {
    await client.query('rollback');
  }
}
