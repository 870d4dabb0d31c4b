/**
 * Objects whose properties are known beforehand: rows, and what an answer shows of them. Most of what a long list costs us is to put
 * them together, and V8 does that in a quarter of the time where the code names all properties at once. So what is made often gets
 * code of its own. Nothing goes into that code but places and names, as JSON, and no name that a stranger has thought of.
 */

/** What is made of a value if there can be no such object. */
export const unmade = Symbol('unmade');

export type Property<Given> =
  | { readonly name: string; readonly at: string | number; readonly make: (value: unknown, given: Given) => unknown }
  | { readonly name: string; readonly constant: string | null };

type Made = object | typeof unmade;
type Make<Given> = (source: object, given: Given, offset: number) => Made;

/** To write code takes as long as to make about so many objects without. */
const often = 300;
/** As many shapes are known besides those that have code, or somebody would fill the memory with shapes. The oldest are forgotten. */
const mostShapes = 1_000;
/** As many get code, in all the life of a process: the V8 of Node 26 keeps whatever it has compiled, 6 kB for eight properties. */
const mostWithCode = 1_000;
const longestShape = 4_000;

const makers = new Map<string, Maker<never>>();
const withCode = new Map<string, Maker<never>>();

/** Who makes such objects, and never gets code for it. */
export function plainMakerOf<Given>(properties: readonly Property<Given>[]): Maker<Given> {
  return new Maker(properties, undefined);
}

/** Who makes objects of that shape. Whoever asks for the same has the same: what one has made often is quick for all. */
export function makerOf<Given>(properties: readonly Property<Given>[]): Maker<Given> {
  const shape = properties.map(described).join();
  if (shape.length > longestShape) return plainMakerOf(properties);
  const known = (withCode.get(shape) ?? makers.get(shape)) as Maker<Given> | undefined;
  if (known) return known;
  const maker = new Maker(properties, shape);
  makers.set(shape, maker);
  if (makers.size > mostShapes) makers.delete(makers.keys().next().value!);
  return maker;
}

export class Maker<Given> {
  readonly #properties: readonly Property<Given>[];
  readonly #shape: string | undefined;
  #make: Make<Given> | undefined;
  #made = 0;

  /** With a shape, it may have code. */
  constructor(properties: readonly Property<Given>[], shape: string | undefined) {
    this.#properties = properties;
    this.#shape = shape;
  }

  /** `offset` is where in the source the place 0 is. */
  make(source: object, given: Given, offset = 0): Made {
    return this.#make ? this.#make(source, given, offset) : this.#assemble(source, given, offset);
  }

  #assemble(source: object, given: Given, offset: number): Made {
    this.#made += 1;
    if (this.#made === often && this.#shape !== undefined) this.#writeCode(this.#shape);
    const object: Record<string, unknown> = {};
    for (const property of this.#properties) {
      if ('constant' in property) {
        object[property.name] = property.constant;
        continue;
      }
      const { name, at, make } = property;
      const value = make(
        (source as Record<string | number, unknown>)[typeof at === 'number' ? offset + at : at],
        given,
      );
      if (value === unmade) return unmade;
      object[name] = value;
    }
    return object;
  }

  #writeCode(shape: string): void {
    // This may have been forgotten by now, and another may have come in its place.
    const known = withCode.get(shape) as Maker<Given> | undefined;
    if (!known && withCode.size >= mostWithCode) return;
    this.#make = known ? known.#make : codeFor(this.#properties);
    if (!this.#make || known) return;
    withCode.set(shape, this);
  }
}

/** Nothing, where the process is told not to run what it has written itself. */
function codeFor<Given>(properties: readonly Property<Given>[]): Make<Given> | undefined {
  const makes: unknown[] = [];
  const values: string[] = [];
  const members = properties.map((property) => {
    const name = JSON.stringify(property.name);
    if ('constant' in property) return `${name}: ${JSON.stringify(property.constant)}`;
    const { at, make } = property;
    const number = makes.push(make) - 1;
    const place = typeof at === 'number' ? `offset + ${at}` : JSON.stringify(at);
    values.push(`const v${number} = m${number}(source[${place}], given); if (v${number} === unmade) return unmade;`);
    return `${name}: v${number}`;
  });
  const text = `return (source, given, offset) => { ${values.join(' ')} return { ${members.join(', ')} }; };`;
  const names = makes.map((_, number) => `m${number}`);
  try {
    // `compileFunction` of `node:vm` would do, if it gave back what it compiles on Node 24, where this does.
    // oxlint-disable-next-line typescript/no-implied-eval
    return new Function('unmade', ...names, text)(unmade, ...makes) as Make<Given>;
  } catch (error) {
    if (error instanceof EvalError) return undefined;
    throw error;
  }
}

function described(property: Property<never>): string {
  if ('constant' in property) return JSON.stringify([property.name, property.constant]);
  return `${property.name} ${property.at} ${numberOf(property.make)}`;
}

const numbers = new WeakMap<object, number>();
let lastNumber = 0;

function numberOf(make: object): number {
  const number = numbers.get(make) ?? (lastNumber += 1);
  numbers.set(make, number);
  return number;
}
