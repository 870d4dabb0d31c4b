import { Kind, type DocumentNode, type SelectionSetNode } from 'graphql';
import { fragmentsOf } from './fragments.ts';

/** How much there is of a document once its fragments are written out, whatever the schema says about it. */
export interface Shape {
  readonly depth: number;
  /** The same of what an `edges` selects: its `node` is not counted, so that `edges { node }` is as deep as `nodes`. */
  readonly depthInEdges: number;
  readonly aliases: number;
  /** Letters of the longest alias: it is written for every row, and into the path of every error below it. */
  readonly aliasLetters: number;
  readonly rootFields: number;
  readonly directives: number;
  readonly fields: number;
  /** Times that the whole schema would be read out. */
  readonly introspections: number;
  /** Fragments that lead back to themselves. */
  readonly cycles: number;
}

const nothing: Shape = {
  depth: 0,
  depthInEdges: 0,
  aliases: 0,
  aliasLetters: 0,
  rootFields: 0,
  directives: 0,
  fields: 0,
  introspections: 0,
  cycles: 0,
};
const cycle: Shape = { ...nothing, cycles: 1 };

/**
 * Measured before validation, which takes time that grows with the square of what is repeated. A fragment is measured once
 * and counted as often as it is spread, so that a short document cannot grow to millions of fields while it is measured.
 */
export function shapeOf(document: DocumentNode): Shape {
  const fragments = fragmentsOf(document);
  const measured = new Map<string, Shape>();

  function ofFragment(name: string): Shape {
    const known = measured.get(name);
    if (known) return known;
    // Whoever comes back to it while it is being measured has gone in a circle.
    measured.set(name, cycle);
    const fragment = fragments.get(name);
    if (!fragment) {
      measured.set(name, nothing);
      return nothing;
    }
    const shape = plusDirectives(ofSelections(fragment.selectionSet), fragment.directives?.length);
    measured.set(name, shape);
    return shape;
  }

  function ofSelections(selectionSet: SelectionSetNode): Shape {
    return selectionSet.selections.map(ofSelection).reduce(beside, nothing);
  }

  function ofSelection(selection: SelectionSetNode['selections'][number]): Shape {
    const directives = selection.directives?.length;
    if (selection.kind === Kind.FRAGMENT_SPREAD) return plusDirectives(ofFragment(selection.name.value), directives);
    if (selection.kind === Kind.INLINE_FRAGMENT)
      return plusDirectives(ofSelections(selection.selectionSet), directives);
    const name = selection.name.value;
    const inner = selection.selectionSet ? ofSelections(selection.selectionSet) : nothing;
    // The standard introspection query is deeper than any other, and bounded by a rule of graphql-js.
    const isIntrospection = name === '__schema' || name === '__type';
    const depth = isIntrospection ? 1 : 1 + (name === 'edges' ? inner.depthInEdges : inner.depth);
    return {
      depth,
      // Names are all that is known before validation. An `edges` is counted above each `node` that is not, so that whatever
      // they are nested in, no document is more than twice as deep as it counts.
      depthInEdges: name === 'node' ? inner.depth : depth,
      aliases: inner.aliases + (selection.alias ? 1 : 0),
      aliasLetters: Math.max(inner.aliasLetters, selection.alias?.value.length ?? 0),
      rootFields: 1,
      directives: inner.directives + (directives ?? 0),
      fields: inner.fields + 1,
      introspections: inner.introspections + (name === '__schema' ? 1 : 0),
      cycles: inner.cycles,
    };
  }

  const shapes = document.definitions.map((definition) => {
    // What is never spread is validated all the same; how deep it is depends on where it is spread.
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      return { ...ofFragment(definition.name.value), depth: 0, depthInEdges: 0, rootFields: 0 };
    }
    if (definition.kind !== Kind.OPERATION_DEFINITION) return nothing;
    const ofVariables =
      definition.variableDefinitions?.reduce((sum, one) => sum + (one.directives?.length ?? 0), 0) ?? 0;
    return plusDirectives(ofSelections(definition.selectionSet), (definition.directives?.length ?? 0) + ofVariables);
  });
  return shapes.reduce(worst, nothing);
}

function plusDirectives(shape: Shape, count = 0): Shape {
  return count === 0 ? shape : { ...shape, directives: shape.directives + count };
}

/** Two selections of one set: both are answered, the deeper one sets the depth. */
function beside(one: Shape, other: Shape): Shape {
  return {
    depth: Math.max(one.depth, other.depth),
    depthInEdges: Math.max(one.depthInEdges, other.depthInEdges),
    aliases: one.aliases + other.aliases,
    aliasLetters: Math.max(one.aliasLetters, other.aliasLetters),
    rootFields: one.rootFields + other.rootFields,
    directives: one.directives + other.directives,
    fields: one.fields + other.fields,
    introspections: one.introspections + other.introspections,
    cycles: one.cycles + other.cycles,
  };
}

/** Two operations of one document: only one of them will run, and it may be the worse one. */
function worst(one: Shape, other: Shape): Shape {
  return {
    depth: Math.max(one.depth, other.depth),
    depthInEdges: Math.max(one.depthInEdges, other.depthInEdges),
    aliases: Math.max(one.aliases, other.aliases),
    aliasLetters: Math.max(one.aliasLetters, other.aliasLetters),
    rootFields: Math.max(one.rootFields, other.rootFields),
    directives: Math.max(one.directives, other.directives),
    fields: Math.max(one.fields, other.fields),
    introspections: Math.max(one.introspections, other.introspections),
    cycles: Math.max(one.cycles, other.cycles),
  };
}
