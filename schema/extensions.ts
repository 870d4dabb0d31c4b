/** What our fields and types say of themselves beside what GraphQL has words for: said where they are made, read elsewhere in the house. */
import type { Directives } from './tags.ts';

/** What figures a type tells, by which the limits know what they cost. */
export type FigureKind = 'summary' | 'groups' | 'metrics' | 'points' | 'catalog';

declare module 'graphql' {
  // The names of their parameters have to be those of graphql-js.
  interface GraphQLFieldExtensions<_TSource, _TContext, _TArgs> {
    /** Fields of the row that it is made of. */
    needs?: readonly string[] | undefined;
    /** Sets going what it reads, before its row is there, without making an answer of it. */
    ahead?: unknown;
    /** It starts from the key of a row, and needs nothing else of it. */
    isOfKey?: boolean;
    isList?: boolean;
    /** Its text may be a whole page. */
    isLong?: boolean;
    directives?: Directives;
  }
  interface GraphQLObjectTypeExtensions<_TSource, _TContext> {
    directives?: Directives;
    figures?: FigureKind;
  }
  interface GraphQLInputFieldExtensions {
    /** A condition on other rows. */
    crosses?: boolean;
    directives?: Directives;
  }
}

/** To be spread into a type of figures. */
export function tells(figures: FigureKind, directives?: Directives) {
  return { extensions: { figures, ...(directives && { directives }) } };
}
