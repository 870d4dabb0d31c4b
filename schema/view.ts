/**
 * The vocabulary of the catalogue.
 *
 * A view is declared once, as facts: what makes a row unique, who may see it, what its columns hold and which of them are
 * keys of other views. Row types, exposed fields, filters, orders, select lists, the check of a live database and the
 * scope tests are all read from that one declaration. Edges are not: a key is a fact, an edge is a judgement, and lives
 * in `resolvers/`.
 */
import { remembered } from './remembered.ts';

/** What a column holds, in the words of the graph; `prose` is text long enough to enter cursors as its hash. */
export type Kind = 'id' | 'ids' | 'text' | 'prose' | 'int' | 'float' | 'boolean' | 'date' | 'dateTime' | 'enum';

interface Values {
  id: string;
  ids: string[];
  text: string;
  prose: string;
  int: number;
  float: number;
  boolean: boolean;
  date: string;
  dateTime: string;
  enum: string;
}

export type Domain = 'curriculum' | 'students' | 'sessions' | 'insights';

/**
 * Who may see a row of a view. Every view names one of the four, and `loaders/sql/policy.ts` writes it into every statement.
 *
 * - `rows`: the view filters itself by the scope of the transaction.
 * - `student`: whoever may see the row's student.
 * - `school`: whoever has the row's school, or its direct parent, among her organisations.
 * - `reference`: every caller that has proved who she is.
 */
export type Policy = 'rows' | 'student' | 'school' | 'reference';

/** A closed vocabulary: the database's own words, and the name of the enum that carries them in the graph. */
export interface Vocabulary {
  readonly name: string;
  readonly description: string;
  readonly words: readonly string[];
}

/** A key of another view: the fact from which filters and orders cross the graph. */
export interface Reference {
  /** The view that the key belongs to; `resource` and `parent` stand for whichever curriculum view knows the id. */
  readonly view: string;
  /** The column that it equals there; the key of that view unless named. */
  readonly column?: string;
  /** The name of the way there, on this view's type. */
  readonly as: string;
  /** The name of the way back, on the type of the other view. */
  readonly back: string;
}

/** A way across a bridge view, from the row that `near` names to the rows that `far` names. */
export interface Crossing {
  readonly near: string;
  readonly far: string;
  /** The name of the way there, on the type that `near` belongs to. */
  readonly as: string;
  /** The word by which rows lead there, where others mean something else. */
  readonly only?: { readonly column: string; readonly word: string };
}

interface Facts<K extends Kind, Null extends boolean, Key extends boolean> {
  readonly kind: K;
  readonly isNullable: Null;
  readonly description: string;
  readonly vocabulary?: Vocabulary;
  /** It is a key of another view, and so it is always selected. */
  readonly isKey: Key;
  readonly reference?: Reference;
  /** Names, e-mail addresses and what was written by or about a child: tagged `pii`, so that a contract can leave it out. */
  readonly isPersonal?: boolean;
  /** Its texts are words of a list that may grow, not names and nothing that anybody wrote: rows can be grouped by them. */
  readonly isOfOpenList?: boolean;
}

export interface Column<
  K extends Kind = Kind,
  Null extends boolean = boolean,
  Key extends boolean = boolean,
> extends Facts<K, Null, Key> {
  nullable(): Column<K, true, Key>;
  personal(): Column<K, Null, Key>;
  ofOpenList(): Column<K, Null, Key>;
  references(view: string, names: { as: string; back: string; column?: string }): Column<K, Null, true>;
}

function column<K extends Kind, Null extends boolean, Key extends boolean>(
  facts: Facts<K, Null, Key>,
): Column<K, Null, Key> {
  return {
    ...facts,
    nullable: () => column({ ...facts, isNullable: true }),
    personal: () => column({ ...facts, isPersonal: true }),
    ofOpenList: () => column({ ...facts, isOfOpenList: true }),
    references: (view, names) => column({ ...facts, isKey: true, reference: { view, ...names } }),
  };
}

function kind<K extends Kind>(kind: K) {
  return (description: string): Column<K, false, false> =>
    column({ kind, isNullable: false, isKey: false, description });
}

export const id = kind('id');
export const ids = kind('ids');
export const text = kind('text');
export const prose = kind('prose');
export const int = kind('int');
export const float = kind('float');
export const boolean = kind('boolean');
export const date = kind('date');
export const dateTime = kind('dateTime');

export function oneOf(vocabulary: Vocabulary, description: string): Column<'enum', false, false> {
  return column({ kind: 'enum', isNullable: false, isKey: false, description, vocabulary });
}

/** The organisations under which a row is visible: the same column, with the same meaning, in all views of `rows`. */
export function orgIds(): Column<'ids', false, false> {
  return ids(
    'Organisations through which you see this row: the person’s own that are in your scope. Empty only without a scope limit.',
  );
}

type Columns = Readonly<Record<string, Column>>;
type Direction = 'asc' | 'desc';
type Ordered<Name extends string> = Name | `${Name} ${Direction}`;

interface ViewFacts<Name extends string, Grain extends Name = Name> {
  /** The name of its type in the graph. */
  readonly type: string;
  readonly domain: Domain;
  readonly description: string;
  readonly scope: Policy;
  /** The columns that make a row unique; empty where the document promises no such columns. */
  readonly grain: readonly Grain[];
  /** The order of a list that asks for none. What it leaves open, the grain decides. */
  readonly order: readonly Ordered<Name>[];
  /** The grain is promised by the document, but a source may break it: page as if there were none. */
  readonly mayRepeat?: boolean;
  readonly crossings?: readonly Crossing[];
  readonly deprecated?: string;
}

export interface View extends ViewFacts<string> {
  readonly name: string;
  readonly columns: Columns;
}

export interface ViewOf<Name extends string, C extends Columns, Grain extends keyof C & string> extends View {
  readonly name: Name;
  readonly columns: C;
  readonly grain: readonly Grain[];
}

export function view<const Name extends string, C extends Columns, const Grain extends keyof C & string = never>(
  name: Name,
  facts: ViewFacts<NoInfer<keyof C & string>, Grain> & { readonly columns: C },
): ViewOf<Name, C, Grain> {
  return { ...facts, name };
}

type Camel<S extends string> = S extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : S;
type Value<C> = C extends Column<infer K, infer Null> ? Values[K] | (Null extends true ? null : never) : never;

/** A row of a view under the names of its fields. Columns that no operation asked for are absent at run time. */
export type Row<V extends View> = { [N in keyof V['columns'] & string as Camel<N>]: Value<V['columns'][N]> };

/** What edges may read of a row: the columns that are always there, whatever an operation asks for. */
export type KeyRow<V extends View> = {
  [
    N in keyof V['columns'] & string as N extends V['grain'][number]
      ? Camel<N>
      : V['columns'][N]['isKey'] extends true
        ? Camel<N>
        : never
  ]: Value<V['columns'][N]>;
};

/** `learning_app_id` is the field `learningAppId`. Every statement asks for some of them again. */
export const fieldName = remembered((column: string): string =>
  column.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
);

/** Views with a grain have an `id`; where the grain is one column, the id is that column's own value. */
export function keyColumn(view: View): string | undefined {
  return view.grain.length === 1 ? view.grain[0] : undefined;
}
