/** Whether three servers have said the same, each in its own way. */

/** Numbers as PostgreSQL writes them, moments in UTC, connections through a bridge without the bridge, what is missing left out. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== null).map(plain);
  if (typeof value === 'object' && value !== null) return plainObject(value as Record<string, unknown>);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)) return new Date(value).toISOString();
  return value;
}

function plainObject(object: Record<string, unknown>): unknown {
  const names = Object.keys(object).toSorted();
  // Lists are compared without regard to the order: not every server has one for rows that are alike.
  if (names.length === 1 && names[0] === 'nodes') return sorted(plain(object['nodes']) as unknown[]);
  if (names.length === 1 && names[0] === 'node') return plain(object['node']);
  return Object.fromEntries(
    names.map((name) => [name, name === '_entities' ? entities(object[name]) : plain(object[name])]),
  );
}

function entities(value: unknown): unknown {
  return Array.isArray(value) ? sorted(plain(value) as unknown[]) : plain(value);
}

function sorted(items: unknown[]): unknown[] {
  return items
    .map((item): [string, unknown] => [JSON.stringify(item), item])
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, item]) => item);
}

/** The data of an answer, as text that can be compared. */
export function dataOf(body: Buffer, read: (data: never) => unknown = (data) => data): string {
  const { data, errors } = JSON.parse(body.toString()) as { data?: unknown; errors?: unknown };
  if (errors !== undefined || data === undefined)
    throw new Error(`An answer with errors: ${body.toString('utf8', 0, 400)}`);
  return JSON.stringify(plain(read(data as never)));
}
