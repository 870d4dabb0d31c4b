import type { GraphQLResolveInfo, GraphQLSchema } from 'graphql';
import type { Place } from './place.ts';
import type { PlannedField, PlannedOperation } from './plan.ts';

export interface Circumstances {
  readonly schema: GraphQLSchema;
  readonly operation: PlannedOperation;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: unknown;
  /** Whether somebody wants to know which field asked for which statement. */
  readonly isWatched: boolean;
}

/** What resolvers are told about where they are. Few ever look, so nothing of it is made before they do. */
export class Info implements GraphQLResolveInfo {
  readonly rootValue = undefined;
  readonly #circumstances: Circumstances;
  readonly #field: PlannedField;
  readonly #place: Place;

  constructor(circumstances: Circumstances, field: PlannedField, place: Place) {
    this.#circumstances = circumstances;
    this.#field = field;
    this.#place = place;
  }

  get fieldName() {
    return this.#field.definition.name;
  }

  get fieldNodes() {
    return this.#field.nodes;
  }

  get returnType() {
    return this.#field.definition.type;
  }

  get parentType() {
    return this.#field.parentType;
  }

  get path() {
    return this.#place.path()!;
  }

  get schema() {
    return this.#circumstances.schema;
  }

  get fragments() {
    return this.#circumstances.operation.fragments;
  }

  get operation() {
    return this.#circumstances.operation.definition;
  }

  get variableValues() {
    return this.#circumstances.variables;
  }
}
