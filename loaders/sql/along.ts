import type { View } from '../../schema/view.ts';
import type { Way, WayFromKey } from '../../schema/ways.ts';
import { reading, type Reading } from './policy.ts';
import { asWritten } from './column.ts';
import { sameKey } from './keys.ts';
import { all, type Rows, type Sql, type SqlColumn } from './sql.ts';

export interface Along {
  /** That a column at the near end of the way holds the key from which it starts. */
  readonly meets: (column: SqlColumn) => string;
  /** What else is asked of the rows. */
  readonly own?: (rows: Rows) => readonly string[];
  /** That a relationship holds, where one is crossed or listed. */
  readonly holds?: (rows: Rows) => readonly string[];
  /** How the rows are read, if not from the view. */
  readonly read?: (target: View) => Reading;
}

const nothing = () => [];

/** The rows to which a way to one view leads, as far as they are visible, each once, however many bridge rows lead there. */
export function rowsAlong(
  sql: Sql,
  { targets, to: ends, through }: WayFromKey,
  { meets, own = nothing, holds = nothing, read = (target) => reading(sql, target) }: Along,
): Reading {
  const { rows, from, conditions } = read(targets[0]!);
  const asked = [...conditions, ...own(rows)];
  const to = rows.column(ends[0]!);
  if (!through) return { rows, from, conditions: [meets(to), ...asked, ...holds(rows)] };

  // Across a bridge: first the keys on its other side, once each, then the row of each key. Filtering views are fences for
  // the planner, who looks a row up behind one only if it is asked for from the side.
  const bridge = reading(sql, through.view);
  const far = asWritten(bridge.rows.column(through.far));
  const crossed = all([meets(bridge.rows.column(through.near)), ...bridge.conditions, ...holds(bridge.rows)]);
  const beside = all([sameKey(to, { ...far, sql: 'b.key' }), ...asked]);
  const { alias } = rows;
  return {
    rows,
    from: `(select distinct ${far.sql} as key from ${bridge.from} where ${crossed}) b
  cross join lateral (select ${alias}.* from ${from} where ${beside} offset 0) ${alias}`,
    conditions: [],
  };
}

/** The row that a way to one leads to, looked up from the side of a row; what is not visible is not there. */
export function rowBeside(rows: Rows, way: Way) {
  const inner = reading(rows.sql, way.targets[0]!);
  const outer = rows.sql.alias();
  const same = sameKey(inner.rows.column(way.to[0]!), rows.column(way.from));
  const conditions = all([same, ...inner.conditions]);
  return {
    /** Columns of the row are selected by this one … */
    inner: inner.rows,
    /** … and what has been selected is spoken of by that. */
    alias: outer,
    join: (selected: string, joins = '') =>
      `left join lateral (select ${selected} from ${inner.from}${joins} where ${conditions} limit 1) ${outer} on true`,
  };
}
