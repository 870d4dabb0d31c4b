import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';

/** Numbers from 0 up to 1, the same ones for the same seed on every machine. */
export function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface RandomOperation {
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Ids of rows that exist, by the name of their type. */
export type KnownIds = Readonly<Record<string, readonly string[]>>;

/**
 * An operation over the schema with whatever documents may hold: aliases, fragments, directives, variables, fields named
 * twice, arguments that are refused. Not all of them are valid.
 */
export function randomOperation(schema: GraphQLSchema, chance: () => number, ids: KnownIds = {}): RandomOperation {
  const writer = new Writer(schema, chance, ids);
  const body = writer.selection(schema.getQueryType()!, 2 + Math.floor(chance() * 3), true);
  return writer.operation(body);
}

class Writer {
  readonly #schema: GraphQLSchema;
  readonly #chance: () => number;
  readonly #ids: KnownIds;
  readonly #declared: string[] = [];
  readonly #variables: Record<string, unknown> = {};
  readonly #fragments: { readonly name: string; readonly on: GraphQLCompositeType; text: string }[] = [];

  constructor(schema: GraphQLSchema, chance: () => number, ids: KnownIds) {
    this.#schema = schema;
    this.#chance = chance;
    this.#ids = ids;
  }

  operation(body: string): RandomOperation {
    const declared = this.#declared.length > 0 ? `(${this.#declared.join(', ')})` : '';
    const fragments = this.#fragments.map(({ name, on, text }) => `fragment ${name} on ${on.name} ${text}`);
    return { text: [`query Random${declared} ${body}`, ...fragments].join('\n'), variables: this.#variables };
  }

  selection(type: GraphQLCompositeType, depth: number, isRoot = false): string {
    const pieces: string[] = [];
    const wanted = 1 + Math.floor(this.#chance() * (isRoot ? 2 : 3.5));
    for (let i = 0; i < wanted; i++) pieces.push(this.#piece(type, depth));
    // A second time, so that selections of one field have to be merged.
    if (this.#chance() < 0.1) pieces.push(this.#pick(pieces));
    return `{ ${pieces.join(' ')} }`;
  }

  #piece(type: GraphQLCompositeType, depth: number): string {
    const dice = this.#chance();
    if (dice < 0.07) return `${this.#alias(0.3)}__typename`;
    if (dice < 0.09 && type === this.#schema.getQueryType()) return this.#introspection();
    if (dice < 0.17) return `... ${this.#condition(type)}${this.#directive(0.4)}${this.selection(type, depth)}`;
    if (dice < 0.22 && isAbstractType(type)) return this.#onConcrete(type, depth);
    if (dice < 0.26 && this.#fragments.length < 6) return this.#spread(type, depth);
    const fields = 'getFields' in type ? Object.values(type.getFields()) : [];
    const leaves = fields.filter((field) => !isCompositeType(getNamedType(field.type)));
    const edges = fields.filter((field) => isCompositeType(getNamedType(field.type)));
    // A type without leaves, such as a connection, is gone through to what has some.
    const isWanted = leaves.length === 0 ? depth > -3 : depth > 0 && this.#chance() < 0.4;
    const isEdge = edges.length > 0 && isWanted;
    if (isEdge) return this.#field(this.#pick(edges), depth);
    if (leaves.length > 0) return this.#field(this.#pick(leaves), depth);
    return isAbstractType(type) && depth > 0 ? this.#onConcrete(type, depth) : '__typename';
  }

  #introspection(): string {
    const name = this.#pick(['"Session"', '"TimebackOrder"', '"Nothing"']);
    const field = this.#pick([
      '__schema { queryType { name } }',
      `__type(name: ${name}) { kind name fields { name } }`,
    ]);
    return `${this.#alias(0.3)}${field}`;
  }

  #condition(type: GraphQLCompositeType): string {
    if (this.#chance() < 0.3) return '';
    if (isObjectType(type) && type.getInterfaces().length > 0 && this.#chance() < 0.5) {
      // The selection within is the type's own, which the interface may not have: asked for on the type again.
      return `on ${this.#pick(type.getInterfaces()).name} { __typename ... on ${type.name} { __typename } } ... on ${type.name} `;
    }
    return `on ${type.name} `;
  }

  #onConcrete(type: GraphQLCompositeType & { readonly name: string }, depth: number): string {
    const possible = isAbstractType(type) ? this.#schema.getPossibleTypes(type) : [];
    const concrete = this.#pick(possible);
    return `... on ${concrete.name} ${this.selection(concrete, depth - 1)}`;
  }

  #spread(type: GraphQLCompositeType, depth: number): string {
    const known = this.#fragments.filter((fragment) => fragment.on === type && fragment.text !== '');
    if (known.length > 0 && this.#chance() < 0.6) return `...${this.#pick(known).name}${this.#directive(0.3)}`;
    const fragment = { name: `F${this.#fragments.length}`, on: type, text: '' };
    this.#fragments.push(fragment);
    fragment.text = this.selection(type, depth - 1);
    return `...${fragment.name}${this.#directive(0.2)}`;
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number): string {
    const inner = getNamedType(field.type);
    const given = field.args.filter((arg) => isNonNullType(arg.type) || this.#chance() < 0.3);
    const args = given.map((arg) => `${arg.name}: ${this.#argument(arg, inner.name)}`).join(', ');
    const selection = isCompositeType(inner) ? ` ${this.selection(inner, depth - 1)}` : '';
    return `${this.#alias(0.15)}${field.name}${args && `(${args})`}${this.#directive(0.06)}${selection}`;
  }

  #alias(likelihood: number): string {
    return this.#chance() < likelihood ? `${this.#pick(['a', 'b', 'c', 'id', 'then', 'constructor'])}: ` : '';
  }

  #directive(likelihood: number): string {
    if (this.#chance() >= likelihood) return ' ';
    const [skip, include] = ['skip', 'include'].map((name) => ` @${name}(if: ${this.#trueOrFalse()}) `);
    return this.#pick([skip!, include!, `${skip}${include}`, `${include}${skip}`]);
  }

  #trueOrFalse(): string {
    return this.#chance() < 0.5 ? String(this.#chance() < 0.5) : this.#switch();
  }

  #switch(): string {
    const name = this.#pick(['on', 'off', 'usually', 'seldom']);
    const declared = { on: 'Boolean!', off: 'Boolean!', usually: 'Boolean = true', seldom: 'Boolean! = false' }[name]!;
    if (!this.#declared.includes(`$${name}: ${declared}`)) {
      this.#declared.push(`$${name}: ${declared}`);
      // One that has a default may be left out, and one of them may be null, where no condition may be.
      const values = {
        on: [true],
        off: [false],
        usually: [true, false, undefined, undefined, null],
        seldom: [true, undefined],
      }[name]!;
      const value = this.#pick<boolean | null | undefined>(values);
      if (value !== undefined) this.#variables[name] = value;
    }
    return `$${name}`;
  }

  #argument(arg: GraphQLArgument, typeName: string): string {
    const value = this.#value(arg.type, arg.name, typeName, 2);
    return this.#written(arg.type, value, 0.3);
  }

  /** As a variable, or as a literal that has variables within. */
  #written(type: GraphQLInputType, value: unknown, likelihood: number): string {
    if (this.#chance() < likelihood) return this.#asVariable(type, value);
    return literal(type, value, (inner, one) => this.#written(inner, one, 0.08));
  }

  #asVariable(type: GraphQLInputType, value: unknown): string {
    const name = `v${this.#declared.length}`;
    const fallback = this.#chance() < 0.15 && !isNonNullType(type) ? ` = ${literal(type, value)}` : '';
    this.#declared.push(`$${name}: ${String(type)}${fallback}`);
    const dice = this.#chance();
    if (dice < 0.02) this.#variables[name] = { not: 'this' };
    else if (dice < 0.1 && !isNonNullType(type)) this.#variables[name] = null;
    else if (dice < 0.85) this.#variables[name] = value;
    return `$${name}`;
  }

  #value(type: GraphQLInputType, name: string, typeName: string, depth: number): unknown {
    if (!isNonNullType(type) && this.#chance() < 0.04) return null;
    const inner = getNullableType(type);
    if (isListType(inner)) {
      const count = Math.floor(this.#chance() * 3);
      return Array.from({ length: count }, () => this.#value(inner.ofType, name, typeName, depth));
    }
    if (isEnumType(inner)) return this.#pick(inner.getValues()).name;
    if (isInputObjectType(inner)) {
      const fields = Object.values(inner.getFields()).filter((field) => depth > 0 || !hasFields(field.type));
      if (fields.length === 0) return {};
      const chosen = Array.from({ length: this.#chance() < 0.85 ? 1 : 2 }, () => this.#pick(fields));
      return Object.fromEntries(
        chosen.map((field) => [field.name, this.#value(field.type, field.name, typeName, depth - 1)]),
      );
    }
    return this.#leaf(String(inner), name, typeName);
  }

  #leaf(type: string, name: string, typeName: string): unknown {
    switch (type) {
      case 'Int':
        return this.#pick(name === 'first' || name === 'last' ? [0, 1, 2, 3, 3, 5, 2_000, -1] : [0, 1, 5, 60]);
      case 'Float':
        return this.#pick([0, 0.5, 12]);
      case 'Boolean':
        return this.#chance() < 0.5;
      case 'Date':
        return this.#pick(['2026-03-01', '2025-11-30', '0000-01-01']);
      case 'DateTime':
        return this.#pick(['2026-03-01T10:00:00Z', '2025-09-01T00:00:00.123456+02:00']);
      case '_Any': {
        const [of, known] = this.#pick(Object.entries(this.#ids));
        return this.#chance() < 0.1 ? { __typename: 'Nothing' } : { __typename: of, id: this.#pick(known) };
      }
      case 'ID':
        return this.#chance() < 0.15 ? 'no-such-id' : this.#pick(this.#ids[typeName] ?? ['no-such-id']);
      default:
        return this.#pick(['a', 'Math', 'no such text']);
    }
  }

  #pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.#chance() * from.length)]!;
  }
}

function hasFields(type: GraphQLInputType): boolean {
  return isInputObjectType(getNamedType(type));
}

type Write = (type: GraphQLInputType, value: unknown) => string;

function literal(type: GraphQLInputType, value: unknown, within: Write = literal): string {
  const inner = getNullableType(type);
  if (value === null || value === undefined) return 'null';
  if (isListType(inner) && Array.isArray(value))
    return `[${value.map((item) => within(inner.ofType, item)).join(', ')}]`;
  if (isInputObjectType(inner)) {
    const fields = inner.getFields();
    const written = Object.entries(value).map(([name, one]) => `${name}: ${within(fields[name]!.type, one)}`);
    return `{ ${written.join(', ')} }`;
  }
  if (isEnumType(inner)) return value as string;
  if (typeof value === 'object') {
    return `{ ${Object.entries(value)
      .map(([name, one]) => `${name}: ${JSON.stringify(one)}`)
      .join(', ')} }`;
  }
  return JSON.stringify(value);
}
