import type { Statement } from '../../../src/door/flight.ts';
import type { Scope } from '../../../src/scope.ts';
import { everything, type Answer, type TestGraph } from '../../support/graph.ts';
import { dataOf } from './lists.ts';

export interface Flown {
  readonly data: Answer['data'];
  readonly flights: readonly (readonly Statement[])[];
  /** How many selects each flight carried. */
  readonly shape: readonly number[];
}

/** An answer without errors, and the statements that it took, with their values. */
export async function fly(graph: TestGraph, query: string, variables = {}, as: Scope = everything): Promise<Flown> {
  const flights: (readonly Statement[])[] = [];
  const answer = await graph.run(query, {
    as,
    variables,
    onFlight: (reported) => flights.push(reported.map(({ statement }) => statement)),
  });
  return { data: dataOf(answer, query), flights, shape: flights.map((one) => one.length) };
}
