import { getArgumentValues, type GraphQLSchema } from 'graphql';
import type { PlannedField, PlannedOperation } from './plan.ts';

type Arguments = Record<string, unknown>;

const noArguments: Arguments = Object.freeze({});

/** What holds for all fields of one operation. */
export class Circumstances {
  readonly schema: GraphQLSchema;
  readonly operation: PlannedOperation;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: unknown;
  /** Whether somebody wants to know which field asked for which statement. */
  readonly isWatched: boolean;
  readonly #arguments: (Arguments | undefined)[] = [];

  constructor({ schema, operation, variables, context, isWatched }: Omit<Circumstances, 'argumentsOf'>) {
    this.schema = schema;
    this.operation = operation;
    this.variables = variables;
    this.context = context;
    this.isWatched = isWatched;
  }

  /** Arguments depend on the variables, not on the object that a field is asked of. */
  argumentsOf(field: PlannedField): Arguments {
    if (field.definition.args.length === 0) return noArguments;
    const known = this.#arguments[field.number];
    if (known) return known;
    const made = getArgumentValues(field.definition, field.nodes[0], this.variables);
    this.#arguments[field.number] = made;
    return made;
  }
}
