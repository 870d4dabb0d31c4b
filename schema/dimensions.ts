/**
 * By what the rows of a view can be grouped: keys, enums, booleans, days and words of open lists, its own or those of a row that
 * it leads to. Never by names or by what anybody wrote: a group of one child would be that child.
 */
import { fieldName, keyColumn, type Column, type View } from './view.ts';
import { remembered } from './remembered.ts';
import { waysOf, isPolymorphic, type Way } from './ways.ts';

/** A column of the view, or of the one row of another view to which a way leads. */
export interface Place {
  /** As arguments call it: `SESSION_LEARNING_APP_ID`. */
  readonly name: string;
  /** The name of its field in the key of a group. */
  readonly field: string;
  readonly way?: Way;
  readonly column: string;
  readonly facts: Column;
}

export interface Dimension extends Place {
  /** What its key leads to, and the name of the edge. */
  readonly entity?: { readonly field: string; readonly view: string };
}

export const dimensionsOf = remembered((view: View) => named(placesOf(view, groups).map(withEntity)));

/** The times by which rows can be put into buckets. */
export const timesOf = remembered((view: View) =>
  named(placesOf(view, (_, { kind }) => kind === 'date' || kind === 'dateTime')),
);

function named<P extends Place>(places: readonly P[]): ReadonlyMap<string, P> {
  return new Map(places.map((place) => [place.name, place]));
}

function placesOf(view: View, isMeant: (name: string, column: Column, view: View) => boolean): Place[] {
  const own = (of: View, way?: Way): Place[] =>
    Object.entries(of.columns)
      .filter(([name, facts]) => !facts.isPersonal && isMeant(name, facts, of))
      .map(([column, facts]) => {
        const field = way ? beyond(way, fieldName(column)) : fieldName(column);
        return { name: enumName(field), field, ...(way && { way }), column, facts };
      });
  const near = waysOf(view).filter((way) => !way.many && !isPolymorphic(way));
  return [...own(view), ...near.flatMap((way) => own(way.targets[0]!, way))];
}

/** A key that makes a row unique is no dimension: each row would be a group of its own. */
function groups(name: string, { kind, reference, isOfOpenList }: Column, view: View): boolean {
  if (kind === 'id') return reference !== undefined && name !== keyColumn(view);
  return kind === 'enum' || kind === 'boolean' || kind === 'date' || isOfOpenList === true;
}

function withEntity(place: Place): Dimension {
  const { reference } = place.facts;
  if (!reference) return place;
  const field = place.way ? beyond(place.way, reference.as) : reference.as;
  return { ...place, entity: { field, view: reference.view } };
}

/** `learningAppId` of a session is `sessionLearningAppId`. */
function beyond(way: Way, field: string): string {
  return `${way.name}${field[0]!.toUpperCase()}${field.slice(1)}`;
}

/** `sessionLearningAppId` is `SESSION_LEARNING_APP_ID`. */
function enumName(field: string): string {
  return field.replace(/[A-Z]/g, '_$&').toUpperCase();
}
