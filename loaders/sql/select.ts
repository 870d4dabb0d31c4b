import { otherWord } from '../../schema/fields.ts';
import { remembered } from '../../schema/remembered.ts';
import { fieldName, type Column } from '../../schema/view.ts';
import type { RawRow } from '../../src/door/flight.ts';
import type { Reader } from '../../src/door/reader.ts';
import { asText } from './column.ts';
import type { Rows } from './sql.ts';
import { parserOf, type Parse } from './values.ts';

export type AnyRow = Record<string, unknown>;

interface Field {
  readonly field: string;
  readonly at: number;
  readonly read: Parse;
  /** Where the column has a closed vocabulary, which a database may outgrow. */
  readonly enumColumn: string | undefined;
}

/**
 * What a statement selects, and how a row is made of it: the columns of a view under the names of their fields, and beside
 * them whatever the statement needs for itself. What is selected twice is sent once.
 */
export class Selection {
  /** Each expression and its place in the raw row. */
  readonly #items = new Map<string, number>();
  /** The types of those that are columns, by their places. */
  readonly #types = new Map<number, string>();
  #text = '';
  readonly #fields: Field[] = [];

  /** Selects an expression of the statement's own and says where in the raw row it will be. */
  add(sql: string, name: string): number {
    const known = this.#items.get(sql);
    if (known !== undefined) return known;
    const at = this.#items.size;
    this.#items.set(sql, at);
    this.#text += `${at === 0 ? '' : ', '}${sql} as "${name}"`;
    return at;
  }

  addColumns(rows: Rows, columns: readonly string[]): this {
    for (const name of columns) {
      const field = fieldName(name);
      const column = rows.column(name);
      const at = this.add(column.sql, field);
      this.#types.set(at, column.type);
      const facts = rows.view.columns[name]!;
      const enumColumn = facts.kind === 'enum' ? `${rows.view.name}.${name}` : undefined;
      this.#fields.push({ field, at, read: parserOfColumn(facts), enumColumn });
    }
    return this;
  }

  get text(): string {
    return this.#text === '' ? '1' : this.#text;
  }

  /** Names for its places, where a statement reads it from a part of itself. */
  get names(): readonly string[] {
    return Array.from({ length: Math.max(1, this.#items.size) }, (_, at) => `c${at}`);
  }

  /** The same, each as the text that PostgreSQL would send. */
  textsIn(alias: string): readonly string[] {
    return this.names.map((name, at) => textOf(`${alias}.${name}`, this.#types.get(at)));
  }

  /** `offset` is the place of the first of our columns, where a parent's number stands before them. */
  row(reader: Pick<Reader, 'noteUnknownWord'>, raw: RawRow, offset = 0): AnyRow {
    const row: AnyRow = {};
    for (const { field, at, read, enumColumn } of this.#fields) {
      const value = read(raw[at + offset]!);
      if (enumColumn !== undefined && value === otherWord) reader.noteUnknownWord(enumColumn);
      row[field] = value;
    }
    return row;
  }
}

const parserOfColumn = remembered<Column, Parse>(parserOf);

/** A cast writes some types in words of its own, such as `true` for `t`; `concat` writes all of them as they are sent. */
function textOf(sql: string, type: string | undefined): string {
  if (type === 'text' || type === 'uuid') return asText({ sql, type });
  return `case when ${sql} is not null then concat(${sql}) end`;
}
