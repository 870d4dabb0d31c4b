import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  getNullableType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

/** Documents that try every way into the data, made from the schema: whatever is added to it is tried as well. */
export function listProbes(schema: GraphQLSchema): readonly { root: string; query: string }[] {
  const roots = Object.values(schema.getQueryType()!.getFields()).filter((field) => isConnection(field));
  return roots.flatMap((root) => {
    const node = nodeOf(root);
    const inputs = Object.fromEntries(root.args.map((arg) => [arg.name, getNamedType(arg.type)]));
    const plain = `{ ${root.name}(first: 200) { totalCount nodes { ${leaves(node)} } pageInfo { endCursor } } }`;
    const edges = Object.values(node.getFields()).flatMap((field) => {
      const inner = edge(field);
      return inner ? [`{ ${root.name}(first: 8) { nodes { ${inner} } } }`] : [];
    });
    const filtered = filters(inputs['where'] as GraphQLInputObjectType).map(
      (where) => `${root.name}(first: 12, where: ${where}) { nodes { ${leaves(node)} } }`,
    );
    const ordered = orders(inputs['orderBy'] as GraphQLInputObjectType).map(
      (order) => `${root.name}(first: 12, orderBy: [${order}]) { edges { cursor node { ${leaves(node)} } } }`,
    );
    const aliased = chunks([...filtered, ...ordered], 10).map(
      (some) => `{ ${some.map((field, index) => `p${index}: ${field}`).join(' ')} }`,
    );
    return [plain, ...edges, ...aliased].map((query) => ({ root: root.name, query }));
  });
}

/** Lookups of the given ids through every root that takes an id. */
export function lookupProbes(schema: GraphQLSchema, ids: readonly string[]): readonly string[] {
  return Object.values(schema.getQueryType()!.getFields())
    .filter(({ args, type }) => args.length === 1 && args[0]!.name === 'id' && isObjectType(getNamedType(type)))
    .map(({ name, type }) => {
      const asked = ids.map(
        (id, index) =>
          `p${index}: ${name}(id: ${JSON.stringify(id)}) { ${leaves(getNamedType(type) as GraphQLObjectType)} }`,
      );
      return `{ ${asked.join(' ')} }`;
    });
}

function isConnection({ type }: GraphQLField<unknown, unknown>): boolean {
  return getNamedType(type).name.endsWith('Connection');
}

function nodeOf(field: GraphQLField<unknown, unknown>): GraphQLObjectType {
  const connection = getNamedType(field.type) as GraphQLObjectType;
  return getNamedType(connection.getFields()['nodes']!.type) as GraphQLObjectType;
}

function leaves(type: GraphQLObjectType): string {
  const names = Object.values(type.getFields()).flatMap((field) =>
    isLeafType(getNamedType(field.type)) ? [field.name] : [],
  );
  return names.join(' ');
}

function edge(field: GraphQLField<unknown, unknown>): string | undefined {
  const type = getNamedType(field.type);
  if (isLeafType(type)) return undefined;
  if (isConnection(field)) return `${field.name}(first: 8) { totalCount nodes { ${leaves(nodeOf(field))} } }`;
  if (isInterfaceType(type)) return `${field.name} { __typename id title }`;
  return isObjectType(type) ? `${field.name} { ${leaves(type)} }` : undefined;
}

const samples: Readonly<Record<string, string>> = {
  ID: '"00000000-0000-4000-8000-000000000000"',
  String: '"a"',
  Int: '3',
  Float: '3.5',
  Boolean: 'true',
  Date: '"2026-10-10"',
  DateTime: '"2026-10-10T10:00:00Z"',
};

/** Each column by one operator and by its complement; each way by each quantifier. */
function filters(where: GraphQLInputObjectType): readonly string[] {
  return Object.values(where.getFields()).flatMap(({ name, type }) => {
    const input = getNamedType(type);
    if (!isInputObjectType(input) || ['and', 'or', 'not'].includes(name)) return [];
    const inner = input.getFields();
    if (inner['some']) return [`{ ${name}: { some: {} } }`, `{ ${name}: { none: {} } }`];
    const operator = inner['eq'] ?? inner['has'];
    if (!operator || inner['id']) return [`{ ${name}: {} }`, `{ not: { ${name}: {} } }`];
    const scalar = getNullableType(operator.type);
    const value = isEnumType(scalar) ? 'OTHER' : samples[String(isListType(scalar) ? scalar.ofType : scalar)]!;
    return [
      `{ not: { ${name}: { ${operator.name}: ${value} } } }`,
      ...(inner['gte'] ? [`{ ${name}: { gte: ${value} } }`] : []),
    ];
  });
}

function orders(order: GraphQLInputObjectType): readonly string[] {
  return Object.values(order.getFields()).map(({ name, type }) =>
    isEnumType(getNamedType(type))
      ? `{ ${name}: DESC }`
      : `{ ${name}: ${deepest(getNamedType(type) as GraphQLInputObjectType)} }`,
  );
}

function deepest(order: GraphQLInputObjectType): string {
  const direct = Object.values(order.getFields()).find(({ type }) => isEnumType(getNamedType(type)))!;
  return `{ ${direct.name}: ASC }`;
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
