import { keyColumn, type View } from '../../schema/view.ts';
import { remembered } from '../../schema/remembered.ts';
import { viewNamed } from '../../schema/views/index.ts';
import type { WayFromKey } from '../../schema/ways.ts';
import type { Context } from '../../src/context.ts';
import type { OrderBy } from '../sql/order.ts';
import { spanOf, type PageArgs } from '../span.ts';
import type { Where } from '../sql/logic.ts';
import { Listing } from './listing.ts';
import type { Expected } from './expected.ts';
import { ListPage } from './listPage.ts';

/** The arguments of a list, as GraphQL hands them over. Null is the same as absent: clients send `after: null` for a first page. */
export interface ListArgs extends PageArgs {
  readonly where?: Where | null | undefined;
  readonly orderBy?: OrderBy | null | undefined;
  readonly asOf?: string | null | undefined;
}

type ColumnOf<V extends View> = keyof V['columns'] & string;

/** A list of a whole view. */
export function pageOfView(context: Context, view: View, args: ListArgs): ListPage {
  return new ListPage(new Listing(context, { view, ...narrowed(args) }, spanOf(args)), null);
}

/** A list of the rows whose column holds the key, or has it among its keys. Empty for no key. */
export function pageByForeignKey<V extends View>(
  context: Context,
  view: V,
  column: ColumnOf<V>,
  key: string | Expected,
  args: ListArgs,
): ListPage {
  return new ListPage(listingOf(context, wayTo(view)(column), args), key);
}

/** A list of the rows on the other side of a bridge: each once, however many bridge rows lead there. */
export function pageAcross<B extends View>(
  context: Context,
  bridge: B,
  ends: { readonly near: ColumnOf<B>; readonly far: ColumnOf<B> },
  key: string | Expected,
  args: ListArgs,
): ListPage {
  return new ListPage(listingOf(context, wayAcross(bridge)(ends.near)(ends.far), args), key);
}

/** The way from a key to the rows whose column holds it. */
const wayTo = remembered((view: View) =>
  remembered((column: string): WayFromKey => ({ name: column, targets: [view], to: [column] })),
);

/** The way from a key at the near end of a bridge to the rows at its far end. */
const wayAcross = remembered((bridge: View) =>
  remembered((near: string) =>
    remembered((far: string): WayFromKey => {
      const target = viewNamed(bridge.columns[far]!.reference!.view);
      const through = { view: bridge, near, far };
      return { name: far, targets: [target], through, to: [keyColumn(target)!] };
    }),
  ),
);

/** Our executor hands the same arguments to a field of every parent: what they mean is then worked out once. */
function listingOf(context: Context, way: WayFromKey, args: ListArgs): Listing {
  const listings = context.once('listings', () => new Map<ListArgs, Listing>());
  const known = listings.get(args);
  if (known?.list.way === way) return known;
  const listing = new Listing(context, { view: way.targets[0]!, way, ...narrowed(args) }, spanOf(args));
  listings.set(args, listing);
  return listing;
}

function narrowed({ where, orderBy, asOf }: ListArgs) {
  return { ...(where && { where }), ...(orderBy && { orderBy }), ...(asOf && { asOf }) };
}
