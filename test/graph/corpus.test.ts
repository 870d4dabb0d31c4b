import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readStories, storyFolder } from '../support/corpus.ts';
import { openGraph, type TestGraph } from '../support/graph.ts';

/**
 * What users ask, with the answer and every select that it took: three files a story, so that a change of either is seen in a
 * review. To take a new answer over: `npx vitest run test/graph/corpus.test.ts -u`.
 */
describe('the corpus', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await openGraph(inject('demoUrl'));
  });
  afterAll(() => graph.close());

  it.each(readStories())('$name', async ({ name, query, as, variables }) => {
    const { data, errors, flights } = await graph.run(query, { as, variables });
    const answer = {
      data,
      ...(errors && { errors: errors.map(({ message, path, extensions }) => ({ message, path, extensions })) }),
    };
    await expect(`${JSON.stringify(answer, null, 2)}\n`).toMatchFileSnapshot(`${storyFolder}/${name}.json`);
    const statements = flights.flatMap((texts, index) => texts.map((text) => `-- flight ${index + 1}\n${text};\n`));
    await expect(statements.join('\n')).toMatchFileSnapshot(`${storyFolder}/${name}.sql`);
  });

  it('has at least sixty stories', () => {
    expect(readStories().length).toBeGreaterThanOrEqual(60);
  });
});
