import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { pageSize } from '../../loaders/span.ts';
import { views } from '../../schema/views/index.ts';
import { Conditions } from './conditions.ts';
import { costOf, isPoints, isSummary, valuesOf } from './cost.ts';
import { fragmentsOf } from './fragments.ts';
import { pointsOf } from './series.ts';
import { nothing, type Load, type Variables } from './load.ts';

/** A number that stands in the document, that the variable of this name will bring, or that follows from several of them. */
export type Size = Count | { readonly variable: string; readonly otherwise: number; readonly ofNull: number };

/** A number, or what the variables make it. */
export type Count = number | ((variables: Variables) => number);

/** One field of a document as the cost sees it: what one of it costs, and how many rows hang below. */
export interface Part {
  readonly name: string;
  /** What one instance comes to, without what is selected below it. */
  readonly load: Load;
  /** A list of its own: `first` or `last`, representations, or what lists of keys usually hold. */
  readonly sizes: readonly Size[] | undefined;
  /** Its rows are those of the `nodes` or `edges` below it; any other list is its rows. */
  readonly isConnection: boolean;
  /** Its instances are as many as the rows of the page that it belongs to. */
  readonly isPerRow: boolean;
  /** Told of a whole page, which is read for it even if no row of it is shown. */
  readonly isOfPage: boolean;
  /** A reader can make it cheaper with `first`. */
  readonly isPaged: boolean;
  /** What its filters and orders say. */
  readonly conditions: Count;
  /** Left out or kept by a variable. */
  readonly unless: { readonly variable: string; readonly value: boolean } | undefined;
  readonly below: Parts | undefined;
}

export interface Parts {
  readonly fields: readonly Part[];
  /** Shared by all places that spread the same fragment, so that it is weighed once. */
  readonly fragments: readonly Parts[];
}

const typename: Part = {
  name: '__typename',
  load: { ...nothing, values: 1 },
  sizes: undefined,
  isConnection: false,
  isPerRow: false,
  isOfPage: false,
  isPaged: false,
  conditions: 0,
  unless: undefined,
  below: undefined,
};

export interface Compiled {
  readonly parts: Parts;
  /** The variables that change what the operation costs. */
  readonly variables: readonly string[];
  /** What else follows from them: how long a series is, how much a filter says. */
  readonly counts: readonly ((variables: Variables) => number)[];
}

/** How many organisations the caller has: a variable that no document can name. */
export const ownOrganizations = '@organizations';

