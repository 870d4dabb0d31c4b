import type { GraphQLObjectType, GraphQLResolveInfo } from 'graphql';
import { Info } from '../src/execution/info.ts';
import { fieldName, keyColumn, type View } from './view.ts';
import { waysOf } from './ways.ts';

/** To be spread into a field that needs no more of its row than the id, if it is not the field of a way. */
export const ofKey = { extensions: { isOfKey: true } };

/**
 * Rows are asked for by their ids, which is all that the lists around them need to know: those are asked for at once, and not a round
 * trip later. Each filters itself, and what belongs to a row that the caller may not see is read and thrown away. An id that its row
 * spells otherwise finds nothing ahead.
 */
export function askAhead(info: GraphQLResolveInfo, view: View, ids: readonly string[]): void {
  const key = keyColumn(view);
  // graphql-js, which carries out what our executor does not, has nothing of the kind.
  if (key === undefined || !(info instanceof Info)) return;
  const type = info.schema.getType(view.type) as GraphQLObjectType;
  const fields = fieldsOfKey(type, view, key);
  for (const id of ids) info.askAhead(type, { [fieldName(key)]: id }, fields);
}

const knownFields = new WeakMap<GraphQLObjectType, ReadonlySet<string>>();

/** The fields that start from the key of a row and need nothing else of it. */
export function fieldsOfKey(type: GraphQLObjectType, view: View, key: string): ReadonlySet<string> {
  const known = knownFields.get(type);
  if (known) return known;
  const ways = waysOf(view).filter(({ from }) => from === key);
  const others = Object.values(type.getFields()).filter(({ extensions }) => extensions['isOfKey']);
  const fields = new Set([...ways, ...others].map(({ name }) => name));
  knownFields.set(type, fields);
  return fields;
}
