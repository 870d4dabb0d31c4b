import { asInItsRow } from '../loaders/ids.ts';
import { pageOfView } from '../loaders/lists/pages.ts';
import { askAhead } from './ahead.ts';
import type { Builder } from './builder.ts';
import type { ListOf } from './connections.ts';
import { memberName } from './inputs.ts';
import { typeOf, type Types } from './types.ts';
import { fieldName, type View } from './view.ts';

/** Types whose name is a plural already: they have no word for one of them, and are looked up through what they belong to. */
const withoutSingular = new Set(['StudentStartDates', 'SchoolUsageStats', 'AggregatedSessionAttempts']);

/** The root fields of a view: its list under the view's own name and, where its type has an id, the lookup of one. */
export function addRoots(builder: Builder, listOf: ListOf, types: Types, view: View): void {
  const deprecation = view.deprecated === undefined ? {} : { deprecationReason: view.deprecated };
  builder.queryField(fieldName(view.name), (t) =>
    t.field({
      ...listOf(view, { description: view.description, overTime: 'begin_date' in view.columns }),
      ...deprecation,
      resolve: (_, args, context) => pageOfView(context, view, args),
    }),
  );
  if (view.grain.length === 0 || withoutSingular.has(view.type)) return;
  const type = typeOf(types, view);
  builder.queryField(memberName(view), (t) =>
    t.field({
      type,
      description: `The ${view.type} with this id; null if there is none that you may see.`,
      ...deprecation,
      args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
      resolve(_, args, context, info) {
        const id = asInItsRow(context, view, args.id);
        const row = type.getDataloader(context).load(id);
        askAhead(info, view, [id]);
        return row;
      },
    }),
  );
}
