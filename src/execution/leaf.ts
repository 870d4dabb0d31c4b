import type { GraphQLLeafType } from 'graphql';
import { unmade } from '../maker.ts';
import { isPromise } from './promise.ts';

export interface LeafShape {
  readonly kind: 'leaf';
  readonly isNullable: boolean;
  readonly type: GraphQLLeafType;
}

export function writtenLeaf(type: GraphQLLeafType, value: unknown): unknown {
  const text: unknown = type.serialize(value);
  if (text === null || text === undefined) throw new Error(`${type.name} made nothing of a value.`);
  return text;
}

type Writer = (value: unknown) => unknown;

/** Writes such a value, if there is nothing more to be done or said about it. */
export function writerOf({ type, isNullable }: LeafShape): Writer {
  const known = (isNullable ? nullables : nonNullables).get(type) ?? createWriter(type, isNullable);
  (isNullable ? nullables : nonNullables).set(type, known);
  return known;
}

const nullables = new WeakMap<GraphQLLeafType, Writer>();
const nonNullables = new WeakMap<GraphQLLeafType, Writer>();

function createWriter(type: GraphQLLeafType, isNullable: boolean): Writer {
  return (value) => {
    if (value === null || value === undefined) return isNullable ? null : unmade;
    if (typeof value === 'function' || value instanceof Error || isPromise(value)) {
      // It is read again, and a getter may then make another promise.
      abandon(value);
      return unmade;
    }
    try {
      return writtenLeaf(type, value);
    } catch {
      return unmade;
    }
  };
}

/** Nobody waits for what is left of a list that is given up, but a rejection that nobody hears would end the process. */
export function abandon(value: unknown): void {
  if (isPromise(value)) value.then(abandon, () => undefined);
  else if (isIterable(value)) for (const item of value) abandon(item);
}

export function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}
