/**
 * The inputs of lists: what can be filtered and ordered by, made from the catalogue.
 *
 * They are the same in every serving, also where a domain's types are not served: composition keeps only the fields that all
 * subgraphs share, and would drop the others without a word.
 */
import type { InputFieldMap } from '@pothos/core';
import { directionNames } from '../loaders/sql/direction.ts';
import type { OrderBy } from '../loaders/sql/order.ts';
import type { Where } from '../loaders/sql/logic.ts';
import type { Builder, InputBuilder, Ref } from './builder.ts';
import { connectives } from './connectives.ts';
import { meaningsOf, otherWord } from './fields.ts';
import { operatorsOf } from './operators.ts';
import { remembered } from './remembered.ts';
import { createSummaryInputs } from './summaryInputs.ts';
import { personal } from './tags.ts';
import type { Column, Kind, View, Vocabulary } from './view.ts';
import { views } from './views/index.ts';
import { isPolymorphic, resourceViews, type Way } from './ways.ts';

/** Asks for something of other rows. The limits count that for more than a condition on the row itself. */
const crossing = { extensions: { crosses: true } };

export interface Inputs {
  where(view: View): Ref<Where>;
  orderBy(view: View): Ref<OrderBy[number]>;
  readonly direction: Ref;
  summaryFilter(view: View): Ref<Where>;
  summaryOrder(view: View): Ref<OrderBy[number]>;
  /** The type of a column's values, its words among them. To the compiler they are all texts. */
  valueType(column: Pick<Column, 'kind' | 'vocabulary'>): 'String';
}

/** The word of the catalogue as GraphQL writes enums: `NotStarted` is `NOT_STARTED`. */
function enumName(word: string): string {
  if (word === 'tobedeleted') return 'TO_BE_DELETED';
  return word.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();
}

