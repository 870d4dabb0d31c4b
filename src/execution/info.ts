import type { GraphQLObjectType, GraphQLResolveInfo } from 'graphql';
import { withinField } from './askedBy.ts';
import type { Circumstances } from './circumstances.ts';
import { Place } from './place.ts';
import type { PlannedField, Selection, Shape } from './plan.ts';
import { isPromise } from './promise.ts';

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

  /**
   * Asks fields of an object that this field has not answered yet, for the sake of what they set going: loaders remember what they
   * were asked for, so that those statements leave in one flight with that of the object. What is answered is thrown away, errors
   * included. Once the object is there its fields are asked as ever; if it never comes, nobody hears of it.
   *
   * The source is what is known of the object: as much as the fields of these names need.
   */
  askAhead(type: GraphQLObjectType, source: object, names: ReadonlySet<string>): void {
    for (const field of selectionOf(this.#place.shape, type)?.fields ?? []) {
      if (names.has(field.definition.name)) this.#ask(field, source, this.#place);
    }
  }

  #ask(field: PlannedField, source: object, above: Place): void {
    const { definition, shape, key } = field;
    // Some know how to set going what they need without making their answer of it.
    const resolve = (definition.extensions.ahead ?? field.resolve) as PlannedField['resolve'];
    if (!resolve) return;
    const { context, isWatched } = this.#circumstances;
    const place = new Place(shape, field, above, nowhere, key);
    const ask = () => {
      const info = new Info(this.#circumstances, field, place);
      return resolve(source, this.#circumstances.argumentsOf(field), context, info);
    };
    try {
      const value = isWatched ? withinField(place.keys(), ask) : ask();
      if (isPromise(value)) value.then(undefined, () => undefined);
      else if (shape.kind === 'object' && typeof value === 'object' && value !== null) {
        for (const below of shape.selection.fields) this.#ask(below, value, place);
      }
    } catch {
      // It will say so in its own place.
    }
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

const nowhere = {};

function selectionOf(shape: Shape, type: GraphQLObjectType): Selection | undefined {
  if (shape.kind === 'list') return selectionOf(shape.item, type);
  if (shape.kind === 'abstract') return shape.selectionOf(type);
  return shape.kind === 'object' ? shape.selection : undefined;
}
