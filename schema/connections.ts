import type { ListPage } from '../loaders/lists/listPage.ts';
import type { Page } from '../loaders/lists/pageReading.ts';
import { pageSize } from '../loaders/span.ts';
import { aheadOfPage } from './ahead.ts';
import type { Builder } from './builder.ts';
import type { GroupsField } from './groups.ts';
import type { Inputs } from './inputs.ts';
import { fieldName, type View } from './view.ts';
import { hasSummary } from './measures.ts';
import { remembered } from './remembered.ts';
import type { SummaryOf } from './summaries.ts';
import { directives } from './tags.ts';
import { typeOf, type Types } from './types.ts';

interface Edge {
  readonly page: Page;
  readonly index: number;
}

interface Surroundings {
  readonly inputs: Inputs;
  readonly types: Types;
  readonly summaryOf: SummaryOf;
  readonly groupsField: GroupsField;
}

export function createConnections(builder: Builder, { inputs, types, summaryOf, groupsField }: Surroundings) {
  const pageInfo = builder.objectRef<ListPage>('PageInfo').implement({
    description: 'Where a page lies in its list.',
    ...directives({ shareable: [{}] }),
    fields: (t) => ({
      hasNextPage: t.boolean({
        nullable: false,
        description: 'Whether rows follow this page.',
        resolve: (list) => list.hasNextPage(),
      }),
      hasPreviousPage: t.boolean({
        nullable: false,
        description: 'Whether rows come before this page.',
        resolve: (list) => list.hasPreviousPage(),
      }),
      startCursor: t.string({
        description: 'The cursor of the first row; null on an empty page.',
        resolve: async (list) => cursorAt(await list.page(), 0),
      }),
      endCursor: t.string({
        description: 'The cursor of the last row; null on an empty page. Pass it as after to get the next page.',
        resolve: async (list) => cursorAt(await list.page(), -1),
      }),
    }),
  });

  const connection = remembered((view: View) => {
    const node = typeOf(types, view);
    const ahead = aheadOfPage(view);
    const edge = builder.objectRef<Edge>(`${view.type}Edge`).implement({
      description: `A ${view.type} and its place in a list.`,
      fields: (t) => ({
        cursor: t.string({
          nullable: false,
          description: 'Its place: pass it as after or before.',
          resolve: ({ page, index }) => page.cursor(index),
        }),
        node: t.field({
          type: node,
          description: 'The row.',
          extensions: { ahead: ahead.node },
          resolve: ({ page, index }) => page.nodes[index] as never,
        }),
      }),
    });
    return builder.objectRef<ListPage>(`${view.type}Connection`).implement({
      description: `A page of a list of ${view.type}.`,
      fields: (t) => ({
        nodes: t.field({
          type: [node],
          nullable: { list: false, items: true },
          description: 'The rows of the page.',
          extensions: { ahead: ahead.nodes },
          resolve: (list) => (list.atHand?.nodes ?? list.page().then(nodesOf)) as never,
        }),
        edges: t.field({
          type: [edge],
          nullable: false,
          description: 'The rows of the page, each with its cursor.',
          extensions: { ahead: ahead.edges },
          resolve: async (list) => edgesOf(await list.page()),
        }),
        pageInfo: t.field({
          type: pageInfo,
          nullable: false,
          description: 'Where the page lies in the list.',
          resolve: (list) => list,
        }),
        totalCount: t.int({
          description: 'How many rows the whole list has.',
          resolve: (list) => list.value({ name: 'count' }),
        }),
        ...(hasSummary(view) && {
          summary: t.field({
            type: summaryOf(view),
            description:
              'What the rows of the whole list come to, those of other pages, too. Only what is asked for is read.',
            resolve: (list) => list,
          }),
          groups: t.field({ ...groupsField(view), resolve: (list, args) => list.groups(args) }),
        }),
      }),
    });
  });

  function argsOf(view: View) {
    return builder.args((t) => ({
      first: t.int({
        description: `Rows from the start: ${pageSize.usual} unless said, ${pageSize.most} at most.`,
      }),
      after: t.string({ description: 'Behind this cursor; with first.' }),
      last: t.int({ description: `Rows from the end: ${pageSize.most} at most.` }),
      before: t.string({ description: 'Before this cursor; with last.' }),
      where: t.field({ type: inputs.where(view), description: 'Which rows.' }),
      orderBy: t.field({
        type: [inputs.orderBy(view)],
        description: 'By what; the first key counts most.',
      }),
      asOf: t.field({
        type: 'Date',
        description:
          'Only what held on this day: no begin means always, no end still, and the day of the end is no longer in it.',
      }),
    }));
  }

  /** A list of the view: spread it into `t.field`, and answer it with one of the page loaders. */
  return function listOf(view: View, options: { description: string; overTime?: boolean; needs?: readonly string[] }) {
    const { asOf, ...always } = argsOf(view);
    return {
      type: connection(view),
      nullable: true as const,
      extensions: { directives: { listSize: [listSize] }, needs: options.needs, isList: true },
      description: `${options.description} Usual order: ${orderInWords(view)}.`,
      // To the resolvers asOf is an argument like the others: where a list has none, it is absent.
      args: (options.overTime ? { ...always, asOf } : always) as ReturnType<typeof argsOf>,
    };
  };
}

/** What a gateway reckons with, where neither first nor last is given. */
const listSize = {
  assumedSize: pageSize.usual,
  slicingArguments: ['first', 'last'],
  sizedFields: ['nodes', 'edges'],
  requireOneSlicingArgument: false,
};

export type ListOf = ReturnType<typeof createConnections>;

function orderInWords(view: View): string {
  const names = view.order.map((declared) => {
    const [column, direction] = declared.split(' ');
    return `${fieldName(column!)}${direction === 'desc' ? ' descending' : ''}`;
  });
  return names.join(', then ');
}

function cursorAt(page: Page, index: number): string | null {
  const at = index < 0 ? page.nodes.length - 1 : index;
  return page.nodes.length === 0 ? null : page.cursor(at);
}

function nodesOf(page: Page): Page['nodes'] {
  return page.nodes;
}

function edgesOf(page: Page): Edge[] {
  return page.nodes.map((_, index) => ({ page, index }));
}
