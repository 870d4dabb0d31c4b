import { defaultTypeResolver, isObjectType, locatedError, type ExecutionResult, type GraphQLError } from 'graphql';
import { withinField } from './askedBy.ts';
import type { Circumstances } from './circumstances.ts';
import { Info } from './info.ts';
import { abandon, isIterable, writtenLeaf, type LeafShape } from './leaf.ts';
import { Place } from './place.ts';
import type { PlannedField, Selection, Shape } from './plan.ts';
import { isPromise } from './promise.ts';

type Resolve = PlannedField['resolve'] & {};

/** Carries a plan out. The answer is there at once if no resolver had to wait for anything. */
export function run(circumstances: Circumstances, selection: Selection): ExecutionResult | Promise<ExecutionResult> {
  return new Run(circumstances).start(selection);
}

/**
 * Values are written to their places as they come in, from the top down. There is one count of what is still awaited, and no
 * promise of our own for anything in between: most values are columns of rows that are already there.
 */
class Run {
  readonly #circumstances: Circumstances;
  readonly #answer: { data: unknown } = { data: null };
  readonly #errors: GraphQLError[] = [];
  #awaited = 0;
  #finish: ((answer: ExecutionResult) => void) | undefined;

  constructor(circumstances: Circumstances) {
    this.#circumstances = circumstances;
  }

  start(selection: Selection): ExecutionResult | Promise<ExecutionResult> {
    const shape: Shape = { kind: 'object', isNullable: true, selection };
    this.#object(selection, undefined, new Place(shape, undefined, undefined, this.#answer, 'data'));
    if (this.#awaited === 0) return this.#result();
    return new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  #result(): ExecutionResult {
    const data = this.#answer.data as ExecutionResult['data'] & {};
    return this.#errors.length === 0 ? { data } : { errors: this.#errors, data };
  }

  #object(selection: Selection, source: unknown, place: Place): void {
    const made = isOne(source) ? selection.made(source) : undefined;
    const object = made ?? {};
    place.put(object);
    for (const field of made ? selection.others : selection.fields) {
      if (field.constant !== undefined) (object as Record<string, unknown>)[field.key] = field.constant;
      else if (field.resolve) this.#resolve(field, field.resolve, source, object, place);
      else this.#read(field, source, object, place);
      // A field that must not be null has taken the object with it: the others are not asked for any more.
      if (place.isGone) return;
    }
  }

