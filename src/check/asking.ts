/** How a live database is asked: as the door asks it, one transaction after the other. */
import pg from 'pg';
import type { View } from '../../schema/view.ts';
import type { Finding } from './finding.ts';

/** Where the views are, where names are looked up meanwhile, and what says whose rows are read. */
export interface Look {
  readonly schema: string;
  readonly searchPath: string;
  readonly setting: { readonly name: string; readonly unrestrictedValue: string };
}

/** Rows, or why there are none. */
export type Asked = unknown[][] | Unanswered;
type Unanswered = 'late' | { readonly refused: string };

/** Enough for a grouped count over a large view; what takes longer is reported as not proven, and not waited for. */
export const statementMs = 30_000;

/** One select under a scope that ends with its transaction. */
export async function ask(client: pg.Client, look: Look, value: string, text: string): Promise<Asked> {
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
export async function within<T>(client: pg.Client, searchPath: string, work: () => Promise<T>): Promise<T> {
  await client.query('begin read only');
  try {
    await client.query(`select pg_catalog.set_config('search_path', $1, true)`, [searchPath]);
    return await work();
  } finally {
    await client.query('rollback');
  }
}

export function notReadable(view: View, message: string): Finding {
  return { kind: 'view not readable', severity: 'error', view: view.name, message };
}

/** A select that took too long, or that fails although it is granted, with the code that PostgreSQL gives it. */
export function unanswered(view: View, asked: Unanswered, what: string): Finding {
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
