import type { ClientBase } from 'pg';

export type Cell = string | number | boolean | null;
export type SourceRow = Readonly<Record<string, Cell>>;

/** The tables under the views, each after the tables that it refers to. */
export const sourceTables = [
  'one_roster_organization',
  'one_roster_user',
  'one_roster_role',
  'one_roster_user_agent',
  'one_roster_course',
  'one_roster_class',
  'one_roster_enrollment',
  'placement_grade',
  'cf_document',
  'cf_subject',
  'cf_item',
  'cf_item_subject',
  'one_roster_class_subject',
  'one_roster_class_grade',
  'placement_student_subject_placement',
  'gradebook_assessment_result',
  'lti_application',
  'lti_application_curriculum_scope',
  'lti_application_subject',
  'clr_achievement',
  'clr_achievement_credential',
  'caliper_entity',
  'caliper_assignable_digital_resource',
  'caliper_assessment',
  'caliper_assessment_item',
  'caliper_resource_relation',
  'caliper_session',
  'caliper_attempt',
  'caliper_score',
  'caliper_event',
  'insights_type',
  'insights_config',
  'insights_session',
  'insights_insight',
  'insights_review',
  'insights_recommendation',
  'tb_xp_ledger',
] as const;

export type SourceTable = (typeof sourceTables)[number];

/** Rows on their way into the source tables, in the order in which they were added. */
export class Dataset {
  readonly #rows = new Map<SourceTable, SourceRow[]>(sourceTables.map((table) => [table, []]));

  add(table: SourceTable, ...rows: SourceRow[]): void {
    this.rows(table).push(...rows);
  }

  rows(table: SourceTable): SourceRow[] {
    const rows = this.#rows.get(table);
    if (rows === undefined) throw new Error(`No source table is called ${table}`);
    return rows;
  }

  /** Puts the rows of a table into the order in which they happened, as a table that grows day by day has them. */
  sort(table: SourceTable, column: string): void {
    const time = (row: SourceRow) => String(row[column] ?? '');
    this.rows(table).sort((a, b) => (time(a) < time(b) ? -1 : time(a) > time(b) ? 1 : 0));
  }

  async write(client: ClientBase): Promise<void> {
    const types = await columnTypes(client);
    for (const table of sourceTables) {
      for (const chunk of chunks(this.rows(table))) await insert(client, table, chunk, types);
    }
  }
}

type ColumnTypes = ReadonlyMap<string, string>;

/** `table.column` to its type, so that the arrays below are read as what the columns hold. */
async function columnTypes(client: ClientBase): Promise<ColumnTypes> {
  const { rows } = await client.query<{ name: string; type: string }>(
    `select attrelid::regclass::text || '.' || attname as name,
       format_type(atttypid, atttypmod) as type
     from pg_attribute
     where attrelid = any (select to_regclass(t) from unnest($1::text[]) as t)
       and attnum > 0
       and not attisdropped`,
    [sourceTables],
  );
  return new Map(rows.map(({ name, type }) => [name, type]));
}

/** One array a column costs half the time of one JSON document a row. */
async function insert(client: ClientBase, table: SourceTable, rows: readonly SourceRow[], types: ColumnTypes) {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const arrays = columns.map((column, index) => {
    const type = types.get(`${table}.${column}`);
    if (type === undefined) throw new Error(`${table} has no column ${column}`);
    return `$${index + 1}::${type}[]`;
  });
  await client.query(
    `insert into ${table} (${columns.map((column) => `"${column}"`).join(', ')})
     select *
     from unnest(${arrays.join(', ')})`,
    columns.map((column) => rows.map((row) => row[column] ?? null)),
  );
}

const chunkSize = 10_000;

function* chunks(rows: readonly SourceRow[]): Generator<readonly SourceRow[]> {
  for (let start = 0; start < rows.length; start += chunkSize) yield rows.slice(start, start + chunkSize);
}
