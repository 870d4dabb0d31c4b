/**
 * Holds a live database against the catalogue. The views are somebody else's: what the graph expects of them is written down
 * once, and this says, view by view, where the database differs.
 */
import pg from 'pg';
import type { View } from '../schema/view.ts';
import { views } from '../schema/views/index.ts';
import { ask, notReadable, statementMs, unanswered, within, type Look } from './check/asking.ts';
import type { Finding } from './check/finding.ts';
import { missingGrant, namesOf } from './check/grants.ts';
import { brokenPromisesOf, repeatsOf, type WholeView } from './check/promises.ts';
import { findingsAround } from './check/surroundings.ts';
import { holdsPasswordOf } from './config/databaseUrl.ts';
import { connectTo } from './database/connect.ts';
import { fits, fittingTypes } from './database/types.ts';
import { liveColumns, ownPath, searchPathOf, typeToFit, type LiveColumn } from './door/liveColumns.ts';

export interface CheckOptions {
  readonly url: string;
  readonly schema: string;
  readonly setting: { readonly name: string; readonly unrestrictedValue: string };
}

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
    const sound = new Map([...columns].filter(([column]) => !drift.some((one) => one.column === column)));
    if (grant !== undefined) findings.push(notReadable(view, `Permission is denied. What helps: ${grant}.`));
    else findings.push(...(await readabilityOf(client, view, look, sound)));
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
  sound: ReadonlyMap<string, LiveColumn>,
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
  const whole: WholeView = { view, from, ask: async (text) => ask(client, look, look.setting.unrestrictedValue, text) };
  if (view.grain.length > 0 && view.grain.every((column) => sound.has(column)))
    findings.push(...(await repeatsOf(whole)));
  // What failed once as a whole would fail again.
  if (findings.some(({ kind }) => kind === 'view not readable')) return findings;
  return [...findings, ...(await brokenPromisesOf(whole, sound))];
}
