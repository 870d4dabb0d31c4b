import type { View } from '../../schema/view.ts';
import { castArray, operandType, type Sql } from './sql.ts';

/**
 * The rows that any of several parents has. Where a row holds its parents in an array, no index leads from a parent to it, and
 * each parent would have the whole view made anew. So it is made once, with the columns that are asked for.
 */
export class Together {
  readonly #sql: Sql;
  readonly #view: View;
  readonly #column: string;
  readonly #aliases = new Set<string>();
  readonly #columns = new Set<string>();

  constructor(sql: Sql, view: View, column: string) {
    this.#sql = sql;
    this.#view = view;
    this.#column = column;
  }

  from(): { alias: string; from: string } {
    const alias = this.#sql.alias();
    this.#aliases.add(alias);
    return { alias, from: `held ${alias}` };
  }

  note(alias: string, name: string): void {
    if (this.#aliases.has(alias)) this.#columns.add(name);
  }

  /** To be called last: which columns it needs is known when all that reads from it is written. */
  text(keys: string): string {
    const columns = Array.from(this.#columns, (name) => this.#sql.column(this.#view, 'h', name).sql);
    const key = this.#sql.column(this.#view, 'h', this.#column);
    return `with held as materialized (
select ${columns.join(', ')}
from ${this.#sql.from(this.#view, 'h').from}
where ${castArray(key, operandType(key))} && ${keys}
)
`;
  }
}
