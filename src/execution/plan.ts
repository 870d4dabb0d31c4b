import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  OperationTypeNode,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  visit,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLAbstractType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type InlineFragmentNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type VariableDefinitionNode,
} from 'graphql';
import { makerOf, plainMakerOf, unmade, type Maker, type Property } from '../maker.ts';
import { weightOf } from './documents.ts';
import { writerOf, type LeafShape } from './leaf.ts';
import { nodesOfField, type Kept, type PlanMemory } from './planMemory.ts';

type Variables = Readonly<Record<string, unknown>>;

/** The fields to read of an object of one type, merged from all places of the document that ask for them. */
export class Selection {
  readonly fields: readonly PlannedField[];
  /** Those that are more than a property of the object. */
  readonly others: readonly PlannedField[];
  #maker: Maker<undefined> | undefined;

  constructor(fields: readonly PlannedField[]) {
    this.fields = fields;
    this.others = fields.filter((field) => propertyOf(field) === undefined);
  }

  /** The object, with null in the places of the others; nothing, if there is anything to be said about one of its properties. */
  made(source: object): object | undefined {
    this.#maker ??= makerOfFields(this.fields);
    const made = this.#maker.make(source, undefined);
    return made === unmade ? undefined : made;
  }
}

export interface PlannedField {
  /** Its name in the answer. */
  readonly key: string;
  readonly parentType: GraphQLObjectType;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly nodes: readonly [FieldNode, ...FieldNode[]];
  readonly resolve: GraphQLFieldResolver<unknown, unknown> | undefined;
  /** What stands here whatever the object is: the name of its type. */
  readonly constant: string | undefined;
  readonly shape: Shape;
  /** The number of the field within its plan, under which a run keeps the arguments. */
  readonly number: number;
}

/** What a value has to become. */
export type Shape =
  | LeafShape
  | { readonly kind: 'list'; readonly isNullable: boolean; readonly item: Shape }
  | { readonly kind: 'object'; readonly isNullable: boolean; readonly selection: Selection }
  | {
      readonly kind: 'abstract';
      readonly isNullable: boolean;
      readonly type: GraphQLAbstractType;
      /** Planned when the first object of the type is met: of forty possible types, few ever are. */
      readonly selectionOf: (type: GraphQLObjectType) => Selection;
    };

export interface PlannedOperation {
  readonly definition: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly variables: readonly VariableDefinitionNode[];
  /** The plan under these variables, as far as `@skip` and `@include` depend on them; undefined if graphql-js has to do it. */
  selectionFor(variables: Variables): Selection | undefined;
}

export function planOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  definition: OperationDefinitionNode,
  memory: PlanMemory,
): PlannedOperation | undefined {
  const root = schema.getQueryType();
  if (definition.operation !== OperationTypeNode.QUERY || !root || setsPrototype(document)) return undefined;
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  for (const one of document.definitions) if (one.kind === Kind.FRAGMENT_DEFINITION) fragments[one.name.value] = one;
  const switches = switchesOf(document);
  const held = Math.ceil(weightOf(document) / nodesOfField);
  const plans = new Map<string, { readonly planner: Planner; readonly selection: Selection }>();
  /** Not where the variables are at hand: a plan outlives its request by far, and would keep them all. */
  function planFor(known: string, switched: Variables): Selection {
    const planner = new Planner(schema, fragments, switched, {
      held,
      grew: () => memory.grew(planner),
      forget: () => plans.delete(known),
    });
    const selection = planner.selection(root!, [definition.selectionSet]);
    plans.set(known, { planner, selection });
    memory.keep(planner);
    return selection;
  }
  return {
    definition,
    fragments,
    variables: definition.variableDefinitions ?? [],
    selectionFor(variables) {
      // One of them may be called `__proto__`.
      const switched: Record<string, boolean> = Object.create(null);
      for (const name of switches) {
        const value = variables[name];
        if (typeof value === 'boolean') switched[name] = value;
        else if (value !== undefined) return undefined;
      }
      const known = switches.map((name) => switched[name]).join();
      const plan = plans.get(known);
      if (!plan) return planFor(known, switched);
      memory.use(plan.planner);
      return plan.selection;
    },
  };
}

/** `__proto__` is a valid alias, but assigning it would replace the answer’s prototype: left to graphql-js. */
function setsPrototype(document: DocumentNode): boolean {
  let isSet = false;
  visit(document, {
    Field({ alias }) {
      if (alias?.value === '__proto__') isSet = true;
    },
  });
  return isSet;
}

function makerOfFields(fields: readonly PlannedField[]): Maker<undefined> {
  const properties = fields.map((field) => propertyOf(field) ?? { name: field.key, constant: null });
  const hasAliases = fields.some(({ key, definition }) => key !== definition.name);
  return hasAliases ? plainMakerOf(properties) : makerOf(properties);
}

