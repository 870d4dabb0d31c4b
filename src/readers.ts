/**
 * Who asks the door, and how they come to their rows: what a reader is asked within one turn of the event loop boards one
 * flight, and whatever that flight could not settle is asked again, alone.
 */
import pg from 'pg';
import type { FlightReport, Reader, ReaderOptions } from './database.ts';
import { createDepartures, type Departing } from './departures.ts';
import { askedBy } from './execution/askedBy.ts';
import { failureOf, overloaded, timeout } from './failures.ts';
import type { Outcome, RawRows, Statement } from './flight.ts';
import type { LiveViews } from './liveViews.ts';
import { SharedPatience, type Awaiting } from './patience.ts';
import type { Scope } from './scope.ts';
import type { Wire } from './wire.ts';

/** A statement, and who wants to know its rows. */
interface Waiting {
  readonly statement: Statement;
  readonly resolve: (rows: RawRows) => void;
  readonly reject: (error: Error) => void;
}

/** How long a flight took, and the outcome of each of its statements. */
export interface Landed {
  readonly ms: number;
  readonly outcomes: readonly Outcome[];
}

export interface ReadersOptions {
  readonly wire: Wire;
  readonly fly: (scope: Scope, statements: readonly Statement[], patience: Awaiting) => Promise<Landed>;
  /** The views as they were learned last, if they were. */
  readonly live: () => LiveViews | undefined;
}

export function createReaders({ wire, fly, live }: ReadersOptions): (scope: Scope, options: ReaderOptions) => Reader {
  /** One flight, of readers of one scope. Whoever loses patience leaves the others to it; with the last it is given up. */
  async function depart(sessions: readonly Session[]): Promise<void> {
    const crews = sessions.map((session) => session.board());
    const statements = crews.flat().map(({ statement }) => statement);
    try {
      const { ms, outcomes } = await fly(sessions[0]!.scope, statements, patienceOf(sessions, crews));
      let seat = 0;
      for (const [index, crew] of crews.entries()) {
        sessions[index]!.land(crew, { ms, outcomes: outcomes.slice(seat, seat + crew.length) });
        seat += crew.length;
      }
    } catch (error) {
      refuse(crews.flat(), failureOf(error));
    }
  }

  function patienceOf(sessions: readonly Session[], crews: readonly (readonly Waiting[])[]): Awaiting {
    const all = sessions.map(({ patience }) => patience);
    return all.length === 1 ? all[0]! : new SharedPatience(all, (index) => refuse(crews[index]!, timeout()));
  }

  const leaveWithTurn = createDepartures<Session>((together) => void depart(together));

  /** A class, because each request has one, and V8 builds an object literal with a getter in its slow way. */
  class Session implements Reader, Departing {
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

    get setting() {
      return wire.settingOf(this.scope);
    }

    get lookUp() {
      const [only, another] = this.#waiting;
      if (!only || another) return undefined;
      const { isKeyed, keys, text } = only.statement;
      return isKeyed && keys === 1 && !this.patience.isOver ? text : undefined;
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

    board(): readonly Waiting[] {
      const crew = wire.inOrder(this.#waiting);
      this.#waiting = [];
      return crew;
    }

    land(crew: readonly Waiting[], landed: Landed): void {
      this.#report(
        crew.map(({ statement }) => statement),
        landed,
      );
      for (const [index, outcome] of landed.outcomes.entries()) {
        const { statement, resolve, reject } = crew[index]!;
        if ('rows' in outcome) resolve(outcome.rows);
        // It came after a statement that failed and did not run, or it was prepared for a view that has changed since: again,
        // in a flight of its own.
        else if ('skipped' in outcome || isOutdated(outcome.error)) this.#alone(statement).then(resolve, reject);
        else reject(failureOf(outcome.error));
      }
    }

    async #alone(statement: Statement): Promise<RawRows> {
      const landed = await fly(this.scope, [statement], this.patience);
      this.#report([statement], landed);
      const [outcome] = landed.outcomes;
      if (outcome && 'rows' in outcome) return outcome.rows;
      throw failureOf(outcome && 'error' in outcome ? outcome.error : undefined);
    }

    #report(statements: readonly Statement[], { ms, outcomes }: Landed): void {
      this.#options.onFlight?.({ ms, statements: reportOf(statements, outcomes) });
    }
  }

  return (scope, options) => new Session(scope, options);
}

/** A cached plan whose result has another type by now, or a name that the connection has lost. */
function isOutdated(error: Error): boolean {
  return error instanceof pg.DatabaseError && (error.code === '0A000' || error.code === '26000');
}

function reportOf(statements: readonly Statement[], outcomes: readonly Outcome[]): FlightReport['statements'] {
  const report: { statement: Statement; rows: number; failed: boolean }[] = [];
  for (const [index, outcome] of outcomes.entries()) {
    if ('skipped' in outcome) continue;
    const failed = 'error' in outcome;
    report.push({ statement: statements[index]!, rows: failed ? 0 : outcome.rows.length, failed });
  }
  return report;
}

function refuse(crew: readonly Waiting[], error: Error): void {
  for (const { reject } of crew) reject(error);
}
