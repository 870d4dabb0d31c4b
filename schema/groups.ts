/** Groups of the rows of a list: what their rows share, as typed keys that lead on, and what they come to. */
import type { Group, GroupKey, Groups } from '../loaders/groups/groups.ts';
import { resourceByKey } from '../loaders/resourceByKey.ts';
import { measuresAsked } from './asked.ts';
import type { Builder } from './builder.ts';
import { tells } from './extensions.ts';
import type { Calendar } from './calendar.ts';
import { createGroupInputs } from './groupInputs.ts';
import { dimensionsOf, type Dimension } from './dimensions.ts';
import type { Inputs } from './inputs.ts';
import { remembered } from './remembered.ts';
import type { createResource } from './resources.ts';
import type { SummaryOf } from './summaries.ts';
import { typeOf, type Types } from './types.ts';
import { fieldName, type View } from './view.ts';
import { viewNamed } from './views/index.ts';

interface Surroundings {
  readonly inputs: Inputs;
  readonly types: Types;
  readonly summaryOf: SummaryOf;
  readonly calendar: Calendar;
  readonly CurriculumResource: ReturnType<typeof createResource>;
}

export function createGroups(
  builder: Builder,
  { inputs, types, summaryOf, calendar, CurriculumResource }: Surroundings,
) {
  const argsOf = createGroupInputs(builder, inputs, calendar);

  const groupsOf = remembered((view: View) => {
    const key = implementKey(view);
    const summary = summaryOf(view);
    const group = builder.objectRef<Group>(`${view.type}Group`).implement({
      description: `Rows of ${view.type} that share a key.`,
      ...tells('groups'),
      fields: (t) => ({
        key: t.field({ type: key, nullable: false, description: 'What they share.', resolve: (one) => one.key }),
        summary: t.field({
          type: summary,
          nullable: false,
          description: 'What they come to.',
          resolve: (one) => one.summary,
        }),
      }),
    });
    return builder.objectRef<Groups>(`${view.type}Groups`).implement({
      description: `The rows of a list of ${view.type}, in groups.`,
      ...tells('groups'),
      fields: (t) => ({
        nodes: t.field({
          type: [group],
          nullable: false,
          description: 'The first groups, in order.',
          resolve: (groups, _, __, info) => groups.nodes(measuresAsked(info, view, 'summary')) as never,
        }),
        others: t.field({
          type: summary,
          description:
            'What the rows come to that are in none of the nodes, left out by first or by having. Null if there are none.',
          resolve: (groups, _, __, info) => groups.others(measuresAsked(info, view)),
        }),
        totalCount: t.int({
          nullable: false,
          description: 'How many groups pass having.',
          resolve: (groups) => groups.totalCount(),
        }),
      }),
    });
  });

  function implementKey(view: View) {
    const ref = builder.objectRef<GroupKey>(`${view.type}GroupKey`);
    type Fields = Parameters<Parameters<typeof ref.implement>[0]['fields'] & {}>[0];

    const valueOf = (t: Fields, { field, column, way, facts }: Dimension) =>
      t.field({
        type: inputs.valueType(facts),
        // What it means is said where it comes from: a hundred keys would say all of it twice.
        description: `See ${(way?.targets[0] ?? view).type}.${fieldName(column)}.`,
        resolve: ({ values }) => values[field] as string | null,
      });
    /** An edge like any other: the id alone, and all ids of a tick become one select. */
    const entityOf = (t: Fields, { field, entity }: Dimension) => {
      const description = `What ${field} means; null if not visible.`;
      if (entity!.view !== 'resource') {
        const type = typeOf(types, viewNamed(entity!.view));
        return t.field({ type, description, resolve: ({ values }) => values[field] as string | null });
      }
      return t.field({
        type: CurriculumResource,
        description,
        resolve: ({ values }, _, context) => {
          const id = values[field] as string | null;
          return id === null ? null : resourceByKey(context, id);
        },
      });
    };

    return ref.implement({
      description: `What rows of ${view.type} share. What they were not grouped by is null.`,
      fields: (t) => ({
        bucket: t.field({
          type: calendar.timeBucket,
          description: 'The stretch of time; null for rows without a time.',
          resolve: (one) => one.bucket(),
        }),
        ...Object.fromEntries(
          [...dimensionsOf(view).values()].flatMap((dimension) => {
            const { field, entity } = dimension;
            return [[field, valueOf(t, dimension)], ...(entity ? [[entity.field, entityOf(t, dimension)]] : [])];
          }),
        ),
      }),
    });
  }

  /** The field `groups` of a list of the view: answer it with the groups of the list. */
  return function groupsField(view: View) {
    return {
      type: groupsOf(view),
      nullable: true as const,
      extensions: { directives: { listSize: [listSize] } },
      description: 'The rows of the whole list in groups, those of other pages, too.',
      args: argsOf(view),
    };
  };
}

/** What a gateway reckons with. Where nobody says `first`, it has a default, and some composers take no second one beside it. */
const listSize = {
  slicingArguments: ['first'],
  sizedFields: ['nodes'],
  requireOneSlicingArgument: false,
};

export type GroupsField = ReturnType<typeof createGroups>;
