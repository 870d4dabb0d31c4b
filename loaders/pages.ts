import type { View } from '../schema/view.ts';
import type { Way } from '../schema/ways.ts';
import type { Context } from '../src/context.ts';
import type { OrderBy } from './order.ts';
import { ListPage, type PageArgs } from './page.ts';
import type { Where } from './where.ts';

/** The arguments of a list, as GraphQL hands them over. Null is the same as absent: clients send `after: null` for a first page. */
export interface ListArgs extends PageArgs {
  readonly where?: Where | null | undefined;
  readonly orderBy?: OrderBy | null | undefined;
  readonly asOf?: string | null | undefined;
}

type ColumnOf<V extends View> = keyof V['columns'] & string;

/** A list of a whole view. */
export function pageOfView(context: Context, view: View, args: ListArgs): ListPage {
  return new ListPage(context, { view, ...narrowed(args) }, args);
}

/** A list of the rows whose column holds the key, or has it among its keys. Empty for no key. */
export function pageByForeignKey<V extends View>(
  context: Context,
  view: V,
  column: ColumnOf<V>,
  key: string,
  args: ListArgs,
): ListPage {
  const way: Way = { name: column, many: true, targets: [view], from: '', to: [column] };
  return new ListPage(context, { view, way, ...narrowed(args) }, args, key);
}

/** A list of the rows on the other side of a bridge: each once, however many bridge rows lead there. */
export function pageAcross<B extends View>(
  context: Context,
  bridge: B,
  near: ColumnOf<B>,
  far: ColumnOf<B>,
  target: View,
  key: string,
  args: ListArgs,
): ListPage {
  const way: Way = {
    name: far,
    many: true,
    targets: [target],
    from: '',
    through: { view: bridge, near, far },
    to: [target.grain[0]!],
  };
  return new ListPage(context, { view: target, way, ...narrowed(args) }, args, key);
}

function narrowed({ where, orderBy, asOf }: ListArgs) {
  return { ...(where && { where }), ...(orderBy && { orderBy }), ...(asOf && { asOf }) };
}
