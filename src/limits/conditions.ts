/** What filters and orders say, by what PostgreSQL has to plan for it. */
import {
  getNamedType,
  isInputObjectType,
  typeFromAST,
  valueFromASTUntyped,
  visit,
  type FieldNode,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type ValueNode,
} from 'graphql';
import type { Variables } from './load.ts';

/** What a condition on other rows counts: they are looked up by a select of their own. */
const ofOtherRows = 20;

/** The conditions of a value, and how many of them lead to other rows: each of these counts once more for every step above it. */
interface Said {
  readonly conditions: number;
  readonly crossings: number;
}

const nothing: Said = { conditions: 0, crossings: 0 };
/** A variable may stand in a thousand places, and says the same in each of them. */
const known = new WeakMap<object, Said>();

export class Conditions {
  /** The variables that bring conditions; those that bring values for them change nothing. */
  readonly #bringing: ReadonlySet<string>;
  readonly #defaults: Variables;

  constructor(schema: GraphQLSchema, { variableDefinitions = [] }: OperationDefinitionNode) {
    const asking = variableDefinitions.filter(({ type }) => isInputObjectType(getNamedType(typeFromAST(schema, type))));
    this.#bringing = new Set(asking.map(({ variable }) => variable.name.value));
    this.#defaults = Object.fromEntries(
      asking.flatMap(({ variable, defaultValue }) =>
        defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
      ),
    );
  }

  /** How many conditions the arguments of a field come to. */
  of(
    { arguments: given = [] }: FieldNode,
    args: readonly GraphQLArgument[],
  ): number | ((variables: Variables) => number) {
    const asking = given.flatMap(({ name, value }) => {
      const type = args.find((arg) => arg.name === name.value)?.type;
      return type && isInputObjectType(getNamedType(type)) ? [{ type, value }] : [];
    });
    const count = (variables: Variables) => {
      const all = { ...this.#defaults, ...variables };
      return asking.reduce((sum, { type, value }) => sum + said(valueFromASTUntyped(value, all), type).conditions, 0);
    };
    return asking.some(({ value }) => this.#isBrought(value)) ? count : count({});
  }

  #isBrought(value: ValueNode): boolean {
    let isBrought = false;
    visit(value, {
      Variable: ({ name }) => {
        isBrought ||= this.#bringing.has(name.value);
      },
    });
    return isBrought;
  }
}

function said(value: unknown, type: GraphQLInputType): Said {
  const named = getNamedType(type);
  if (typeof value !== 'object' || value === null || !isInputObjectType(named)) return nothing;
  const found = known.get(value);
  if (found) return found;
  const fields = named.getFields();
  const parts = Array.isArray(value)
    ? value.map((item) => plus(said(item, named), 1))
    : Object.entries(value).map(([name, inner]) => (fields[name] ? saidBy(fields[name], inner) : nothing));
  const all = parts.reduce(
    (sum, part) => ({
      conditions: sum.conditions + part.conditions,
      crossings: sum.crossings + part.crossings,
    }),
    nothing,
  );
  known.set(value, all);
  return all;
}

function saidBy(field: GraphQLInputField, value: unknown): Said {
  const inner = said(value, field.type);
  if (field.extensions.crosses !== true) return plus(inner, 1);
  const crossings = inner.crossings + 1;
  return { conditions: inner.conditions + crossings * ofOtherRows, crossings };
}

function plus({ conditions, crossings }: Said, more: number): Said {
  return { conditions: conditions + more, crossings };
}
