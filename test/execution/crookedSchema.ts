import { createHash } from 'node:crypto';
import {
  buildSchema,
  getNullableType,
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isObjectType,
  responsePathAsArray,
  type GraphQLAbstractType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';

const fields = `
  id: ID!
  text: String
  texts: [String!]
  number: Int!
  kind: Kind
  item: Item
  firmItem: Item!
  items: [Item!]
  firmItems: [Item!]!
  rows: [[Item]!]
  node(kind: Kind): Node
  nodes: [Node!]!
  any: Any!
  anys: [Any]
  ownText: String
  ownWord: String!
  ownKind: Kind
  ownTexts: [String]
  ownNumbers: [[Int!]]
  ownItem: Item
  ownNodes: [Node]`;

const sdl = `
  enum Kind { GOOD BAD }
  interface Node { id: ID! text: String }
  type Item implements Node {${fields}}
  type Other implements Node { id: ID! text: String item: Item! others: [Other!] }
  union Any = Item | Other
  type Query {${fields}}`;

/** A number below `most` that follows from the words alone, so that two executors meet the same accidents. */
function fate(most: number, ...words: readonly unknown[]): number {
  return createHash('md5').update(words.join(' ')).digest().readUInt32BE() % most;
}

/**
 * A schema whose resolvers do everything that resolvers can do: they throw, reject, answer with errors, with nothing, with
 * promises within lists, with functions, with what is of no or of another type, at once or later.
 */
export function createCrookedSchema(): GraphQLSchema {
  const schema = buildSchema(sdl);
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isAbstractType(type)) {
      type.resolveType = (value, _, info) => resolveType(type, value, info);
    } else if (isObjectType(type)) {
      for (const field of Object.values(type.getFields())) {
        // The others are properties of their objects.
        if (type.name === 'Query' || (!field.name.startsWith('own') && fate(3, type.name, field.name) > 0)) {
          field.resolve = (_, args, seed, info) =>
            valueOf(schema, field.type, seed as number, [...responsePathAsArray(info.path), JSON.stringify(args)]);
        }
      }
    }
  }
  return schema;
}

type Place = readonly unknown[];

function valueOf(schema: GraphQLSchema, type: GraphQLOutputType, seed: number, place: Place): unknown {
  switch (fate(24, seed, 'accident', ...place)) {
    case 0:
      throw new Error(`thrown at ${place.join('.')}`);
    case 1:
      return Promise.reject(new Error(`rejected at ${place.join('.')}`));
    case 2:
      return new Error(`answered at ${place.join('.')}`);
    case 3:
      return null;
    case 4:
      return Promise.resolve(new Error(`answered later at ${place.join('.')}`));
    case 5:
      return undefined;
    case 6:
      return isLeafType(getNullableType(type)) ? { not: 'a leaf' } : 'a leaf';
    case 7:
    case 8:
    case 9:
    case 10:
    case 11:
      return later(fate(4, seed, 'turns', ...place), () => soundValue(schema, type, seed, place));
    default:
      return soundValue(schema, type, seed, place);
  }
}

async function later<T>(turns: number, value: () => T): Promise<T> {
  for (let turn = 0; turn < turns; turn++) await Promise.resolve();
  return value();
}

function soundValue(schema: GraphQLSchema, type: GraphQLOutputType, seed: number, place: Place): unknown {
  const inner = getNullableType(type);
  if (isListType(inner)) {
    const length = fate(4, seed, 'length', ...place);
    const items = Array.from({ length }, (_, index) => itemOf(schema, inner.ofType, seed, [...place, index]));
    return fate(5, seed, 'set', ...place) === 0 ? new Set(items) : items;
  }
  if (isEnumType(inner)) return ['GOOD', 'BAD', 'UGLY'][fate(3, seed, ...place)];
  if (isLeafType(inner)) return inner.name === 'Int' ? [1, 2.5, 3e12, '7'][fate(4, seed, ...place)] : 'text';
  const types = isAbstractType(inner) ? schema.getPossibleTypes(inner) : [inner];
  const concrete = types[fate(types.length, seed, 'type', ...place)]!;
  const object: Record<string, unknown> = { seed, place, typeName: concrete.name };
  for (const field of Object.values(concrete.getFields())) {
    if (field.resolve) continue;
    const read = () => itemOf(schema, field.type, seed, [...place, field.name]);
    function told(this: unknown, args: object, context: unknown, info: GraphQLResolveInfo): unknown {
      const isTold = this === object && Object.keys(args).length === 0 && context === seed;
      return isTold && info.fieldName === field.name ? read() : new Error('told something else');
    }
    // Made when it is read: what is promised to nobody is nobody's to hear.
    const get = () => (fate(3, seed, 'function', ...place) === 0 ? told : read());
    Object.defineProperty(object, field.name, { get });
  }
  return object;
}

/** What is thrown while a list or an object is made would be the whole list's accident: here it is the item's. */
function itemOf(schema: GraphQLSchema, type: GraphQLOutputType, seed: number, place: Place): unknown {
  try {
    return valueOf(schema, type, seed, place);
  } catch (error) {
    return error;
  }
}

function resolveType(
  type: GraphQLAbstractType,
  value: { seed: number; place: Place; typeName: string },
  info: GraphQLResolveInfo,
): Promise<string> | string | undefined {
  switch (fate(12, value.seed, 'resolveType', type.name, info.fieldName, ...(value.place ?? []))) {
    case 0:
      throw new Error('thrown while the type was asked for');
    case 1:
      return Promise.reject(new Error('rejected while the type was asked for'));
    case 2:
      return 'Query';
    case 3:
      return undefined;
    case 4:
    case 5:
      return Promise.resolve(value.typeName);
    default:
      return value.typeName;
  }
}
