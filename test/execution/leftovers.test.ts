import { setTimeout } from 'node:timers/promises';
import { parse } from 'graphql';
import { expect, inject, test } from 'vitest';
import { aimContext, createContext } from '../../src/context.ts';
import { createExecutor } from '../../src/execution.ts';
import { Patience } from '../../src/patience.ts';
import { everything, openGraph } from '../support/graph.ts';
import { collect } from '../support/collect.ts';

/** Twice: what survives the first collection of the young is old after the second. */
function heapWithoutTheYoung(): number {
  collect({ type: 'minor' });
  collect({ type: 'minor' });
  return process.memoryUsage().heapUsed;
}

/** What is left is copied from one corner of the memory to the next until everything is collected: most of what garbage costs. */
test.each([
  ['rows by id', '{ sessions(first: 100) { nodes { id learningApp { name } waste { wasteDurationSec } } } }'],
  ['lists of many parents', '{ students(first: 50) { nodes { id sessions(first: 5) { nodes { id } } } } }'],
  ['sums', '{ students(first: 50) { nodes { id sessions { totalCount } } } }'],
  ['groups', '{ students(first: 50) { nodes { sessions { groups(by: [DATE]) { nodes { totalCount } } } } } }'],
])('a request dies young, and with it whatever was read for it: %s', async (_, query) => {
  const graph = await openGraph(inject('demoUrl'));
  const document = parse(query);
  const carryOut = createExecutor(graph.schema);
  const ask = async (times: number) => {
    for (let n = 0; n < times; n++) {
      const patience = new Patience(20_000);
      const context = createContext(graph.database, { subject: 'test', scope: everything }, { patience });
      aimContext(context, graph.schema, document);
      expect((await carryOut({ document, context })).errors).toBeUndefined();
      patience.settle();
    }
  };
  const leftByEach = async (times: number) => {
    collect();
    const before = heapWithoutTheYoung();
    await ask(times);
    await setTimeout(20); // the last one's connection finds its way home
    return (heapWithoutTheYoung() - before) / times;
  };
  await ask(50);
  // The least of six: what a request leaves it leaves each time, what V8 collects or compiles in the midst of one it does not.
  const left: number[] = [];
  for (let stretch = 0; stretch < 6; stretch++) left.push(await leftByEach(20));
  expect(Math.min(...left)).toBeLessThan(25_000);
  await graph.close();
});
