import {
  getNamedType,
  getNullableType,
  isEnumType,
  isListType,
  isObjectType,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';
import { fieldName, type Column, type Domain, type Policy, type View } from '../../schema/view.ts';
import { views } from '../../schema/views/index.ts';

type Field = GraphQLField<unknown, unknown>;

const whoSees: Readonly<Record<Policy, string>> = {
  rows: 'callers who share an organisation with the person it is about; the view filters itself',
  student: 'callers who see its student',
  school: 'callers with its school, or the direct parent of that school, among their organisations',
  reference: 'every caller with a token',
};

const introductions: Readonly<Record<Domain, string>> = {
  curriculum: 'What is taught, in which apps, and what it consists of.',
  students: 'Students and guides, their schools and classes, where they were placed and what they have mastered.',
  sessions: 'What students did, wrote and earned.',
  insights: 'What was noticed in sessions, and what students were advised to do.',
};

/** The page of a domain in `docs/views/`: every view with its columns and edges, in the words of the catalogue and the schema. */
export function viewPage(domain: Domain, schema: GraphQLSchema): string {
  const own = views.filter((view) => view.domain === domain);
  const parts = [
    `# ${domain[0]!.toUpperCase()}${domain.slice(1)}`,
    `${introductions[domain]} This page is written from the catalogue, \`schema/views/${domain}.ts\`; a test compares the two.`,
    'A `!` behind a type says that there is always a value. *Personal* marks what names a person or was written by or about one. ' +
      'Which rows a caller sees is explained in [scope](../scope.md).',
    table(
      ['view', 'type', 'a row is seen by'],
      own.map((view) => [`[${view.name}](#${view.name})`, code(view.type), whoSees[view.scope]]),
    ),
    ...own.flatMap((view) => sectionOf(view, schema)),
  ];
  return `${parts.join('\n\n')}\n`;
}

function sectionOf(view: View, schema: GraphQLSchema): string[] {
  const columns = new Map(Object.entries(view.columns).map(([name, column]) => [fieldName(name), { name, column }]));
  const others = fieldsOf(schema, view.type).filter(({ name }) => !columns.has(name) && name !== 'id');
  const edges = others.filter(({ type }) => 'getFields' in getNamedType(type) || 'getTypes' in getNamedType(type));
  const more = others.filter((field) => !edges.includes(field));
  return [
    `## ${view.name}`,
    view.description,
    ...(view.deprecated === undefined ? [] : [`**Deprecated.** ${view.deprecated}`]),
    [
      `- Type: ${code(view.type)}`,
      `- List: ${listOf(view, schema)}`,
      `- One of them: ${lookupOf(view, schema)}`,
      `- What makes a row unique: ${grainOf(view)}`,
      `- Order of a list that asks for none: ${orderOf(view)}`,
      `- A row is seen by ${whoSees[view.scope]}.`,
    ].join('\n'),
    table(
      ['column', 'field', 'type', 'meaning'],
      fieldsOf(schema, view.type)
        .flatMap((field) => {
          const found = columns.get(field.name);
          return found ? [{ field, ...found }] : [];
        })
        .toSorted((a, b) => Object.keys(view.columns).indexOf(a.name) - Object.keys(view.columns).indexOf(b.name))
        .map(({ field, name, column }) => [
          code(name),
          code(field.name),
          code(String(field.type)),
          meaning(field, column),
        ]),
    ),
    ...(edges.length === 0
      ? []
      : [
          table(
            ['edge', 'leads to', 'how many', 'meaning'],
            edges.map((field) => [code(field.name), target(field, schema), howMany(field), meaning(field)]),
          ),
        ]),
    ...(more.length === 0
      ? []
      : [
          table(
            ['other field', 'type', 'meaning'],
            more.map((field) => [code(field.name), code(String(field.type)), meaning(field)]),
          ),
        ]),
  ];
}

function fieldsOf(schema: GraphQLSchema, type: string): readonly Field[] {
  const owner = schema.getType(type);
  return isObjectType(owner) ? Object.values(owner.getFields()) : [];
}

function listOf(view: View, schema: GraphQLSchema): string {
  const list = schema.getQueryType()!.getFields()[fieldName(view.name)]!;
  const takes = list.args.some(({ name }) => name === 'asOf') ? ['`asOf`'] : [];
  const connection = fieldsOf(schema, getNamedType(list.type).name).map(({ name }) => name);
  const has = ['summary', 'groups'].filter((name) => connection.includes(name)).map(code);
  return [code(list.name), ...(takes.length || has.length ? [`with ${[...takes, ...has].join(', ')}`] : [])].join(' ');
}

function lookupOf(view: View, schema: GraphQLSchema): string {
  const lookup = Object.values(schema.getQueryType()!.getFields()).find((field) => String(field.type) === view.type);
  if (lookup) return code(`${lookup.name}(id:)`);
  return view.grain.length === 0 ? 'no lookup' : 'no lookup; take the edge that leads to it';
}

function grainOf({ grain, mayRepeat }: View): string {
  if (grain.length === 0) return 'nothing; equal rows may repeat, and there is no `id`';
  const id = grain.length > 1 ? ['`id` is one text of them'] : [];
  const doubt = mayRepeat ? ['a source may break the promise, and lists page all the same'] : [];
  return [grain.map(code).join(', '), ...id, ...doubt].join('; ');
}

/** What the declared order leaves open, the grain decides. */
function orderOf(view: View): string {
  const declared = view.order.map((one) => one.split(' ') as [string, string?]);
  const names = declared.map(([name]) => name);
  const rest = view.grain.filter((name) => !names.includes(name)).map((name): [string] => [name]);
  return [...declared, ...rest]
    .map(([name, direction]) => `${code(fieldName(name))}${direction === 'desc' ? ' descending' : ''}`)
    .join(', then ');
}

function target(field: Field, schema: GraphQLSchema): string {
  const named = getNamedType(field.type).name;
  const nodes = fieldsOf(schema, named).find(({ name }) => name === 'nodes');
  const type = nodes && named.endsWith('Connection') ? getNamedType(nodes.type).name : named;
  const view = views.find((one) => one.type === type);
  return view ? `[${code(type)}](${view.domain}.md#${view.name})` : code(type);
}

function howMany({ type, args }: Field): string {
  if (isListType(getNullableType(type)) && args.length === 0) return 'one for each key';
  if (isListType(getNullableType(type))) return 'a list';
  if (!getNamedType(type).name.endsWith('Connection')) return 'one';
  return args.some(({ name }) => name === 'asOf') ? 'a list, `asOf`' : 'a list';
}

function meaning(field: Field, column?: Column): string {
  const type = getNamedType(field.type);
  const words = isEnumType(type)
    ? ` One of ${type
        .getValues()
        .map(({ name }) => code(name))
        .join(', ')}.`
    : '';
  const personal = column?.isPersonal ? ' *Personal.*' : '';
  const deprecated = field.deprecationReason ? ` **Deprecated.** ${field.deprecationReason}` : '';
  return `${field.description ?? ''}${words}${personal}${deprecated}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}
