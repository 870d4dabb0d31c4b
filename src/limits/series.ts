import { Kind, type FieldNode, type OperationDefinitionNode, type ValueNode } from 'graphql';
import { mostPoints } from '../../loaders/metrics/series.ts';
import type { Variables } from './load.ts';

/** However few its points, a series reads as much as it takes to count a list. */
const fewestPoints = 10;

const daysOf: Readonly<Record<string, number>> = { DAY: 1, WEEK: 7, MONTH: 28, QUARTER: 90, YEAR: 365 };

/**
 * How many points a series will have at most. Its arguments are priced before anybody has checked them: what cannot be understood
 * counts as the longest that there may be, and is refused later.
 */
export function pointsOf({ arguments: given = [] }: FieldNode, operation: OperationDefinitionNode) {
  const args = new Map(given.map(({ name, value }) => [name.value, value]));
  return (variables: Variables): number => {
    const { from, to } = Object(read(args.get('during'), variables, operation)) as Record<string, unknown>;
    const days = (Date.parse(String(to)) - Date.parse(String(from))) / 86_400_000 + 1;
    const unit = String(read(args.get('unit'), variables, operation));
    // A period of a few weeks may begin and end within one.
    const points = Math.ceil(days / (daysOf[unit] ?? 1)) + (unit === 'DAY' ? 0 : 1);
    return points <= mostPoints ? Math.max(points, fewestPoints) : mostPoints;
  };
}

function read(value: ValueNode | undefined, variables: Variables, operation: OperationDefinitionNode): unknown {
  if (value?.kind === Kind.VARIABLE) {
    const name = value.name.value;
    const definition = operation.variableDefinitions?.find(({ variable }) => variable.name.value === name);
    return variables[name] ?? read(definition?.defaultValue, variables, operation);
  }
  if (value?.kind !== Kind.OBJECT) return value && 'value' in value ? value.value : undefined;
  return Object.fromEntries(value.fields.map((field) => [field.name.value, read(field.value, variables, operation)]));
}
