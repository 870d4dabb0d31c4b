import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { demoCallers } from '../../src/database/data/callers.ts';
import { openGraph, organizations } from '../support/graph.ts';

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');

function block(language: string): string {
  const found = new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(readme);
  return found![1]!;
}

it('the first query of the README has the answer that stands below it', async () => {
  const graph = await openGraph(inject('demoUrl'));
  const { data } = await graph.run(block('graphql'), { as: organizations(...(demoCallers[0]!.orgIds as string[])) });
  expect(JSON.parse(JSON.stringify({ data }))).toEqual(JSON.parse(block('json')));
  await graph.close();
});
