import { execute, parse } from 'graphql';
import { aimContext, createContext } from '../../../src/context.ts';
import { Patience } from '../../../src/patience.ts';
import type { Scope } from '../../../src/scope.ts';
import type { TestGraph } from '../../support/graph.ts';

/** The same, carried out by graphql-js, which asks nothing ahead: every list in a statement of its own, when its parents are there. */
export async function askedInTurn(
  { database, schema }: TestGraph,
  query: string,
  variables: Record<string, unknown>,
  scope: Scope,
) {
  const document = parse(query);
  const patience = new Patience(60_000);
  const context = createContext(database, { subject: 'test', scope }, { patience });
  aimContext(context, schema, document);
  const answer = await execute({ schema, document, contextValue: context, variableValues: variables });
  patience.settle();
  return JSON.parse(JSON.stringify(answer)) as unknown;
}
