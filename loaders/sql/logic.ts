import { badInput } from '../../src/failures.ts';

/** A filter as it came from the caller: checked by GraphQL for its names and types, and for nothing else. */
export type Where = { readonly [name: string]: unknown };

/** To read a null as no filter would widen the answer: `instead` is what looks for rows where something is missing. */
export function refuseNull(value: unknown, path: string, instead = ''): void {
  if (value === null || value === undefined)
    throw badInput(`${path} is null. Leave it out${instead && `, or ${instead}`}.`);
}

/**
 * All that a filter asks for. `and`, `or` and `not` mean the same in every filter; what else a name means, `condition` says, and
 * `instead` what to say in the place of a null.
 *
 * Filters have two values, SQL has three. Every condition made here is true for the rows that pass and false or null for the
 * others; `is not true` therefore turns each of them into its exact complement, nulls included.
 */
export function allOf(
  where: Where,
  path: string,
  condition: (name: string, value: unknown, path: string) => string,
  instead: (name: string) => string = () => '',
): string {
  const conditions = Object.entries(where).map(([name, value]) => {
    const here = `${path}.${name}`;
    const isConnective = name === 'and' || name === 'or' || name === 'not';
    refuseNull(value, here, isConnective ? '' : instead(name));
    if (name === 'not') return not(allOf(value as Where, here, condition, instead));
    if (name !== 'and' && name !== 'or') return condition(name, value, here);
    const parts = (value as readonly (Where | null)[]).map((one, index) => {
      refuseNull(one, `${here}[${index}]`, 'give a filter');
      return allOf(one as Where, `${here}[${index}]`, condition, instead);
    });
    return name === 'and' ? combine(parts, 'and', 'true') : combine(parts, 'or', 'false');
  });
  return combine(conditions, 'and', 'true');
}

export function combine(conditions: readonly string[], word: 'and' | 'or', empty: string): string {
  if (conditions.length === 0) return empty;
  return conditions.length === 1 ? conditions[0]! : `(${conditions.join(` ${word} `)})`;
}

export function not(condition: string): string {
  return `(${condition}) is not true`;
}
