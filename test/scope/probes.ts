import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLEnumType,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

type Field = GraphQLField<unknown, unknown>;

/** One field of a document, with its arguments and what is selected of it. */
export interface Probe {
  readonly root: string;
  readonly field: string;
}

/** Arguments by which a list is turned or cut; they are tried where the list is asked for, and by tests of their own. */
const paging = new Set(['first', 'last', 'after', 'before']);

/** Everything that can be asked, made from the schema: whatever is added to it is asked as well. */
export function probesOf(schema: GraphQLSchema, ids: readonly string[]): readonly Probe[] {
  return Object.values(schema.getQueryType()!.getFields()).flatMap((root) =>
    fieldsOf(root, ids).map((field) => ({ root: root.name, field })),
  );
}

function fieldsOf(root: Field, ids: readonly string[]): readonly string[] {
  if (isConnection(root)) return listsOf(root);
  const type = getNamedType(root.type);
  const selection = isObjectType(type) ? ` { ${selected(type)} }` : '';
  if (root.args.length === 1 && root.args[0]!.name === 'id')
    return ids.map((id) => `${root.name}(id: "${id}")${selection}`);
  return withArguments(root).map((field) => `${field}${selection}`);
}

function listsOf(root: Field): readonly string[] {
  const [where, orderBy] = ['where', 'orderBy'].map((name) =>
    getNamedType(root.args.find((arg) => arg.name === name)!.type),
  );
  if (!isInputObjectType(where) || !isInputObjectType(orderBy)) throw new Error(`${root.name} is no list.`);
  const connection = getNamedType(root.type) as GraphQLObjectType;
  const node = rowOf(root);
  const rows = `nodes { ${leaves(node)} }`;
  return [
    `${root.name}(first: 1000) { totalCount ${rows} pageInfo { hasNextPage endCursor } }`,
    ...totalsOf(connection).map((field) => `${root.name} { ${field} }`),
    ...Object.values(node.getFields())
      .filter(({ type }) => !isLeafType(getNamedType(type)))
      .flatMap((edge) => edgesOf(edge).map((field) => `${root.name}(first: 8) { nodes { ${field} } }`)),
    ...conditionsOf(where.getFields()).map(
      (value) => `${root.name}(first: 12, where: ${value}) { totalCount ${rows} }`,
    ),
    ...Object.values(orderBy.getFields()).map(
      ({ name, type }) =>
        `${root.name}(first: 12, orderBy: [{ ${name}: ${sampleOf(type)} }]) { edges { cursor node { ${leaves(node)} } } }`,
    ),
  ];
}

/** One level beyond a row: its lists with their totals, what it belongs to, and what is reckoned of it. */
function edgesOf(edge: Field): readonly string[] {
  const type = getNamedType(edge.type);
  if (isInterfaceType(type))
    return [
      `${edge.name} { __typename ${Object.values(type.getFields())
        .filter((field) => isLeafType(getNamedType(field.type)))
        .map(({ name }) => name)
        .join(' ')} }`,
    ];
  if (!isConnection(edge))
    return withArguments(edge).map((field) => `${field} { ${selected(type as GraphQLObjectType)} }`);
  const other = edge.args.filter(({ name }) => !paging.has(name) && name !== 'where' && name !== 'orderBy');
  return [
    `${edge.name}(first: 8) { totalCount nodes { ${leaves(rowOf(edge))} } }`,
    ...reckonedOf(type as GraphQLObjectType).map(
      (field) => `${edge.name} { ${plainly(field)} { ${selected(targetOf(field), 2)} } }`,
    ),
    ...other.flatMap((arg) => samplesOf(arg).map((value) => `${edge.name}(${arg.name}: ${value}) { totalCount }`)),
  ];
}

