/**
 * The lists whose pages are turned, under the types that they belong to: their pages become one list. Put yours in their place. Of
 * all others each page stays by itself, as it should where the next takes the place of the last, or where there are several sizes.
 */
export const turned: Readonly<Record<string, readonly string[]>> = {
  Query: ['students', 'sessions'],
  School: ['students'],
  Student: ['sessions'],
};
