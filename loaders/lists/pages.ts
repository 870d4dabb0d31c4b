import type { View } from '../../schema/view.ts';
import type { Way } from '../../schema/ways.ts';
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
  const listing = listingOf(context, args, view, column, () => ({
    name: column,
    many: true,
    targets: [view],
    from: '',
    to: [column],
  }));
  return new ListPage(listing, key);
}

/** A list of the rows on the other side of a bridge: each once, however many bridge rows lead there. */
export function pageAcross<B extends View>(
  context: Context,
  bridge: B,
  near: ColumnOf<B>,
  far: ColumnOf<B>,
  target: View,
  key: string | Expected,
  args: ListArgs,
): ListPage {
  const listing = listingOf(context, args, bridge, near, () => ({
    name: far,
    many: true,
    targets: [target],
    from: '',
    through: { view: bridge, near, far },
    to: [target.grain[0]!],
  }));
  return new ListPage(listing, key);
}

interface KnownListing {
  readonly view: View;
  readonly column: string;
  readonly listing: Listing;
}

/** Our executor hands the same arguments to a field of every parent: what they mean is then worked out once. */
function listingOf(context: Context, args: ListArgs, view: View, column: string, wayOf: () => Way): Listing {
  const listings = context.once('listings', () => new Map<ListArgs, KnownListing>());
  const known = listings.get(args);
  if (known?.view === view && known.column === column) return known.listing;
  const way = wayOf();
  const listing = new Listing(context, { view: way.targets[0]!, way, ...narrowed(args) }, spanOf(args));
  listings.set(args, { view, column, listing });
  return listing;
}

function narrowed({ where, orderBy, asOf }: ListArgs) {
  return { ...(where && { where }), ...(orderBy && { orderBy }), ...(asOf && { asOf }) };
}
