/**
 * When a turn of the event loop is over, what was asked within it leaves: a flight for each reader, except that those of one
 * scope who look up the same thing, each by her own key, share one. To a single row, a round trip of its own is most of its
 * price, on both ends of the wire.
 */
export interface Departing {
  /** The scope, as PostgreSQL is told it: those who share a flight would all have told it the same. */
  readonly setting: string;
  /** The text of the only statement, if that looks up one key. Whatever may take its time keeps nobody else waiting. */
  readonly lookUp: string | undefined;
}

/** A connection does one thing at a time: with more in a flight, PostgreSQL and we would take turns instead of working side by side. */
const mostTogether = 4;

/** Whoever is handed in leaves at the end of the turn; `depart` is told who leaves together. */
export function createDepartures<D extends Departing>(depart: (together: readonly D[]) => void): (one: D) => void {
  let departing: D[] = [];
  const leave = () => {
    const flights = flightsOf(departing);
    departing = [];
    for (const together of flights) depart(together);
  };
  return (one) => {
    if (departing.push(one) === 1) setImmediate(leave);
  };
}

function flightsOf<D extends Departing>(departing: readonly D[]): readonly (readonly D[])[] {
  if (departing.length === 1) return [departing];
  const flights: D[][] = [];
  /** Flights that somebody may still join. */
  const open: { readonly lookUp: string; readonly setting: string; readonly together: D[] }[] = [];
  for (const one of departing) {
    const { lookUp, setting } = one;
    const found = open.findIndex((flight) => flight.lookUp === lookUp && flight.setting === setting);
    if (found === -1) {
      const together = [one];
      flights.push(together);
      if (lookUp !== undefined) open.push({ lookUp, setting, together });
    } else if (open[found]!.together.push(one) === mostTogether) {
      open.splice(found, 1);
    }
  }
  return flights;
}
