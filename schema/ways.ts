/**
 * The ways from one view to another: what filters and orders may cross. They are facts, read from the keys that the catalogue
 * declares; the fields that lead the same ways are written by hand in `resolvers/`, under the same names.
 */
import { keyColumn, type Column, type Crossing, type View } from './view.ts';
import { viewNamed, views } from './views/index.ts';

export interface Way {
  /** Its name on the type of the view it starts from. */
  readonly name: string;
  readonly many: boolean;
  /** One view, or the several of which one may know the id. */
  readonly targets: readonly View[];
  /** The column where it starts. */
  readonly from: string;
  /** The bridge that it crosses: `near` equals `from`, `far` leads on. */
  readonly through?: { readonly view: View } & Pick<Crossing, 'near' | 'far' | 'only'>;
  /** The column that it meets in each of the targets, in their order. */
  readonly to: readonly string[];
}

/** The rest of a way, for whoever has the key that it starts with. */
export type WayFromKey = Omit<Way, 'from' | 'many'>;

/** Whatever an attempt or a relation may point at. Sections, topics and levels are curriculum items. */
export const resourceViews = ['questions', 'tests', 'lessons', 'units', 'courses', 'curriculum_items'].map(viewNamed);

/** Whatever a test may be part of: questions and tests are never parents. */
const parentViews = ['lessons', 'units', 'courses', 'curriculum_items'].map(viewNamed);

export function isPolymorphic(way: Way): boolean {
  return way.targets.length > 1;
}

/** The views that may know a key: of an open one, such as `resource` or `parent`, there are several. */
export function viewsBehind(name: string): readonly View[] {
  if (name === 'resource') return resourceViews;
  if (name === 'parent') return parentViews;
  return [viewNamed(name)];
}

function key(view: View): string {
  const column = keyColumn(view);
  if (!column) throw new Error(`${view.name} is referred to, but has no key of one column.`);
  return column;
}

function isUnique(view: View, column: string): boolean {
  return keyColumn(view) === column;
}

function waysOfReference(view: View, name: string, { reference, kind }: Column): [View, Way][] {
  if (!reference) return [];
  const targets = viewsBehind(reference.view);
  const to = targets.map((target) => reference.column ?? key(target));
  const many = kind === 'ids' || targets.some((target, index) => !isUnique(target, to[index]!));
  const there: Way = { name: reference.as, many, targets, from: name, to };
  const back = targets.map((target, index): [View, Way] => [
    target,
    { name: reference.back, many: !isUnique(view, name), targets: [view], from: to[index]!, to: [name] },
  ]);
  return [[view, there], ...back];
}

function waysAcross(view: View): [View, Way][] {
  return (view.crossings ?? []).flatMap(({ near, far, as, only }) => {
    const nearViews = viewsBehind(view.columns[near]!.reference!.view);
    const targets = viewsBehind(view.columns[far]!.reference!.view);
    return nearViews.map((start): [View, Way] => [
      start,
      {
        name: as,
        many: true,
        targets,
        from: key(start),
        through: { view, near, far, ...(only && { only }) },
        to: targets.map(key),
      },
    ]);
  });
}

const waysByView = new Map<View, Way[]>(views.map((view) => [view, []]));
for (const view of views) {
  const references = Object.entries(view.columns).flatMap(([name, column]) => waysOfReference(view, name, column));
  for (const [start, way] of [...references, ...waysAcross(view)]) waysByView.get(start)!.push(way);
}

export function waysOf(view: View): readonly Way[] {
  return waysByView.get(view) ?? [];
}

export function wayOf(view: View, name: string): Way {
  const way = waysOf(view).find((one) => one.name === name);
  if (!way) throw new Error(`There is no way ${name} from ${view.name}.`);
  return way;
}
