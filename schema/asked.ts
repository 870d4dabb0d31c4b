import {
  getArgumentValues,
  getNamedType,
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
} from 'graphql';
import { collectSubFields } from '@graphql-tools/utils';
import { summedColumns, type FunctionName, type Measure } from './measures.ts';
import type { View } from './view.ts';

interface Asked {
  readonly field: GraphQLField<unknown, unknown>;
  readonly nodes: FieldNode[];
}

/**
 * The measures that a selection asks of a summary below a field, so that they are read in the statement that finds the rows.
 * Their values do not depend on what else is selected.
 */
export function measuresAsked(info: GraphQLResolveInfo, view: View, ...path: readonly string[]): readonly Measure[] {
  const below = ({ field, nodes }: Asked): Asked[] => {
    const type = getNamedType(field.type) as GraphQLObjectType;
    const { fields } = collectSubFields(info.schema, info.fragments, info.variableValues, type, nodes);
    return Array.from(fields.values()).flatMap((same) => {
      // `__typename` is a field of no type.
      const known = type.getFields()[same[0]!.name.value];
      return known ? [{ field: known, nodes: same }] : [];
    });
  };
  const here: Asked = { field: info.parentType.getFields()[info.fieldName]!, nodes: [...info.fieldNodes] };
  const summaries = path.reduce((from, name) => from.flatMap(below).filter(({ field }) => field.name === name), [here]);
  const measures = summaries.flatMap(below).flatMap((asked): Measure[] => {
    const summed = summedColumns(view).get(asked.field.name);
    return summed ? below(asked).flatMap((fn) => measureOf(summed.column, fn, info)) : [{ name: 'count' }];
  });
  return [...new Map(measures.map((measure) => [JSON.stringify(measure), measure])).values()];
}

function measureOf(column: string, { field, nodes }: Asked, info: GraphQLResolveInfo): Measure[] {
  const name = field.name as FunctionName;
  if (name !== 'percentile') return [{ column, name }];
  const at = getArgumentValues(field, nodes[0]!, info.variableValues)['at'] as number;
  // Of any other share nothing can be read; the field itself will say so.
  return at >= 0 && at <= 1 ? [{ column, name, at }] : [];
}
