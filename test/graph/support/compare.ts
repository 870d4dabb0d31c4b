import { enumName, isEnum, microseconds } from './world.ts';
import type { Value } from './world.ts';

/** Whether a value passes one operator: yes or no, whatever is missing. */
export function compares(type: string, held: Value, operator: string, operand: unknown): boolean {
  if (operator === 'isNull') return (held === null) === operand;
  if (operator === 'ne') return !compares(type, held, 'eq', operand);
  if (operator === 'notIn') return !compares(type, held, 'in', operand);
  if (held === null) return false;
  if (operator === 'in') return (operand as unknown[]).some((one) => compares(type, held, 'eq', one));
  if (type === '[ID]') {
    const ids = held as readonly string[];
    if (operator === 'has') return ids.includes(operand as string);
    if (operator === 'hasAny') return (operand as string[]).some((id) => ids.includes(id));
    if (operator === 'hasAll') return (operand as string[]).every((id) => ids.includes(id));
  }
  // JavaScript, too, writes a Σ at the end of a word in another way than within it.
  const lower = (text: unknown) => (text as string).toLowerCase().replaceAll('ς', 'σ');
  if (operator === 'startsWith') return lower(held).startsWith(lower(operand));
  if (operator === 'contains') return lower(held).includes(lower(operand));
  if (isEnum(type)) return enumName(held as string) === operand;
  const wanted = type === 'DateTime' ? microseconds(operand as string) : (operand as Value);
  const order = type === 'String' ? compareTexts(held as string, wanted as string) : compareValues(held, wanted);
  if (operator === 'eq') return order === 0;
  if (operator === 'lt') return order < 0;
  if (operator === 'lte') return order <= 0;
  if (operator === 'gt') return order > 0;
  if (operator === 'gte') return order >= 0;
  throw new Error(`${operator} is no operator.`);
}

const collator = new Intl.Collator('en');

/** As people sort names; texts that differ without differing to them are told apart by their bytes. */
export function compareTexts(a: string, b: string): number {
  return collator.compare(a, b) || Buffer.compare(Buffer.from(a), Buffer.from(b));
}

export function compareValues(a: Value, b: Value): number {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return 0;
  if (Number.isNaN(a)) return 1;
  if (Number.isNaN(b)) return -1;
  return a! < b! ? -1 : 1;
}
