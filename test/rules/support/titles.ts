import { expect, it } from 'vitest';
import type { ViewRow } from './reference.ts';

type Entity = { readonly id: string; readonly name: string | null; readonly description: string | null };

/** The six views of the curriculum name their rows in one way. */
export function itTitles(rule: string, add: (entity: Entity) => Promise<string>, read: () => Promise<ViewRow[]>): void {
  it(`${rule} is titled by its name, else its description, else N/A; blank is missing, shown is unchanged`, async () => {
    const titles: [name: string | null, description: string | null, title: string][] = [
      ['Fractions', 'Parts of a whole', 'Fractions'],
      [' Two  halves ', null, ' Two  halves '],
      [null, 'Parts of a whole', 'Parts of a whole'],
      ['', ' Parts ', ' Parts '],
      [' \t\n', 'Parts of a whole', 'Parts of a whole'],
      [null, null, 'N/A'],
      ['', '  ', 'N/A'],
      ['N/A', 'Parts of a whole', 'N/A'],
    ];
    for (const [index, [name, description]] of titles.entries()) await add({ id: `${index}`, name, description });
    const rows = await read();
    expect(rows.map(({ id, title }) => [id, title])).toEqual(titles.map(([, , title], index) => [`${index}`, title]));
  });
}
