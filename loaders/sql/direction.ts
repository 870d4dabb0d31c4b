import { badInput } from '../../src/failures.ts';

export interface Direction {
  readonly name: string;
  readonly isDescending: boolean;
  readonly nullsFirst: boolean;
}

export const directionNames = [
  'ASC',
  'DESC',
  'ASC_NULLS_FIRST',
  'ASC_NULLS_LAST',
  'DESC_NULLS_FIRST',
  'DESC_NULLS_LAST',
] as const;

export const directions: Readonly<Record<string, Direction>> = Object.fromEntries(
  directionNames.map((name) => [
    name,
    {
      name: name.replace('_NULLS_LAST', ''),
      isDescending: name.startsWith('DESC'),
      nullsFirst: name.endsWith('FIRST'),
    },
  ]),
);

export function directionOf(value: unknown, path: string): Direction {
  const direction = typeof value === 'string' ? directions[value] : undefined;
  if (!direction) throw badInput(`${path} has no direction. Say ASC or DESC.`);
  return direction;
}

/** What an order says of something that has no direction of its own. */
export function given(value: unknown, path: string): object {
  if (!value || typeof value !== 'object') throw badInput(`${path} is null. Say which of its fields to order by.`);
  return value;
}

/** The one key of an order, and what it says. */
export function onlyKeyOf(one: unknown, path: string): { name: string; value: unknown } {
  const entries = Object.entries(given(one, path));
  if (entries.length !== 1)
    throw badInput(`${path} must have exactly one key. For a second key add a second object to the list.`);
  const [name, value] = entries[0]!;
  return { name, value };
}
