import type { Patience } from '../patience.ts';
import type { Scope } from '../scope.ts';
import type { RawRows, Statement } from './flight.ts';
import type { LiveViews } from './liveViews.ts';

export interface FlightReport {
  readonly ms: number;
  readonly statements: readonly Reported[];
}

export interface Reported {
  readonly statement: Statement;
  readonly rows: number;
  /** The same by view, and of a statement of several levels by level. */
  readonly rowsOf: readonly [RowsOfView, ...RowsOfView[]];
  readonly failed: boolean;
}

type RowsOfView = readonly [view: string, rows: number];

export interface ReaderOptions {
  /** What is under way is given up when it ends. */
  readonly patience: Patience;
  readonly onFlight?: (report: FlightReport) => void;
  /** A word that the catalogue does not know was read, in this column: `classes.status`. */
  readonly onUnknownWord?: (column: string) => void;
}

export interface Reader {
  readonly scope: Scope;
  /** The views as this database has them. */
  readonly live: LiveViews;
  read(statement: Statement): Promise<RawRows>;
  noteUnknownWord(column: string): void;
}