/** What a connection says beside its rows, by each argument that it takes. */
function totalsOf(connection: GraphQLObjectType): readonly string[] {
  return reckonedOf(connection).flatMap((field) => [
    `${plainly(field)} { ${selected(targetOf(field), 4)} }`,
    ...withArguments(field)
      .slice(1)
      .map((asked) => `${asked} { ${selected(targetOf(field), 2)} }`),
  ]);
}

function reckonedOf(connection: GraphQLObjectType): readonly Field[] {
  const names = ['nodes', 'edges', 'pageInfo'];
  return Object.values(connection.getFields()).filter(
    ({ name, type }) => !names.includes(name) && !isLeafType(getNamedType(type)),
  );
}

function plainly(field: Field): string {
  return withArguments(field)[0]!;
}

/** The field as plainly as it may be asked, and once more for each value of each argument that it takes. */
function withArguments({ name, args }: Field): readonly string[] {
  // Rows are grouped by a key or by time: without either, no other argument of groups makes sense.
  const by = args.find((arg) => arg.name === 'by');
  const bucket = args.find((arg) => arg.name === 'bucket');
  const isGroups = by !== undefined && bucket !== undefined;
  const needed = args.filter((arg) => isNeeded(arg) || (isGroups && arg === by));
  const variants = args
    .filter((arg) => !paging.has(arg.name) && (!needed.includes(arg) || isEnumType(getNamedType(arg.type))))
    .flatMap((arg) => {
      const beside = needed.filter((one) => one !== arg && !(arg === bucket && one === by)).map(asSample);
      const values = isGroups && arg === bucket ? bucketsOf(arg) : samplesOf(arg);
      return values.map((value) => [...beside, `${arg.name}: ${value}`]);
    });
  return [needed.map(asSample), ...variants].map((some) => (some.length === 0 ? name : `${name}(${some.join(', ')})`));
}

/** Moments need a time zone and dates take none, which a schema does not tell: each is asked for with one and without. */
function bucketsOf({ type }: GraphQLArgument): readonly string[] {
  const fields = (getNamedType(type) as GraphQLInputObjectType).getFields();
  const [columns, units] = ['of', 'unit'].map((name) =>
    (getNamedType(fields[name]!.type) as GraphQLEnumType).getValues(),
  );
  const [first] = columns!;
  const asked = [
    ...columns!.map(({ name }) => `of: ${name}, unit: DAY`),
    ...units!.filter(({ name }) => name !== 'DAY').map(({ name }) => `of: ${first!.name}, unit: ${name}`),
  ];
  return asked.flatMap((one) => [`{ ${one} }`, `{ ${one}, zone: "UTC" }`]);
}

function asSample({ name, type }: GraphQLArgument | GraphQLInputField): string {
  return `${name}: ${named[name] ?? sampleOf(type)}`;
}

function targetOf({ type }: Field): GraphQLObjectType {
  return getNamedType(type) as GraphQLObjectType;
}

/** Each column by one operator and by its complement; each way by each quantifier; each group of conditions. */
function conditionsOf(fields: Readonly<Record<string, GraphQLInputField>>): readonly string[] {
  return Object.values(fields).flatMap(({ name, type }) => {
    const input = getNamedType(type);
    if (!isInputObjectType(input) || ['and', 'or', 'not'].includes(name)) return [];
    const inner = input.getFields();
    const quantifiers = ['some', 'none', 'every', 'aggregate'].filter((quantifier) => inner[quantifier]);
    if (quantifiers.length > 0)
      return quantifiers.map(
        (quantifier) =>
          `{ ${name}: { ${quantifier}: ${quantifier === 'aggregate' ? sampleOf(inner[quantifier]!.type) : '{}'} } }`,
      );
    const operator = inner['eq'] ?? inner['has'];
    if (!operator || inner['id']) return [`{ ${name}: {} }`, `{ not: { ${name}: {} } }`];
    const value = sampleOf(operator.type);
    return [
      `{ not: { ${name}: { ${operator.name}: ${value} } } }`,
      ...(inner['gte'] ? [`{ ${name}: { gte: ${value} } }`] : []),
    ];
  });
}

