import { catalogFigure, newestColumn } from '../loaders/catalogFigure.ts';
import { parserOf } from '../loaders/sql/values.ts';
import { tells } from '../schema/extensions.ts';
import type { Graph } from '../schema/graph.ts';
import { metrics, viewsOf } from '../schema/metrics/declared.ts';
import type { View } from '../schema/view.ts';
import { views } from '../schema/views/index.ts';
import { wayOf } from '../schema/ways.ts';
import type { Context } from '../src/context.ts';
import { badInput } from '../src/failures.ts';

/** How fresh and how whole the views are for whoever asks, so that "no value" can be told from "no data yet". */
export function catalogResolvers({ builder }: Graph): void {
  const Join = builder.objectRef<{ readonly view: View; readonly column: string }>('CatalogJoin').implement({
    description:
      'A key of a view, and how many of its values lead to a row that you may see, as the edge of that key would. Of the first 1,000 rows of the list: the newest, where it is sorted by time.',
    ...tells('catalog'),
    fields: (t) => ({
      column: t.exposeString('column', { nullable: false, description: 'The column of the key: learning_app_id.' }),
      targets: t.stringList({
        nullable: false,
        description: 'The views that may know the key; one of them is enough.',
        resolve: ({ view, column }) => wayOf(view, view.columns[column]!.reference!.as).targets.map(({ name }) => name),
      }),
      keys: t.int({
        description: 'How many keys those rows hold. Missing ones are not counted, and of a list each.',
        resolve: ({ view, column }, _, context) => countOf(context, view, 'keys', column),
      }),
      resolved: t.int({
        description: 'How many of them lead to a row.',
        resolve: ({ view, column }, _, context) => countOf(context, view, 'resolved', column),
      }),
      share: t.float({
        description: 'resolved divided by keys, from 0 to 1. Null where there are no keys.',
        resolve: async ({ view, column }, _, context) => {
          const [keys, resolved] = await Promise.all([
            countOf(context, view, 'keys', column),
            countOf(context, view, 'resolved', column),
          ]);
          return keys === 0 ? null : resolved / keys;
        },
      }),
    }),
  });

  const CatalogView = builder.objectRef<View>('CatalogView').implement({
    description: 'How fresh and how whole the rows of a view are, as far as you may see them.',
    ...tells('catalog'),
    fields: (t) => ({
      name: t.exposeString('name', { nullable: false, description: 'The name of the view: students_xp.' }),
      type: t.exposeString('type', { nullable: false, description: 'The type of its rows: StudentXp.' }),
      totalCount: t.int({
        description: 'How many rows you may see.',
        resolve: async (view, _, context) => Number(await catalogFigure(context, view, { of: 'totalCount' })),
      }),
      newest: t.field({
        type: 'DateTime',
        description:
          'The latest time in the column that its list is sorted by, of times that have come; a day is its first moment in UTC. Null without rows, and for lists in another order.',
        resolve: (view, _, context) => newestOf(context, view),
      }),
      lagSec: t.float({
        description: 'Whole seconds from the newest until now.',
        resolve: async (view, _, context) => {
          const newest = await newestOf(context, view);
          return newest === null ? null : Math.floor((Date.now() - Date.parse(newest)) / 1_000);
        },
      }),
      metrics: t.stringList({
        nullable: false,
        description: 'The fields of Metrics that are reckoned from its rows.',
        resolve: ({ name }) => metrics.filter((one) => viewsOf(one).includes(name)).map((one) => one.name),
      }),
      joins: t.field({
        type: [Join],
        nullable: false,
        description: 'Its keys of other views.',
        resolve: (view) =>
          Object.keys(view.columns).flatMap((column) => (view.columns[column]!.reference ? [{ view, column }] : [])),
      }),
    }),
  });

  builder.queryField('catalog', (t) =>
    t.field({
      type: [CatalogView],
      description:
        'The views behind the graph, and what can be said of their rows: where to look when a figure is missing.',
      args: {
        views: t.arg.stringList({ description: 'Their names, in the order wanted: ["sessions"]. All unless said.' }),
      },
      resolve: (_, { views: names }) => (names ? names.map(viewAt) : views),
    }),
  );
}

const byName = new Map(views.map((view) => [view.name, view]));

function viewAt(name: string, index: number): View {
  const view = byName.get(name);
  if (!view) throw badInput(`views[${index}] is no view of the catalogue. Use a name such as students_xp.`);
  return view;
}

async function countOf(context: Context, view: View, of: 'keys' | 'resolved', column: string): Promise<number> {
  // A sum over no rows is null, and counts as 0.
  return Number(await catalogFigure(context, view, { of, column }));
}

const dateTime = parserOf({ kind: 'dateTime' });

async function newestOf(context: Context, view: View): Promise<string | null> {
  const column = newestColumn(view);
  return column === undefined
    ? null
    : (dateTime(await catalogFigure(context, view, { of: 'newest', column })) as string | null);
}