export function compile(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): Compiled {
  const definitions = fragmentsOf(document);
  const defaults = defaultsOf(operation);
  const variables = new Set<string>();
  const counts: ((variables: Variables) => number)[] = [];
  const conditions = new Conditions(schema, operation);
  const fragments = new Map<string, Parts>();

  function partsOf(selectionSet: SelectionSetNode, type: GraphQLNamedType | undefined, inPage: boolean): Parts {
    const fields: Part[] = [];
    const spread: Parts[] = [];
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) {
        const part = partOf(selection, type, inPage);
        if (part) fields.push(part);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const on = selection.typeCondition ? schema.getType(selection.typeCondition.name.value) : type;
        spread.push(partsOf(selection.selectionSet, on, inPage));
      } else {
        spread.push(fragmentOf(selection.name.value, inPage));
      }
    }
    // Spread twice in one set, it is still answered once.
    return { fields, fragments: [...new Set(spread)] };
  }

  function fragmentOf(name: string, inPage: boolean): Parts {
    const key = `${name} ${inPage}`;
    const known = fragments.get(key);
    if (known) return known;
    const definition = definitions.get(name);
    if (!definition) return { fields: [], fragments: [] };
    const parts = partsOf(definition.selectionSet, schema.getType(definition.typeCondition.name.value), inPage);
    fragments.set(key, parts);
    return parts;
  }

  function partOf(node: FieldNode, type: GraphQLNamedType | undefined, inPage: boolean): Part | undefined {
    const name = node.name.value;
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
    // Introspection reads no row; its size has limits of its own. But the name of a type is written for every row.
    if (name === '__typename') return { ...typename, unless: unlessOf(node) };
    if (!field) return undefined;
    const target = getNamedType(field.type);
    const isList = isListType(getNullableType(field.type));
    const isPaged = field.args.some(({ name }) => name === 'first' || name === 'last');
    const isConnection = isPaged && !isList;
    const isPerRow = inPage && isList && (name === 'nodes' || name === 'edges');
    const isOfPage = inPage && name === 'pageInfo';
    // An edge is the row, whether it shows its node or its cursor.
    const isOfRow = name === 'node' && type !== undefined && isEdge(type);
    const isRow = isCompositeType(target) && !isConnection && !isOfPage && !isOfRow && !isSummary(target);
    const said = conditions.of(node, field.args);
    if (typeof said === 'function') counts.push(said);
    return {
      name,
      load: {
        nodes: isRow ? 1 : 0,
        cost: costOf(name, type, target, isPaged || isRow),
        values: valuesOf(field, target),
      },
      sizes: isPaged
        ? pagesOf(node, field)
        : isList && isRow && !isPerRow
          ? [listSizeOf(node, target, type)]
          : undefined,
      isConnection,
      isPerRow,
      isOfPage,
      isPaged,
      conditions: said,
      unless: unlessOf(node),
      below: node.selectionSet && partsOf(node.selectionSet, target, isConnection),
    };
  }

  function pagesOf(node: FieldNode, field: GraphQLField<unknown, unknown>): readonly Size[] {
    const given = (node.arguments ?? []).filter(({ name }) => name.value === 'first' || name.value === 'last');
    const own = field.args.find(({ name }) => name === 'first')?.defaultValue;
    const usual = typeof own === 'number' ? own : pageSize.usual;
    return given.length === 0 ? [usual] : given.map(({ value }) => sizeOf(value, usual));
  }

  function sizeOf(value: ValueNode, usual: number): Size {
    if (value.kind === Kind.INT) return Number(value.value);
    if (value.kind !== Kind.VARIABLE) return usual;
    variables.add(value.name.value);
    return { variable: value.name.value, otherwise: defaults.get(value.name.value) ?? usual, ofNull: usual };
  }

  /** Lists without pages: of keys of the row, of stretches of time, or as many as views are named or representations sent. */
  function listSizeOf(node: FieldNode, target: GraphQLNamedType, type: GraphQLNamedType | undefined): Size {
    if (type?.name === 'CallerScope') {
      variables.add(ownOrganizations);
      return { variable: ownOrganizations, otherwise: pageSize.usual, ofNull: pageSize.usual };
    }
    if (isPoints(target)) {
      const points = pointsOf(node, operation);
      counts.push(points);
      return points;
    }
    const value = node.arguments?.find(({ name }) => name.value === 'representations' || name.value === 'views')?.value;
    if (value?.kind === Kind.LIST) return value.values.length;
    const usual = target.name === 'CatalogView' ? views.length : pageSize.usual;
    return value ? sizeOf(value, usual) : usual;
  }

  function unlessOf(node: FieldNode): Part['unless'] {
    for (const { name, arguments: given } of node.directives ?? []) {
      const value = given?.[0]?.value;
      if (value?.kind !== Kind.VARIABLE || (name.value !== 'skip' && name.value !== 'include')) continue;
      variables.add(value.name.value);
      return { variable: value.name.value, value: name.value === 'skip' };
    }
    return undefined;
  }

  const root = schema.getRootType(operation.operation);
  return { parts: partsOf(operation.selectionSet, root ?? undefined, false), variables: [...variables], counts };
}

function isEdge(type: GraphQLNamedType): boolean {
  return isObjectType(type) && type.getFields()['cursor'] !== undefined;
}

function defaultsOf(operation: OperationDefinitionNode): ReadonlyMap<string, number> {
  const defaults = new Map<string, number>();
  for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
    if (defaultValue?.kind === Kind.INT) defaults.set(variable.name.value, Number(defaultValue.value));
    if (defaultValue?.kind === Kind.LIST) defaults.set(variable.name.value, defaultValue.values.length);
  }
  return defaults;
}
