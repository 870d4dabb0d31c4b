import type { Column } from '../../schema/view.ts';

/**
 * Which values of a column an answer cannot hold: an Int is whole and has 32 bits, JSON has neither NaN nor infinity, and dates have four
 * digits for the year. Where nothing is promised, the last two are shown as null.
 */
export function whereUnshown({ kind, isNullable }: Column, type: string, column: string): string | undefined {
  if (kind === 'int') {
    if (type === 'int2' || type === 'int4') return undefined;
    const isWhole = type === 'int8' ? '' : ` and ${column} = trunc(${column})`;
    return `not (${column} between -2147483648 and 2147483647${isWhole})`;
  }
  if (isNullable) return undefined;
  if (kind === 'date') return `not (${column} between '0001-01-01' and '9999-12-31')`;
  if (kind === 'dateTime') return `not (${column} between '0001-01-01' and '9999-12-31 23:59:59.999999')`;
  if (type.startsWith('float')) return `not (${column} > '-Infinity' and ${column} < 'Infinity')`;
  return type === 'numeric' ? `${column} is not null and scale(${column}) is null` : undefined;
}
