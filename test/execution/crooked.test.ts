import { setImmediate as turn } from 'node:timers/promises';
import { execute, parse, validate, type ExecutionResult } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createExecutor } from '../../src/execution.ts';
import { createCrookedSchema } from './crookedSchema.ts';
import { chanceOf, randomOperation } from './randomOperations.ts';
import { difference } from './sameAnswer.ts';

const schema = createCrookedSchema();
const chance = chanceOf(41);
const operations = Array.from({ length: 3_000 }, () => randomOperation(schema, chance))
  .map(({ text, variables }, seed) => ({ text, variables, seed, document: parse(text) }))
  .filter(({ document }) => validate(schema, document).length === 0)
  // A switch that is null is left to graphql-js, with whatever that leaves unheard.
  .filter(({ variables }) => variables['usually'] !== null);

const unheard: unknown[] = [];
const note = (reason: unknown) => unheard.push(reason);
beforeAll(() => void process.on('unhandledRejection', note));
afterAll(() => void process.off('unhandledRejection', note));

test('whatever resolvers do, the answer is that of graphql-js, and nothing is left hanging or unheard', async () => {
  const expected: ExecutionResult[] = [];
  for (const { document, variables, seed } of operations) {
    expected.push(await execute({ schema, document, variableValues: variables, contextValue: seed }));
  }
  // A rejection counts as unheard once a turn of the event loop has passed. graphql-js itself leaves some.
  await turn();
  unheard.splice(0);

  const runs = createExecutor(schema);
  const differences: string[] = [];
  for (const [index, { document, variables, seed, text }] of operations.entries()) {
    const found = await runs({ document, variables, context: seed });
    const told = difference(expected[index]!, found);
    if (told) differences.push(`${text}\n${JSON.stringify(variables)}\n${told}`);
  }
  await turn();
  expect(differences.slice(0, 3)).toEqual([]);
  expect(unheard).toEqual([]);
  expect(expected.filter(({ errors }) => errors).length).toBeGreaterThan(500);
  expect(expected.filter(({ data }) => data).length).toBeGreaterThan(500);
});
