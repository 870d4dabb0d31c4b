import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';

/** A list of objects somewhere in the schema, and documents that ask for no row of it and for so many. */
export interface List {
  readonly name: string;
  readonly rows: number;
  readonly document: (rows: number) => string;
}

type Field = GraphQLField<unknown, unknown>;

const isList = ({ type }: Field) => isListType(getNullableType(type));
const hasPages = ({ args }: Field) => args.some(({ name }) => name === 'first');
/** Lists whose rows their arguments count in another way. */
const countedOtherwise = new Set(['MetricPoint', 'CatalogView']);

/** Every list that a document can reach, each by one of the shortest ways, on which there is one row of everything. */
export function everyList(schema: GraphQLSchema): readonly List[] {
  const found: List[] = [];
  const ways = new Map([['Query', (inner: string) => `{ ${inner} }`]]);
  for (const [typeName, way] of ways) {
    const type = schema.getType(typeName);
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const target = getNamedType(field.type);
      const needed = field.args.filter((arg) => isNonNullType(arg.type) && arg.defaultValue === undefined);
      if (!isCompositeType(target) || needed.some(({ name }) => name !== 'id')) continue;
      if (/Connection$|Groups$/.test(typeName) || countedOtherwise.has(target.name)) continue;
      const ask = (rows: number, inner: string) => {
        const args = [...needed.map(({ name }) => `${name}: "x"`), ...(hasPages(field) ? [`first: ${rows}`] : [])];
        const below = hasPages(field) && !isList(field) ? `nodes { ${inner} }` : inner;
        return way(`${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''} { ${below} }`);
      };
      if (hasPages(field))
        found.push({ name: `${typeName}.${field.name}`, rows: 7, document: (rows) => ask(rows, '__typename') });
      else if (isList(field)) {
        const document = (rows: number) => (rows === 0 ? way('__typename') : ask(rows, '__typename'));
        found.push({ name: `${typeName}.${field.name}`, rows: 20, document });
      }
      if (isList(field)) continue;
      const row = hasPages(field) && isObjectType(target) ? getNamedType(target.getFields()['nodes']!.type) : target;
      if (!ways.has(row.name)) ways.set(row.name, (inner) => ask(1, inner));
    }
  }
  return found;
}
