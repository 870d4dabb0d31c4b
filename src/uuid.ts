/**
 * What a UUID looks like: PostgreSQL would also take `{…}`, no hyphens and other forms. There is one form here, for what a token
 * names, what is asked for and what a column can hold, so that equal organisations are equal texts. PostgreSQL and JavaScript read
 * this pattern alike; both are to ignore the case.
 */
export const uuidPattern = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';

const pattern = new RegExp(uuidPattern, 'i');

export function isUuid(text: string): boolean {
  return pattern.test(text);
}
