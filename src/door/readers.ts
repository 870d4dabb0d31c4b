/**
 * Who asks the door, and how they come to their rows: what a reader is asked within one turn of the event loop boards one
 * flight, and whatever that flight could not settle is asked again, alone.
 */
import pg from 'pg';
import { askedBy } from '../execution/askedBy.ts';
import { failureOf, overloaded } from '../failures.ts';
import type { Awaiting } from '../patience.ts';
import type { Scope } from '../scope.ts';
import type { FlightReport, Reader, ReaderOptions, Reported } from './reader.ts';
import { createDepartures, type Company, type Landed, type Party } from './departures.ts';
import type { Outcome, RawRows, Statement } from './flight.ts';
import type { LiveViews } from './liveViews.ts';
import type { Wire } from './wire.ts';

/** A statement, and who wants to know its rows. */
interface Waiting {
  readonly statement: Statement;
  readonly resolve: (rows: RawRows) => void;
  readonly reject: (error: Error) => void;
}

export interface ReadersOptions {
  readonly wire: Wire;
  readonly fly: (scope: Scope, board: () => readonly Statement[], patience: Awaiting) => Promise<Landed>;
  /** The views as they were learned last, if they were. */
  readonly live: () => LiveViews | undefined;
}

export function createReaders({ wire, fly, live }: ReadersOptions): (scope: Scope, options: ReaderOptions) => Reader {
  async function depart(company: Company): Promise<void> {
    try {
      company.land(await fly(company.scope, () => company.board(), company));
    } catch (error) {
      company.refuse(failureOf(error));
    }
  }

  const leaveWithTurn = createDepartures((company) => void depart(company));

  /** What a session was asked within one turn of the event loop. */
  class Crew implements Party {
    readonly statements: readonly Statement[];
    readonly #session: Session;
    readonly #waiting: readonly Waiting[];

    constructor(session: Session, waiting: readonly Waiting[]) {
      this.#session = session;
      this.#waiting = wire.inOrder(waiting);
      this.statements = this.#waiting.map(({ statement }) => statement);
    }

    get scope() {
      return this.#session.scope;
    }

    get setting() {
      return wire.settingOf(this.scope);
    }

    get patience() {
      return this.#session.patience;
    }

    land(landed: Landed): void {
      this.#session.report(this.statements, landed);
      for (const [index, outcome] of landed.outcomes.entries()) {
        const { statement, resolve, reject } = this.#waiting[index]!;
        if ('rows' in outcome) resolve(outcome.rows);
        // In a flight of its own: it came after a statement that failed, and did not run.
        else if ('skipped' in outcome) this.#session.alone(statement).then(resolve, reject);
        else this.#session.again(statement, outcome.error).then(resolve, reject);
      }
    }

    refuse(error: Error): void {
      for (const { reject } of this.#waiting) reject(error);
    }
  }

  /** A class, because each request has one, and V8 builds an object literal with a getter in its slow way. */
  class Session implements Reader {
    readonly scope: Scope;
    readonly #options: ReaderOptions;
    #waiting: Waiting[] = [];

    constructor(scope: Scope, reader: ReaderOptions) {
      this.scope = scope;
      this.#options = reader;
    }

    get live() {
      const known = live();
      if (!known) throw overloaded();
      return known;
    }

    get patience() {
      return this.#options.patience;
    }

    noteUnknownWord(column: string): void {
      this.#options.onUnknownWord?.(column);
    }

    read(statement: Statement): Promise<RawRows> {
      return new Promise((resolve, reject) => {
        // The loaders of one level dispatch within one turn of the event loop: leave when that turn is over.
        if (this.#waiting.length === 0) leaveWithTurn(this);
        const field = askedBy();
        this.#waiting.push({
          statement: field === undefined ? statement : { ...statement, askedBy: field },
          resolve,
          reject,
        });
      });
    }

    party(): Party {
      const crew = new Crew(this, this.#waiting);
      this.#waiting = [];
      return crew;
    }

    async alone(statement: Statement, isAgain = false): Promise<RawRows> {
      const landed = await fly(this.scope, () => [statement], this.patience);
      this.report([statement], landed);
      const [outcome] = landed.outcomes;
      if (outcome && 'rows' in outcome) return outcome.rows;
      const error = outcome && 'error' in outcome ? outcome.error : undefined;
      if (isAgain) throw failureOf(error);
      return this.again(statement, error);
    }

    /** Once more what has failed, if the reason may be gone. */
    async again(statement: Statement, error: Error | undefined): Promise<RawRows> {
      // It was prepared for a view that has changed since, and may be so on the next connection, too.
      if (isOutdated(error)) return this.alone({ ...statement, isNameless: true }, true);
      if (isConflict(error)) return this.alone(statement, true);
      throw failureOf(error);
    }

    report(statements: readonly Statement[], { ms, outcomes }: Landed): void {
      this.#options.onFlight?.({ ms, statements: reportOf(statements, outcomes) });
    }
  }

  return (scope, options) => new Session(scope, options);
}

/** A cached plan whose result has another type by now, or a name that the connection has lost. */
function isOutdated(error: Error | undefined): boolean {
  return error instanceof pg.DatabaseError && (error.code === '0A000' || error.code === '26000');
}

/** A replica cancels what is in the way of its primary's changes: as a conflict or, where it waits for a page, as a deadlock. */
function isConflict(error: Error | undefined): boolean {
  return error instanceof pg.DatabaseError && (error.code === '40001' || error.code === '40P01');
}

function reportOf(statements: readonly Statement[], outcomes: readonly Outcome[]): FlightReport['statements'] {
  const report: Reported[] = [];
  for (const [index, outcome] of outcomes.entries()) {
    if ('skipped' in outcome) continue;
    const failed = 'error' in outcome;
    const rows = failed ? [] : outcome.rows;
    const statement = statements[index]!;
    report.push({ statement, rows: rows.length, rowsOf: rowsOf(statement, rows), failed });
  }
  return report;
}

function rowsOf({ view, below }: Statement, rows: RawRows): Reported['rowsOf'] {
  if (!below) return [[view, rows.length]];
  const countOf = (level: number) => rows.filter(([number]) => Number(number) === level).length;
  return [[view, countOf(0)], ...below.map((name, index): [string, number] => [name, countOf(index + 1)])];
}
