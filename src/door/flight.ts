import type { Connection } from 'pg';
import pg from 'pg';

/** One select: catalogue identifiers and placeholders in the text, everything that a caller said in the values. */
export interface Statement {
  readonly text: string;
  readonly values: readonly Value[];
  /** The view that it reads and how many keys it was asked for: what metrics and the explain panel show. */
  readonly view: string;
  readonly keys?: number;
  /** Keys are all that is put into it. */
  readonly isKeyed?: boolean;
  /** It looks up one key, all that is put into it: how several who look up the same thing are told it by one select. */
  readonly lookUp?: LookUp;
  /** Not to be prepared: what stands under its name may be outdated. */
  readonly isNameless?: boolean;
  /** Views that it reads below that one: the first column of a row then says whose it is, 0 for the first. */
  readonly below?: readonly string[];
  /** The field that it was asked for by, if somebody wants to know. */
  readonly askedBy?: string;
}

export interface LookUp {
  readonly key: string;
  /** The same select of several keys, as a list. */
  readonly textOfMany: string;
  /** The place in its rows where their key stands. */
  readonly keyAt: number;
}

export type Value = string | null | readonly string[];

/**
 * Rows as PostgreSQL wrote them: text or null, by position. Only whoever made the statement knows what they mean. Nobody may change
 * them, because others may have asked the same.
 */
export type RawRows = readonly RawRow[];
export type RawRow = readonly (string | null)[];

export type Outcome = { readonly rows: RawRows } | { readonly error: Error } | { readonly skipped: true };

/** What a connection keeps prepared, in characters of the texts, of which most statements have a thousand. */
const preparedCharacters = 300_000;

/**
 * The statements that a connection has prepared under their names, oldest first. PostgreSQL keeps a plan of each, which takes the
 * more memory the longer its text is; so the bound is one of characters.
 */
export class PreparedStatements {
  readonly #lengths = new Map<string, number>();
  /** Names in doubt: parsed in a statement that then failed. To close one that does not exist is no error. */
  readonly #toClose = new Set<string>();
  #characters = 0;

  has(name: string): boolean {
    return this.#lengths.has(name);
  }

  add(name: string, text: string): void {
    this.#characters += text.length;
    this.#lengths.set(name, text.length);
    // Pushed out by one that stood before it in the same flight, it has been used after all, and is there.
    this.#toClose.delete(name);
    for (const oldest of this.#lengths.keys()) {
      if (this.#characters <= preparedCharacters) return;
      this.doubt(oldest);
    }
  }

  doubt(name: string): void {
    this.#characters -= this.#lengths.get(name) ?? 0;
    this.#lengths.delete(name);
    this.#toClose.add(name);
  }

  takeToClose(): string[] {
    const names = [...this.#toClose];
    this.#toClose.clear();
    return names;
  }
}

/** A statement as it goes onto the wire: under its name, or under none, and with its values written as text. */
export interface Sent {
  readonly name: string;
  readonly text: string;
  readonly values: readonly (string | null)[];
}

/**
 * Several statements and one Sync: one round trip, and one implicit transaction, so that a setting made local by the first
 * statement holds for the others and for nobody else.
 *
 * There is exactly one Sync. With two, pg would take the connection for idle after the first, and lend it to somebody else
 * while rows of this flight are still on their way.
 */
export class Flight {
  readonly outcomes: Outcome[];
  readonly #statements: readonly Sent[];
  readonly #prepared: PreparedStatements;
  readonly #landed: (broken: Error | undefined) => void;
  #current = 0;
  #rows: RawRow[] = [];
  #hasLanded = false;

  constructor(
    statements: readonly Sent[],
    prepared: PreparedStatements,
    /** Called once: `broken` when the connection is not fit to be used again. */
    landed: (broken: Error | undefined) => void,
  ) {
    this.#statements = statements;
    this.#prepared = prepared;
    this.#landed = landed;
    this.outcomes = statements.map(() => ({ skipped: true }));
  }

  submit(connection: Connection): void {
    connection.stream.cork();
    for (const name of this.#prepared.takeToClose()) connection.close({ type: 'S', name }, true);
    // A text that occurs twice in one flight is parsed once, although the server has not answered yet.
    const parsedHere = new Set<string>();
    for (const { name, text, values } of this.#statements) {
      if (name === '' || !(this.#prepared.has(name) || parsedHere.has(name))) {
        connection.parse({ name, text, types: [] }, true);
        parsedHere.add(name);
      }
      connection.bind({ portal: '', statement: name, values: [...values], binary: false } as never, true);
      connection.execute({ portal: '', rows: '' }, true);
    }
    connection.sync();
    connection.stream.uncork();
  }

  handleDataRow(message: { fields: (string | null)[] }): void {
    this.#rows.push(message.fields);
  }

  handleCommandComplete(): void {
    this.outcomes[this.#current] = { rows: this.#rows };
    this.#rows = [];
    const { name, text } = this.#statements[this.#current]!;
    if (name !== '' && !this.#prepared.has(name)) this.#prepared.add(name, text);
    this.#current += 1;
  }

  handleReadyForQuery(): void {
    this.#land(undefined);
  }

  handleError(error: Error, connection: Connection): void {
    const failed = this.#statements[this.#current];
    if (failed) {
      this.outcomes[this.#current] = { error };
      if (failed.name !== '') this.#prepared.doubt(failed.name);
    }
    // pg forgets the active query at an error, so ReadyForQuery does not come here by itself; after a fatal error, or one
    // that the server never sent, it does not come at all.
    if (!(error instanceof pg.DatabaseError) || error.severity === 'FATAL') {
      this.#land(error);
      return;
    }
    const ready = () => {
      connection.off('end', ended);
      this.#land(undefined);
    };
    const ended = () => {
      connection.off('readyForQuery', ready);
      this.#land(error);
    };
    connection.once('readyForQuery', ready);
    connection.once('end', ended);
  }

  /** Our own columns, in our own order: nothing in a row's description is news. */
  handleRowDescription(): void {}

  handlePortalSuspended(): void {
    this.#unexpected('PortalSuspended');
  }

  handleEmptyQuery(): void {
    this.#unexpected('EmptyQueryResponse');
  }

  handleCopyInResponse(): void {
    this.#unexpected('CopyInResponse');
  }

  handleCopyData(): void {
    this.#unexpected('CopyData');
  }

  #unexpected(message: string): void {
    this.#land(new Error(`PostgreSQL sent ${message} to a select.`));
  }

  #land(broken: Error | undefined): void {
    if (this.#hasLanded) return;
    this.#hasLanded = true;
    this.#landed(broken);
  }
}

export function encode(value: Value): string | null {
  if (value === null || typeof value === 'string') return value;
  // An array of PostgreSQL is written like one of JSON, as long as there is nothing to escape in it.
  const json = JSON.stringify(value);
  if (!json.includes('\\')) return `{${json.slice(1, -1)}}`;
  return `{${value.map((item) => `"${item.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}
