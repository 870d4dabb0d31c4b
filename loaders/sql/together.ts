import type { View } from '../../schema/view.ts';
import { castArray, operandType } from './column.ts';
import { Rows, type Sql, type SqlColumn, type Table } from './sql.ts';

/**
 * The rows that any of several parents has. Where a row holds its parents in an array, no index leads from a parent to it, and
 * each parent would have the whole view made anew. So it is made once, with the columns that are asked for.
 */
export class Together {
  readonly #sql: Sql;
  readonly #view: View;
  readonly #column: string;
  readonly #columns = new Set<string>();

  constructor(sql: Sql, view: View, column: string) {
    this.#sql = sql;
    this.#view = view;
    this.#column = column;
  }

  from(): Table {
    const rows = new HeldRows(this.#sql, this.#view, this.#columns);
    return { rows, from: `held ${rows.alias}` };
  }

  /** To be called last: which columns it needs is known when all that reads from it is written. */
  text(keys: string): string {
    const { rows, from } = this.#sql.from(this.#view, 'h');
    const columns = Array.from(this.#columns, (name) => rows.column(name).sql);
    const key = rows.column(this.#column);
    return `with held as materialized (
select ${columns.join(', ')}
from ${from}
where ${castArray(key, operandType(key))} && ${keys}
)
`;
  }
}

/** Rows that note which of their columns are spoken of. */
class HeldRows extends Rows {
  readonly #columns: Set<string>;

  constructor(sql: Sql, view: View, columns: Set<string>) {
    super(sql, view, sql.alias());
    this.#columns = columns;
  }

  override column(name: string): SqlColumn {
    this.#columns.add(name);
    return super.column(name);
  }
}
