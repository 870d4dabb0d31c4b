import { otherWord } from '../../schema/fields.ts';
import { remembered } from '../../schema/remembered.ts';
import { fieldName, type View } from '../../schema/view.ts';
import type { RawRow } from '../../src/door/flight.ts';
import type { Reader } from '../../src/door/reader.ts';
import { makerOf, type Maker, type Property } from '../../src/maker.ts';
import { asText } from './column.ts';
import type { Rows } from './sql.ts';
import { parserOf } from './values.ts';

export type AnyRow = Record<string, unknown>;

type Notes = Pick<Reader, 'noteUnknownWord'>;

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
  readonly #fields: Property<Notes>[] = [];
  #maker: Maker<Notes> | undefined;

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
      this.#fields.push({ name: field, at, make: valuesOf(rows.view)(name) });
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
  row(reader: Notes, raw: RawRow, offset = 0): AnyRow {
    this.#maker ??= makerOf(this.#fields);
    return this.#maker.make(raw, reader, offset) as AnyRow;
  }
}

/** How a column of that view is read. Where it has a closed vocabulary, a database may outgrow it. */
const valuesOf = remembered((view: View) =>
  remembered((name: string) => {
    const column = view.columns[name]!;
    const parse = parserOf(column) as (text: unknown) => unknown;
    if (column.kind !== 'enum') return parse;
    return (text: unknown, notes: Notes) => {
      const word = parse(text);
      if (word === otherWord) notes.noteUnknownWord(`${view.name}.${name}`);
      return word;
    };
  }),
);

/** A cast writes some types in words of its own, such as `true` for `t`; `concat` writes all of them as they are sent. */
function textOf(sql: string, type: string | undefined): string {
  if (type === 'text' || type === 'uuid') return asText({ sql, type });
  return `case when ${sql} is not null then concat(${sql}) end`;
}
