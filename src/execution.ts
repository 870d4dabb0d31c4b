/**
 * How an operation is carried out: as graphql-js would, from a plan that is made once for each document.
 *
 * graphql-js works out anew for every object which fields are asked of it, and makes a promise for every field and every list
 * on the way up. With lists of a thousand rows that is most of the server's time. Whatever this executor does not know how to
 * do is left to graphql-js, which decides in every other question, too: the tests hold the two side by side.
 */
import {
  execute,
  getOperationAST,
  getVariableValues,
  isObjectType,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import { Circumstances } from './execution/circumstances.ts';
import { planOperation, type PlannedOperation } from './execution/plan.ts';
import { PlanMemory } from './execution/planMemory.ts';
import { run } from './execution/run.ts';

export interface Asked {
  /** Valid against the schema: that is not looked at again. */
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  readonly context: unknown;
  /** Whether its statements are to say by which field they were asked for. */
  readonly isWatched?: boolean;
}

export type Execute = (asked: Asked) => ExecutionResult | Promise<ExecutionResult>;

export function createExecutor(schema: GraphQLSchema): Execute {
  // Whether an object is of its type would have to be asked of every object.
  const isPlannable = !Object.values(schema.getTypeMap()).some((type) => isObjectType(type) && type.isTypeOf);
  // The plans live as long as their document, and that as long as Apollo Server's bounded store remembers it; but not all of
  // them, if they are many.
  const memory = new PlanMemory();
  const planned = new WeakMap<DocumentNode, Map<string | undefined, PlannedOperation | undefined>>();

  function operationOf(document: DocumentNode, name: string | undefined): PlannedOperation | undefined {
    const known = planned.get(document) ?? new Map<string | undefined, PlannedOperation | undefined>();
    planned.set(document, known);
    if (known.has(name)) return known.get(name);
    const operation = isPlannable ? getOperationAST(document, name) : undefined;
    // A name that the document does not have is the caller's invention, and not worth remembering.
    if (!operation) return undefined;
    const made = planOperation(schema, document, operation, memory);
    known.set(name, made);
    return made;
  }

  return ({ document, operationName, variables, context, isWatched = false }) => {
    const operation = operationOf(document, operationName ?? undefined);
    if (operation) {
      const { errors, coerced } = getVariableValues(schema, operation.variables, variables ?? {}, { maxErrors: 50 });
      if (errors) return { errors };
      const selection = operation.selectionFor(coerced);
      if (selection)
        return run(new Circumstances({ schema, operation, variables: coerced, context, isWatched }), selection);
    }
    return execute({
      schema,
      document,
      contextValue: context,
      variableValues: variables ?? null,
      operationName: operationName ?? null,
    });
  };
}