/** Nothing, if there is more to it than to write the property of an object down. */
function propertyOf({ key, constant, definition, resolve, shape }: PlannedField): Property<undefined> | undefined {
  if (constant !== undefined) return { name: key, constant };
  return resolve || shape.kind !== 'leaf' ? undefined : { name: key, at: definition.name, make: writerOf(shape) };
}

/** The variables on which `@skip` and `@include` depend. */
function switchesOf(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive({ name, arguments: args = [] }) {
      if (name.value !== 'skip' && name.value !== 'include') return;
      for (const { value } of args) {
        if (value.kind === Kind.VARIABLE) names.add(value.name.value);
      }
    },
  });
  return [...names];
}

class Planner implements Kept {
  readonly forget: () => void;
  readonly #schema: GraphQLSchema;
  readonly #fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly #variables: Variables;
  readonly #held: number;
  readonly #grew: () => void;
  #fields = 0;

  constructor(
    schema: GraphQLSchema,
    fragments: Readonly<Record<string, FragmentDefinitionNode>>,
    variables: Variables,
    { held, grew, forget }: { readonly held: number; readonly grew: () => void; readonly forget: () => void },
  ) {
    this.#schema = schema;
    this.#fragments = fragments;
    this.#variables = variables;
    this.#held = held;
    this.#grew = grew;
    this.forget = forget;
  }

  get fields(): number {
    return this.#held + this.#fields;
  }

  selection(type: GraphQLObjectType, sets: readonly SelectionSetNode[]): Selection {
    const asked = new Map<string, FieldNode[]>();
    const seen = new Set<string>();
    for (const set of sets) this.#collect(type, set, asked, seen);
    const fields: PlannedField[] = [];
    for (const [key, nodes] of asked) {
      const field = this.#field(type, key, nodes as [FieldNode, ...FieldNode[]]);
      if (field) fields.push(field);
    }
    return new Selection(fields);
  }

  #collect(type: GraphQLObjectType, set: SelectionSetNode, asked: Map<string, FieldNode[]>, seen: Set<string>): void {
    for (const node of set.selections) {
      if (!this.#isIncluded(node)) continue;
      if (node.kind === Kind.FIELD) {
        const key = node.alias?.value ?? node.name.value;
        const nodes = asked.get(key);
        if (nodes) nodes.push(node);
        else asked.set(key, [node]);
        continue;
      }
      const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : this.#spread(node.name.value, seen);
      if (fragment && this.#isOf(type, fragment)) this.#collect(type, fragment.selectionSet, asked, seen);
    }
  }

  /** A fragment is spread once in a selection, however often it is named. */
  #spread(name: string, seen: Set<string>): FragmentDefinitionNode | undefined {
    if (seen.has(name)) return undefined;
    seen.add(name);
    return this.#fragments[name];
  }

  #isIncluded(node: SelectionNode): boolean {
    if (!node.directives?.length) return true;
    if (getDirectiveValues(GraphQLSkipDirective, node, this.#variables)?.['if'] === true) return false;
    return getDirectiveValues(GraphQLIncludeDirective, node, this.#variables)?.['if'] !== false;
  }

  #isOf(type: GraphQLObjectType, { typeCondition }: InlineFragmentNode | FragmentDefinitionNode): boolean {
    if (!typeCondition || typeCondition.name.value === type.name) return true;
    const condition = this.#schema.getType(typeCondition.name.value);
    return isAbstractType(condition) && this.#schema.isSubType(condition, type);
  }

  #field(
    parentType: GraphQLObjectType,
    key: string,
    nodes: readonly [FieldNode, ...FieldNode[]],
  ): PlannedField | undefined {
    const definition = this.#definition(parentType, nodes[0].name.value);
    if (!definition) return undefined;
    const number = this.#fields;
    this.#fields += 1;
    this.#grew();
    const shape = this.#shape(definition.type, nodes);
    const constant = definition === TypeNameMetaFieldDef ? parentType.name : undefined;
    return { key, parentType, definition, nodes, resolve: definition.resolve, constant, shape, number };
  }

  #definition(parentType: GraphQLObjectType, name: string): GraphQLField<unknown, unknown> | undefined {
    if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
    if (parentType === this.#schema.getQueryType()) {
      if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
      if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
    }
    return parentType.getFields()[name];
  }

  #shape(type: GraphQLOutputType, nodes: readonly FieldNode[], isNullable = true): Shape {
    if (isNonNullType(type)) return this.#shape(type.ofType, nodes, false);
    if (isListType(type)) return { kind: 'list', isNullable, item: this.#shape(type.ofType, nodes) };
    if (isLeafType(type)) return { kind: 'leaf', isNullable, type };
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    if (isObjectType(type)) return { kind: 'object', isNullable, selection: this.selection(type, sets) };
    const known = new Map<GraphQLObjectType, Selection>();
    const selectionOf = (object: GraphQLObjectType) => {
      const selection = known.get(object) ?? this.selection(object, sets);
      known.set(object, selection);
      return selection;
    };
    return { kind: 'abstract', isNullable, type, selectionOf };
  }
}