  /** A field without a resolver is a property of its object; in GraphQL.js a property may be a function, too. */
  #read(field: PlannedField, source: unknown, object: object, place: Place): void {
    const value = (source as Record<string, unknown> | null | undefined)?.[field.definition.name];
    if (typeof value !== 'function') {
      this.#value(field.shape, field, place, object, field.key, value);
      return;
    }
    const call: Resolve = (of, args, context, info) => value.call(of, args, context, info) as unknown;
    this.#resolve(field, call, source, object, place);
  }

  #resolve(field: PlannedField, resolve: Resolve, source: unknown, object: object, above: Place): void {
    const place = new Place(field.shape, field, above, object, field.key);
    const { context, isWatched } = this.#circumstances;
    try {
      const args = this.#circumstances.argumentsOf(field);
      const info = new Info(this.#circumstances, field, place);
      const value: unknown = isWatched
        ? withinField(place.keys(), () => resolve(source, args, context, info))
        : resolve(source, args, context, info);
      this.#complete(value, place);
    } catch (error) {
      this.#fail(error, place);
    }
  }

  /** A value into its place. Most are leaves, or objects of leaves, that are already there, and need no place of their own. */
  #value(shape: Shape, field: PlannedField, above: Place, into: object, key: string | number, value: unknown): void {
    const isWhole = shape.kind === 'object' && shape.selection.others.length === 0 && isOne(value);
    const object = isWhole ? shape.selection.made(value) : undefined;
    if (object) {
      (into as Record<string | number, unknown>)[key] = object;
      return;
    }
    if (shape.kind !== 'leaf' || value === undefined || typeof value === 'object') {
      this.#complete(value, new Place(shape, field, above, into, key));
      return;
    }
    try {
      (into as Record<string | number, unknown>)[key] = writtenLeaf(shape.type, value);
    } catch (error) {
      this.#fail(error, new Place(shape, field, above, into, key));
    }
  }

  #complete(value: unknown, place: Place): void {
    const { shape } = place;
    if (value === null || value === undefined) {
      place.put(null);
      if (!shape.isNullable)
        this.#fail(new Error(`Cannot return null for non-nullable field ${nameOf(place)}.`), place);
    } else if (isPromise(value)) {
      this.#await(value, place);
    } else if (value instanceof Error) {
      this.#fail(value, place);
    } else if (shape.kind === 'object') {
      this.#object(shape.selection, value, place);
    } else if (shape.kind === 'list') {
      this.#list(shape.item, value, place);
    } else if (shape.kind === 'abstract') {
      this.#abstract(shape, value, place);
    } else {
      this.#leaf(shape, value, place);
    }
  }

  #leaf(shape: LeafShape, value: unknown, place: Place): void {
    try {
      place.put(writtenLeaf(shape.type, value));
    } catch (error) {
      this.#fail(error, place);
    }
  }

  #list(item: Shape, values: unknown, place: Place): void {
    if (!isIterable(values)) {
      this.#fail(new Error(`Expected Iterable, but did not find one for field ${nameOf(place)}.`), place);
      return;
    }
    const list: unknown[] = [];
    place.put(list);
    for (const value of values) {
      if (place.isGone) abandon(value);
      else this.#value(item, place.field!, place, list, list.length, value);
    }
  }

  #abstract(shape: Shape & { readonly kind: 'abstract' }, value: unknown, place: Place): void {
    const { schema, context } = this.#circumstances;
    const resolveType = shape.type.resolveType ?? defaultTypeResolver;
    const asConcrete = (name: unknown) => {
      const type = typeof name === 'string' ? schema.getType(name) : undefined;
      if (isObjectType(type) && schema.isSubType(shape.type, type)) this.#object(shape.selectionOf(type), value, place);
      else this.#fail(new Error(`The value of ${nameOf(place)} is of no type of ${shape.type.name}.`), place);
    };
    try {
      const name = resolveType(value, context, new Info(this.#circumstances, place.field!, place), shape.type);
      if (isPromise(name)) this.#await(name, place, asConcrete);
      else asConcrete(name);
    } catch (error) {
      this.#fail(error, place);
    }
  }

  #await(promise: PromiseLike<unknown>, place: Place, go?: (value: unknown) => void): void {
    // Fields stand in the order in which they were asked for, whichever is answered first.
    place.put(null);
    this.#awaited += 1;
    promise.then(
      (value) => this.#arrive(place, value, go),
      (error: unknown) => {
        this.#fail(error, place);
        this.#arrived();
      },
    );
  }

  #arrive(place: Place, value: unknown, go: ((value: unknown) => void) | undefined): void {
    try {
      if (go) go(value);
      else this.#complete(value, place);
    } catch (error) {
      this.#fail(error, place);
    }
    this.#arrived();
  }

  #arrived(): void {
    this.#awaited -= 1;
    if (this.#awaited === 0) this.#finish!(this.#result());
  }

  #fail(error: unknown, place: Place): void {
    // What belongs to an object that is given up is neither an answer nor an error any more.
    if (!place.isLost) this.#errors.push(locatedError(error, place.field!.nodes, place.keys()));
    place.fail();
  }
}

/** Whether it is an object that is there, and nothing to wait for or to complain about. */
function isOne(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !isPromise(value) && !(value instanceof Error);
}

function nameOf({ field }: Place): string {
  return `${field!.parentType.name}.${field!.definition.name}`;
}
