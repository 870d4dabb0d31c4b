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

/**
 * Rows on their way into a source table, column by column: a quarter of a million small objects would keep the garbage
 * collector busy for as long as it takes to invent them, and the columns are what goes to PostgreSQL anyway.
 */
class Columns {
  readonly names = new Map<string, Cell[]>();
  count = 0;

  add(row: SourceRow): void {
    for (const name in row) {
      if (!this.names.has(name))
        this.names.set(
          name,
          Array.from({ length: this.count }, () => null),
        );
    }
    for (const [name, cells] of this.names) cells.push(row[name] ?? null);
    this.count += 1;
  }
}

/** What goes into the source tables, table by table, in the order in which it was added. */
export class Dataset {
  readonly #tables = new Map<SourceTable, Columns>(sourceTables.map((table) => [table, new Columns()]));

  add(table: SourceTable, row: SourceRow): void {
    this.#tables.get(table)?.add(row);
  }

  async write(client: ClientBase): Promise<void> {
    const types = await columnTypes(client);
    for (const [table, columns] of this.#tables) {
      for (let start = 0; start < columns.count; start += rowsAStatement) {
        const part = [...columns.names].map(
          ([name, cells]) => [name, cells.slice(start, start + rowsAStatement)] as const,
        );
        await insert(client, table, part, types);
      }
    }
  }
}

const rowsAStatement = 10_000;

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
async function insert(
  client: ClientBase,
  table: SourceTable,
  columns: readonly (readonly [name: string, cells: readonly Cell[]])[],
  types: ColumnTypes,
): Promise<void> {
  const arrays = columns.map(([name], index) => {
    const type = types.get(`${table}.${name}`);
    if (type === undefined) throw new Error(`${table} has no column ${name}`);
    return `$${index + 1}::${type}[]`;
  });
  await client.query(
    `insert into ${table} (${columns.map(([name]) => `"${name}"`).join(', ')})
     select *
     from unnest(${arrays.join(', ')})`,
    columns.map(([, cells]) => cells),
  );
}
