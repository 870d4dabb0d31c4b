import type { GraphQLObjectType, GraphQLResolveInfo } from 'graphql';
import type { Expected } from '../loaders/lists/expected.ts';
import type { ListPage } from '../loaders/lists/listPage.ts';
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
  const type = typeOf(info, view.type);
  const fields = fieldsOfKey(type, view, key);
  for (const id of ids) info.askAhead(type, { [fieldName(key)]: id }, fields);
}

type Ahead<Source> = (source: Source, args: object, context: object, info: GraphQLResolveInfo) => void;

const node = new Set(['node']);

/**
 * Ahead, a page is read and nothing is made of it yet; but the lists below its rows are read with it, in one statement. Whatever else
 * there is below a row waits for it: it may be met in other places, too, and is read once for all of them.
 */
export function aheadOfPage(view: View) {
  const nodes: Ahead<ListPage> = (list, _args, _context, info) => {
    const rows = list.expect();
    if (rows.isNewTo(info.fieldNodes)) askBelow(info, view, rows);
  };
  const edges: Ahead<ListPage> = (list, _args, _context, info) => {
    const rows = list.expect();
    if (info instanceof Info && rows.isNewTo(info.fieldNodes))
      info.askAhead(typeOf(info, `${view.type}Edge`), { rows }, node);
  };
  const ofEdge: Ahead<{ readonly rows: Expected }> = ({ rows }, _args, _context, info) => askBelow(info, view, rows);
  return { nodes, edges, node: ofEdge };
}

function askBelow(info: GraphQLResolveInfo, view: View, rows: Expected): void {
  const key = keyColumn(view);
  if (key === undefined || !(info instanceof Info)) return;
  const type = typeOf(info, view.type);
  info.askAhead(type, { [fieldName(key)]: rows }, listsOfKey(type, view, key));
}

function typeOf({ schema }: GraphQLResolveInfo, name: string): GraphQLObjectType {
  return schema.getType(name) as GraphQLObjectType;
}

const knownFields = new WeakMap<GraphQLObjectType, ReadonlySet<string>>();
const knownLists = new WeakMap<GraphQLObjectType, ReadonlySet<string>>();

/** The fields that start from the key of a row and need nothing else of it. */
export function fieldsOfKey(type: GraphQLObjectType, view: View, key: string): ReadonlySet<string> {
  const known = knownFields.get(type);
  if (known) return known;
  const ways = waysOf(view).filter(({ from }) => from === key);
  const others = Object.values(type.getFields()).filter(({ extensions }) => extensions.isOfKey);
  const fields = new Set([...ways, ...others].map(({ name }) => name));
  knownFields.set(type, fields);
  return fields;
}

/** Those of them that are lists. */
export function listsOfKey(type: GraphQLObjectType, view: View, key: string): ReadonlySet<string> {
  const known = knownLists.get(type);
  if (known) return known;
  const all = type.getFields();
  const lists = new Set([...fieldsOfKey(type, view, key)].filter((name) => all[name]?.extensions.isList));
  knownLists.set(type, lists);
  return lists;
}
