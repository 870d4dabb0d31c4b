/**
 * Who travels together. What was asked within one turn of the event loop leaves when it is over: a flight for each reader, except that
 * readers of one scope share one if they ask the same, and if they look up the same thing, each by her own key. Whoever comes while
 * others still wait for a connection may join those, too. What is under way nobody joins: it may have read what has changed since.
 */
import { failureOf, timeout } from '../failures.ts';
import type { Awaiting } from '../patience.ts';
import type { Scope } from '../scope.ts';
import type { Outcome, Statement, Value } from './flight.ts';
import { asOne, dealt, isLookUp, type LookUpStatement } from './lookUps.ts';

/** What one reader asks for at once. */
export interface Party {
  readonly scope: Scope;
  /** The scope, as PostgreSQL is told it: those who share a flight would all have told it the same. */
  readonly setting: string;
  readonly statements: readonly Statement[];
  readonly patience: Awaiting;
  land(landed: Landed): void;
  refuse(error: Error): void;
}

/** How long a flight took, and the outcome of each of its statements. */
export interface Landed {
  readonly ms: number;
  readonly outcomes: readonly Outcome[];
}

/** As many as run at once. */
const mostLookUps = 16;
const fewRows = 100;

/** Who is in a company. */
interface Member {
  readonly party: Party;
  /** Which of the look-ups is hers. */
  readonly lookUp: number;
  /** Her patience is at an end. */
  readonly gone: () => void;
  /** She has not waited for a connection as long as the first. */
  readonly isLate: boolean;
}

/** Those of one flight. Whoever loses patience leaves the others to it; with the last it is given up. */
export class Company implements Awaiting {
  readonly scope: Scope;
  readonly #setting: string;
  /** What all of them ask for, unless they look up the same thing by different keys. */
  readonly #statements: readonly Statement[];
  /** Each key once. Whoever asks for anything else may take her time, and keeps nobody waiting who asks for less. */
  readonly #lookUps: LookUpStatement[];
  /** Those that others may still join: this is one of them until it has a connection. */
  readonly #open: Set<Company>;
  readonly #leaveAnew: (late: readonly Party[]) => void;
  readonly #members: Member[] = [];
  #giveUp: (() => void) | undefined;
  /** It waits for a connection: whoever comes now is late. */
  isWaiting = false;

  constructor(first: Party, open: Set<Company>, leaveAnew: (late: readonly Party[]) => void) {
    this.scope = first.scope;
    this.#setting = first.setting;
    this.#statements = first.statements;
    this.#lookUps = first.statements.length === 1 ? first.statements.filter(isLookUp) : [];
    this.#open = open;
    this.#leaveAnew = leaveAnew;
    open.add(this);
    this.#seat(first, 0);
  }

  /** Takes her along, if she asks the same, or looks up the same thing while there is room. */
  admits(party: Party): boolean {
    const place = this.#placeFor(party);
    if (place === undefined) return false;
    this.#seat(party, place);
    return true;
  }

