import { execute, parse, validate } from 'graphql';
import { aimContext, createContext } from '../../../src/context.ts';
import type { Statement } from '../../../src/flight.ts';
import { Patience } from '../../../src/patience.ts';
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
  const document = parse(query);
  const mistakes = validate(graph.schema, document);
  if (mistakes.length > 0) throw mistakes[0]!;
  const flights: Statement[][] = [];
  const caller = { subject: 'test', scope: as };
  const context = createContext(graph.database, caller, {
    patience: new Patience(20_000),
    onFlight: ({ statements }) => flights.push(statements.map(({ statement }) => statement)),
  });
  aimContext(context, graph.schema, document);
  const answer = await execute({
    schema: graph.schema,
    document,
    contextValue: context,
    variableValues: variables,
  });
  return { data: dataOf({ ...answer, flights: [] }, query), flights, shape: flights.map((one) => one.length) };
}
