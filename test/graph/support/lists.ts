import { facts } from '../../catalogue/facts.ts';
import type { Scope } from '../../../src/scope.ts';
import { GraphQLError } from 'graphql';
import type { Answer, TestGraph } from '../../support/graph.ts';
import { orders } from './keys.ts';
import type { ListArgs } from './oracle.ts';
import { columnsOf, fieldOf, shown, typeOf, type Row } from './world.ts';

export interface PageArgs extends ListArgs {
  readonly first?: number;
  readonly after?: string;
  readonly last?: number;
  readonly before?: string;
}

/** A list as a test asks for it: of a whole view. */
export interface Question extends PageArgs {
  readonly view: string;
}

/** The columns that tell a row from all others: those that make it unique, or all that can be compared. */
function tellingColumns(view: string): readonly string[] {
  const { unique } = orders[view]!;
  return unique.length > 0 ? unique : columnsOf(view).filter((column) => typeOf(view, column) !== '[ID]');
}

export function tellingFields(view: string): string {
  return tellingColumns(view).map(fieldOf).join(' ');
}

/** What an answer has to say of a row when it is asked for `tellingFields`. */
export function told(view: string, row: Row): unknown {
  return Object.fromEntries(tellingColumns(view).map((column) => [fieldOf(column), shown(view, column, row[column]!)]));
}

export function toldAll(view: string, rows: readonly Row[]): unknown[] {
  return rows.map((row) => told(view, row));
}

const argTypes = (type: string): Readonly<Record<keyof PageArgs, string>> => ({
  where: `${type}Filter`,
  orderBy: `[${type}Order!]`,
  asOf: 'Date',
  first: 'Int',
  after: 'String',
  last: 'Int',
  before: 'String',
});

/** Arguments of one field, carried by variables, which all begin with `prefix`. */
export function passed(prefix: string, type: string, args: PageArgs) {
  const names = (Object.keys(args) as (keyof PageArgs)[]).filter((name) => args[name] !== undefined);
  const list = names.map((name) => `${name}: $${prefix}${name}`).join(', ');
  return {
    list: names.length === 0 ? '' : `(${list})`,
    declared: names.map((name) => `$${prefix}${name}: ${argTypes(type)[name]}`),
    values: Object.fromEntries(names.map((name) => [`${prefix}${name}`, args[name]])),
  };
}

/** Several lists in one document. `selected` is what is asked of each; its rows unless said otherwise. */
export async function askLists(
  graph: TestGraph,
  questions: readonly Question[],
  options: { as?: Scope; selected?: (view: string) => string } = {},
) {
  const { as, selected = (view: string) => `nodes { ${tellingFields(view)} }` } = options;
  const parts = questions.map(({ view, ...args }, index) => {
    const { rootField, type } = facts[view]!;
    const { list, declared, values } = passed(`q${index}_`, type, args);
    return { field: `q${index}: ${rootField}${list} { ${selected(view)} }`, declared, values };
  });
  const declared = parts.flatMap((part) => part.declared);
  const head = declared.length === 0 ? 'query' : `query (${declared.join(', ')})`;
  const answer = await graph.run(`${head} {\n${parts.map(({ field }) => field).join('\n')}\n}`, {
    ...(as && { as }),
    variables: Object.assign({}, ...parts.map(({ values }) => values)),
  });
  const data = dataOf(answer, questions);
  return { answer, lists: questions.map((_, index) => data[`q${index}`]) };
}

/** The data of an answer that has no errors. What went wrong stands behind the words that a caller reads. */
export function dataOf(answer: Answer, asked: unknown): Answer['data'] {
  let cause: Error | null | undefined = answer.errors?.[0];
  if (!cause) return answer.data;
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError;
  throw new Error(`${cause.message}\n${JSON.stringify(asked)}`, { cause });
}