  #placeFor(party: Party): number | undefined {
    if (party.setting !== this.#setting) return undefined;
    const [lookUp, another] = party.statements;
    if (this.#lookUps.length === 0) return areSame(party.statements, this.#statements) ? 0 : undefined;
    if (!lookUp || another || !isLookUp(lookUp) || this.#lookUps[0]?.text !== lookUp.text) return undefined;
    const known = this.#lookUps.findIndex((one) => one.lookUp.key === lookUp.lookUp.key);
    if (known !== -1) return known;
    return this.#lookUps.length < mostLookUps ? this.#lookUps.push(lookUp) - 1 : undefined;
  }

  #seat(party: Party, lookUp: number): void {
    const gone = () => {
      party.refuse(timeout());
      if (this.#giveUp && this.isOver) this.#giveUp();
    };
    party.patience.whenOver(gone);
    this.#members.push({ party, lookUp, gone, isLate: this.isWaiting });
  }

  /** To be called when there is a connection: says what is asked for, and from then on nobody joins. */
  board(): readonly Statement[] {
    this.#open.delete(this);
    return this.#lookUps.length > 1 ? [asOne(this.#lookUps)] : this.#statements;
  }

  /**
   * Much is given to one after the other, each when the one before her has made her answer: all at once, their halves of answers would
   * lie in memory together, and nobody would have hers before everybody has. Of little, many answers are sooner made in one go.
   */
  land({ ms, outcomes }: Landed): void {
    const isMuch = this.#members.length > 1 && rowsIn(outcomes) > fewRows;
    const dealtOut = this.#lookUps.length > 1 ? dealt(this.#lookUps, outcomes[0]!) : undefined;
    for (const { party, lookUp, gone } of this.#members) {
      party.patience.forget(gone);
      const give = () => hand(party, { ms, outcomes: dealtOut ? [dealtOut[lookUp]!] : outcomes });
      if (isMuch) setImmediate(give);
      else give();
    }
  }

  /** If it never had a connection, those who were late may still get one. */
  refuse(error: Error): void {
    const hadNone = this.#open.delete(this);
    const late: Party[] = [];
    for (const { party, gone, isLate } of this.#members) {
      party.patience.forget(gone);
      if (hadNone && isLate && !party.patience.isOver) late.push(party);
      else party.refuse(error);
    }
    if (late.length > 0) this.#leaveAnew(late);
  }

  get deadline(): number {
    return Math.max(...this.#members.map(({ party }) => party.patience.deadline));
  }

  get isOver(): boolean {
    return this.#members.every(({ party }) => party.patience.isOver);
  }

  whenOver(listener: () => void): void {
    this.#giveUp = listener;
  }

  forget(listener: () => void): void {
    if (this.#giveUp === listener) this.#giveUp = undefined;
  }
}

/** Whoever is handed in is asked at the end of the turn what she wants, and `depart` is told who leaves together. */
export function createDepartures(depart: (company: Company) => void): (reader: { party(): Party }) => void {
  let departing: { party(): Party }[] = [];
  const open = new Set<Company>();

  function isTaken(party: Party): boolean {
    for (const company of open) if (company.admits(party)) return true;
    return false;
  }

  function leave(): void {
    const parties = departing.map((reader) => reader.party());
    departing = [];
    const companies: Company[] = [];
    for (const party of parties) {
      if (party.patience.isOver) party.refuse(timeout());
      else if (!isTaken(party)) companies.push(new Company(party, open, leaveAnew));
    }
    for (const company of companies) send(company);
  }

  /** They were of one company, and are again. With those who wait already they would be late once more. */
  function leaveAnew([first, ...others]: readonly Party[]): void {
    const company = new Company(first!, open, leaveAnew);
    for (const party of others) company.admits(party);
    send(company);
  }

  function send(company: Company): void {
    company.isWaiting = true;
    depart(company);
  }

  return (reader) => {
    if (departing.push(reader) === 1) setImmediate(leave);
  };
}

function rowsIn(outcomes: readonly Outcome[]): number {
  return outcomes.reduce((sum, outcome) => sum + ('rows' in outcome ? outcome.rows.length : 0), 0);
}

/** What goes wrong with it is hers alone. */
function hand(party: Party, landed: Landed): void {
  try {
    party.land(landed);
  } catch (error) {
    party.refuse(failureOf(error));
  }
}

function areSame(some: readonly Statement[], others: readonly Statement[]): boolean {
  return some.length === others.length && some.every((statement, index) => isSame(statement, others[index]!));
}

function isSame(one: Statement, other: Statement): boolean {
  return one === other || (one.text === other.text && areEqual(one.values, other.values));
}

function areEqual(some: readonly Value[], others: readonly Value[]): boolean {
  return some.length === others.length && some.every((value, index) => isEqual(value, others[index]!));
}

function isEqual(one: Value, other: Value): boolean {
  if (one === null || other === null || typeof one === 'string' || typeof other === 'string') return one === other;
  return areEqual(one, other);
}