export function createInputs(builder: Builder): Inputs {
  const shared = new Map<string, Ref>();

  const direction = builder.enumType('TimebackOrder', {
    description: 'Upwards or downwards. Missing values come last in both, unless they are asked for first.',
    values: directionNames,
  });

  const enumOf = remembered(({ name, description, words }: Vocabulary) => {
    const values = Object.fromEntries(words.map((word) => [enumName(word), { value: word }]));
    return builder.enumType(name, {
      description,
      values: {
        ...values,
        OTHER: { value: otherWord, description: 'A word that this version of the graph does not know.' },
      },
    });
  });

  function valueType({ kind, vocabulary }: Pick<Column, 'kind' | 'vocabulary'>): 'String' {
    return (vocabulary ? enumOf(vocabulary) : scalarNames[kind]) as 'String';
  }

  function operators(column: Pick<Column, 'kind' | 'vocabulary'>): Ref {
    const name = column.vocabulary ? `${column.vocabulary.name}Filter` : `Timeback${filterNames[column.kind]}Filter`;
    const known = shared.get(name);
    if (known) return known;
    const made = builder.inputType(name, {
      description: `Conditions on one field; all that are given have to hold.`,
      fields: (t) => {
        const type = valueType(column);
        const types = { one: type, several: [type] as [typeof type], flag: 'Boolean' as const };
        return Object.fromEntries(
          operatorsOf(column.kind).map(([operator, { takes, description }]) => [
            operator,
            t.field({ type: types[takes], description }),
          ]),
        ) as InputFieldMap;
      },
    });
    shared.set(name, made);
    return made;
  }

  const where = remembered((view: View): Ref<Where> => {
    const ref = builder.inputRef<Where>(`${view.type}Filter`);
    return ref.implement({
      description: `Which rows of ${view.type}: all conditions have to hold.`,
      fields: (t) => ({
        ...connectives(t, ref),
        ...Object.fromEntries(
          Array.from(meaningsOf(view), ([name, meaning]) => [
            name,
            'way' in meaning
              ? t.field({ type: whereOfWay(meaning.way), ...(!meaning.way.many && crossing) })
              : t.field({ type: operators(meaning.facts), ...personal(meaning.facts) }),
          ]),
        ),
      }),
    });
  });

  const ofSummaries = createSummaryInputs(builder, { operators, direction, where });

  const resource = builder.inputRef<Where>('CurriculumResourceFilter');
  resource.implement({
    description:
      'Which resource: each key names a type and says that the resource is of that type and passes its filter.',
    fields: (t) => ({
      ...connectives(t, resource),
      ...Object.fromEntries(
        resourceViews.map((view) => [memberName(view), t.field({ type: where(view), ...crossing })]),
      ),
    }),
  });
  const resourceList = builder.inputType('CurriculumResourceListFilter', {
    description: 'Conditions on the resources of a row, as far as the catalogue knows them.',
    fields: (t) => quantifiers(t, resource),
  });

  function whereOfWay(way: Way): Ref {
    if (isPolymorphic(way)) return way.many ? resourceList : resource;
    const target = way.targets[0]!;
    return way.many ? whereOfList(target) : where(target);
  }

  const whereOfList = remembered((target: View): Ref =>
    builder.inputType(`${target.type}ListFilter`, {
      description: `Conditions on the ${target.type} rows that belong to a row, as far as you may see them.`,
      fields: (t) => ({
        ...quantifiers(t, where(target)),
        aggregate: t.field({
          type: ofSummaries.aggregate(target),
          description: 'What they come to, all together.',
          ...crossing,
        }),
      }),
    }),
  );

  const orderBy: (view: View) => Ref<OrderBy[number]> = remembered((view) =>
    builder.inputRef<OrderBy[number]>(`${view.type}Order`).implement({
      description: `What a list of ${view.type} is ordered by: exactly one key. For more, add objects to the list.`,
      fields: (t) => {
        // Directions and orders of other types in one map: each is right, but they have no type in common.
        const fields: Record<string, never> = {};
        for (const [name, meaning] of meaningsOf(view)) {
          if ('column' in meaning) {
            const sorts = meaning.facts.kind !== 'ids' && meaning.facts.kind !== 'prose';
            if (sorts) fields[name] = t.field({ type: direction, ...personal(meaning.facts) }) as never;
          } else if (!isPolymorphic(meaning.way)) {
            const { many, targets } = meaning.way;
            const type = (many ? ofSummaries.listOrder : orderBy)(targets[0]!);
            fields[name] = t.field({ type, ...crossing }) as never;
          }
        }
        return fields;
      },
    }),
  );

  for (const view of views) {
    where(view);
    orderBy(view);
  }
  return {
    where,
    orderBy,
    direction,
    summaryFilter: ofSummaries.summaryFilter,
    summaryOrder: ofSummaries.summaryOrder,
    valueType,
  };
}

/** `CurriculumItem` is `curriculumItem`. */
export function memberName({ type }: View): string {
  return `${type[0]!.toLowerCase()}${type.slice(1)}`;
}

function quantifiers(t: InputBuilder, type: Ref) {
  return {
    some: t.field({ type, description: 'At least one passes.', ...crossing }),
    every: t.field({ type, description: 'All pass. True where there are none.', ...crossing }),
    none: t.field({ type, description: 'None passes.', ...crossing }),
  };
}

const filterNames: Record<Kind, string> = {
  id: 'Id',
  ids: 'IdList',
  text: 'String',
  prose: 'String',
  int: 'Int',
  float: 'Float',
  boolean: 'Boolean',
  date: 'Date',
  dateTime: 'DateTime',
  enum: 'Enum',
};

export const scalarNames = {
  id: 'ID',
  ids: 'ID',
  text: 'String',
  prose: 'String',
  int: 'Int',
  float: 'Float',
  boolean: 'Boolean',
  date: 'Date',
  dateTime: 'DateTime',
  enum: 'String',
} as const satisfies Record<Kind, string>;