const samples: Readonly<Record<string, string>> = {
  ID: '"00000000-0000-4000-8000-000000000000"',
  String: '"a"',
  Int: '3',
  Float: '0.5',
  Boolean: 'true',
  Date: '"2026-06-10"',
  DateTime: '"2026-06-10T10:00:00Z"',
};

/** Texts and days that have to make sense. */
const named: Readonly<Record<string, string>> = {
  zone: '"UTC"',
  from: '"2026-01-01"',
  to: '"2026-12-31"',
  unit: 'MONTH',
  views: '"sessions"',
};

/** Something that may stand here: of an enum the first, of an input what it needs, or else the first that it takes. */
function sampleOf(type: GraphQLInputType): string {
  const plain = getNullableType(type);
  if (isListType(plain)) return `[${sampleOf(plain.ofType)}]`;
  if (isEnumType(plain)) return plain.getValues()[0]!.name;
  if (!isInputObjectType(plain)) return samples[String(plain)] ?? '"a"';
  const fields = Object.values(plain.getFields()).filter(({ name }) => !['and', 'or', 'not'].includes(name));
  const needed = fields.filter(isNeeded);
  const plainest = fields.find(({ type: inner }) => isLeafType(getNamedType(inner))) ?? fields[0];
  const chosen = needed.length > 0 || !plainest ? needed : [plainest];
  return `{ ${chosen.map(asSample).join(', ')} }`;
}

/** Of an enum every value, of an input every field that it takes. */
function samplesOf(arg: GraphQLArgument): readonly string[] {
  const type = getNamedType(arg.type);
  const wrap = (value: string) => (isListType(getNullableType(arg.type)) ? `[${value}]` : value);
  if (isEnumType(type)) return type.getValues().map(({ name }) => wrap(name));
  if (!isInputObjectType(type)) return [wrap(named[arg.name] ?? samples[type.name] ?? '"a"')];
  const fields = Object.values(type.getFields()).filter(({ name }) => !['and', 'or', 'not'].includes(name));
  const needed = fields.filter(isNeeded);
  return fields.map((field) => {
    const some = [...needed.filter((one) => one !== field), field];
    return wrap(`{ ${some.map(asSample).join(', ')} }`);
  });
}

function isNeeded({ type, defaultValue }: GraphQLArgument | GraphQLInputField): boolean {
  return isNonNullType(type) && defaultValue === undefined;
}

function isConnection({ type }: Field): boolean {
  return getNamedType(type).name.endsWith('Connection');
}

function rowOf(field: Field): GraphQLObjectType {
  const connection = getNamedType(field.type) as GraphQLObjectType;
  return getNamedType(connection.getFields()['nodes']!.type) as GraphQLObjectType;
}

function leaves(type: GraphQLObjectType): string {
  return Object.values(type.getFields())
    .filter((field) => isLeafType(getNamedType(field.type)))
    .map(plainly)
    .join(' ');
}

/** All that a value holds: of a row its columns, of what is reckoned also what is inside it, so many levels deep. */
function selected(type: GraphQLObjectType, levels = 4): string {
  const inner = Object.values(type.getFields()).flatMap((field) => {
    const target = getNamedType(field.type);
    if (!isObjectType(target) || isConnection(field) || levels === 0) return [];
    return [`${plainly(field)} { ${isRow(target) ? leaves(target) : selected(target, levels - 1)} }`];
  });
  return [leaves(type), ...(isRow(type) ? [] : inner)].join(' ').trim() || '__typename';
}

/** Of a view, as against what is reckoned of its rows, where a name such as studentId has something inside. */
function isRow(type: GraphQLObjectType): boolean {
  return ['id', 'studentId', 'orgIds'].some((name) => {
    const field = type.getFields()[name];
    return field !== undefined && isLeafType(getNamedType(field.type));
  });
}
