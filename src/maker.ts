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
/** As many shapes are known, and as many have code, or somebody would fill the memory with shapes. The oldest are given up. */
const mostShapes = 1_000;
const longestShape = 4_000;

const makers = new Map<string, Maker<never>>();
const withCode = new Set<Maker<never>>();

/** Who makes such objects, and never gets code for it. */
export function plainMakerOf<Given>(properties: readonly Property<Given>[]): Maker<Given> {
  return new Maker(properties, false);
}

/** Who makes objects of that shape. Whoever asks for the same has the same: what one has made often is quick for all. */
export function makerOf<Given>(properties: readonly Property<Given>[]): Maker<Given> {
  const shape = properties.map(described).join();
  if (shape.length > longestShape) return plainMakerOf(properties);
  const known = makers.get(shape) as Maker<Given> | undefined;
  if (known) return known;
  const maker = new Maker(properties, true);
  makers.set(shape, maker);
  if (makers.size > mostShapes) makers.delete(makers.keys().next().value!);
  return maker;
}

export class Maker<Given> {
  readonly #properties: readonly Property<Given>[];
  readonly #mayHaveCode: boolean;
  #make: Make<Given> | undefined;
  #made = 0;

  constructor(properties: readonly Property<Given>[], mayHaveCode: boolean) {
    this.#properties = properties;
    this.#mayHaveCode = mayHaveCode;
  }

  /** `offset` is where in the source the place 0 is. */
  make(source: object, given: Given, offset = 0): Made {
    return this.#make ? this.#make(source, given, offset) : this.#assemble(source, given, offset);
  }

  #assemble(source: object, given: Given, offset: number): Made {
    this.#made += 1;
    if (this.#made === often && this.#mayHaveCode) this.#writeCode();
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

  #writeCode(): void {
    this.#make = codeFor(this.#properties);
    if (!this.#make) return;
    withCode.add(this);
    if (withCode.size > mostShapes) withCode.values().next().value!.#giveUpCode();
  }

  #giveUpCode(): void {
    withCode.delete(this);
    this.#make = undefined;
    this.#made = 0;
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
    // `compileFunction` of `node:vm` would do, if Node 24 ever gave back what it compiles.
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
