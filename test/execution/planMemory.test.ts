import { getOperationAST, parse } from 'graphql';
import { expect, it } from 'vitest';
import { createSubgraph } from '../../schema/subgraphs.ts';
import { createDocuments } from '../../src/execution/documents.ts';
import { planOperation } from '../../src/execution/plan.ts';
import { PlanMemory } from '../../src/execution/planMemory.ts';
import { collect } from '../support/collect.ts';

const schema = createSubgraph('timeback');

function planned(text: string, memory: PlanMemory) {
  const document = parse(text);
  return planOperation(schema, document, getOperationAST(document)!, memory)!;
}

/** A kilobyte that becomes 2,600 fields, in sixteen ways. */
function branching(id: number): string {
  const level = (n: number) =>
    `fragment F${n} on Session { id date durationSec startTime @include(if: $a) endTime @include(if: $b) ` +
    `learningAppId @include(if: $c) isProctored @include(if: $d) ${
      n === 0 ? '' : ['waste', 'cheating', 'proctoring'].map((edge) => `${edge} { session { ...F${n - 1} } }`).join(' ')
    } }`;
  return `query ($a: Boolean, $b: Boolean, $c: Boolean, $d: Boolean) { session(id: "${id}") { ...F5 } } ${[0, 1, 2, 3, 4, 5].map(level).join(' ')}`;
}

/** Plans of so many fields each, in a memory that has kept them in turn. */
function kept(...sizes: readonly number[]) {
  const memory = new PlanMemory();
  const forgotten: number[] = [];
  const plans = sizes.map((fields, index) => ({ fields, forget: () => forgotten.push(index) }));
  for (const plan of plans) memory.keep(plan);
  return { memory, plans, forgotten };
}

const full = Array.from({ length: 75 }, () => 999);

it('has room for 75,000 fields, and one of them is the plan itself', () => {
  expect(kept(...full).forgotten).toEqual([]);
  expect(kept(...full, 0).forgotten).toEqual([0]);
  expect(kept(...full, 1_000).forgotten).toEqual([0, 1]);
  expect(kept(74_999).forgotten).toEqual([]);
  expect(kept(0, 0, 75_000, 7).forgotten).toEqual([0, 1, 2]);
});

it('forgets first what was used before the others, and keeps nothing for being used', () => {
  const { memory, plans, forgotten } = kept(...full);
  memory.use(plans[0]!);
  memory.keep({ fields: 0, forget: () => undefined });
  expect(forgotten).toEqual([1]);
  // Whoever still has a plan that was forgotten may use it, and let it grow.
  memory.use(plans[1]!);
  for (let n = 0; n < 3_000; n++) memory.grew(plans[1]!);
  memory.keep({ fields: 998, forget: () => undefined });
  expect(forgotten).toEqual([1]);
});

it('has room again for what a plan has grown by, once it is forgotten', () => {
  const { memory, plans, forgotten } = kept(...full);
  const last = plans.at(-1)!;
  const grow = () => {
    last.fields += 1;
    memory.grew(last);
  };
  grow();
  expect(forgotten).toEqual([0]);
  for (let n = 1; n < 1_000; n++) grow();
  expect(forgotten).toEqual([0]);
  grow();
  expect(forgotten).toEqual([0, 1]);
  // The other 73, and then what has grown.
  memory.keep({ fields: 74_999, forget: () => undefined });
  expect(forgotten).toHaveLength(75);
  memory.keep({ fields: 0, forget: () => forgotten.push(75) });
  expect(forgotten).toHaveLength(75);
});

it('holds no more than so many fields, whatever the documents are', () => {
  const memory = new PlanMemory();
  const heap = () => (collect(), process.memoryUsage().heapUsed);
  // Held, as the store of documents would hold them.
  const documents: ReturnType<typeof planned>[] = [];
  const fly = (count: number) => {
    for (let n = 0; n < count; n++) {
      const operation = planned(branching(documents.length), memory);
      documents.push(operation);
      for (let turn = 0; turn < 16; turn++) {
        const [a, b, c, d] = [1, 2, 4, 8].map((bit) => (turn & bit) > 0);
        operation.selectionFor({ a, b, c, d });
      }
    }
  };
  fly(10);
  const before = heap();
  fly(20);
  expect((heap() - before) / 20).toBeLessThan(200_000);
});

it('keeps nothing of the variables but what switches fields', () => {
  const memory = new PlanMemory();
  const heap = () => (collect(), process.memoryUsage().heapUsed);
  const documents: ReturnType<typeof planned>[] = [];
  const fly = (count: number) => {
    for (let n = 0; n < count; n++) {
      const ids = Array.from({ length: 5_000 }, (_, id) => `${id} of the request ${documents.length}`);
      const text = `query ($ids: [ID!], $a: Boolean!) { sessions(where: { studentId: { in: $ids } }) { nodes { id @include(if: $a) } } }`;
      const operation = planned(text, memory);
      documents.push(operation);
      for (const a of [true, false]) operation.selectionFor({ ids, a });
    }
  };
  fly(10);
  const before = heap();
  fly(20);
  expect((heap() - before) / 20).toBeLessThan(50_000);
});

it('holds no more of the documents than of the fields: values that stand in them, and comments', () => {
  const memory = new PlanMemory();
  const heap = () => (collect(), process.memoryUsage().heapUsed);
  const documents = createDocuments();
  let count = 0;
  const fly = (times: number) => {
    for (let n = 0; n < times; n++) {
      count += 1;
      const ids = Array.from({ length: 1_900 }, (_, id) => id * count).join(' ');
      const texts = [
        `{ sessions(where: { durationSec: { in: [${ids}] } }) { totalCount } }`,
        `${'#\n'.repeat(10_000)}# ${count}\n{ __typename }`,
      ];
      for (const text of texts) {
        const document = parse(text);
        void documents.set(text, document);
        planOperation(schema, document, getOperationAST(document)!, memory)!.selectionFor({});
      }
    }
  };
  fly(240);
  const before = heap();
  fly(60);
  expect((heap() - before) / 60).toBeLessThan(50_000);
});

it('has room for what hangs on documents, be they as small as they may', async () => {
  const documents = createDocuments();
  for (let n = 0; n < 40_000; n++) await documents.set(String(n), parse(`{ a${n}: __typename }`));
  const held = await Promise.all(Array.from({ length: 40_000 }, (_, n) => documents.get(String(n))));
  // With its verdict, its parts and its plan, each takes four kilobytes, so that they come to a hundred megabytes.
  expect(held.filter(Boolean).length).toBeLessThan(26_000);
  expect(held.slice(-20_000).every(Boolean)).toBe(true);
});

it('forgets first what has not been used for longest', () => {
  const memory = new PlanMemory();
  const used = planned('{ session(id: "used") { id } }', memory);
  const unused = planned('{ session(id: "unused") { id } }', memory);
  const [first, second] = [used.selectionFor({}), unused.selectionFor({})];
  expect([used.selectionFor({}), unused.selectionFor({})]).toEqual([first, second]);
  for (let n = 0; n < 30; n++) {
    planned(branching(n), memory).selectionFor({ a: true, b: true, c: true, d: true });
    expect(used.selectionFor({})).toBe(first);
  }
  expect(unused.selectionFor({})).not.toBe(second);
});

it('counts the fields of abstract types when they are met', () => {
  const memory = new PlanMemory();
  const texts = Array.from(
    { length: 60 },
    (_, n) => `{ course(id: "${n}") { descendants { ... on Unit { ${manyFields()} } } } }`,
  );
  const operations = texts.map((text) => planned(text, memory));
  const selections = operations.map((one) => one.selectionFor({}));
  for (const selection of selections) {
    const walk = selection!.fields[0]!.shape;
    if (walk.kind !== 'object') throw new Error('no course');
    const list = walk.selection.fields[0]!.shape;
    if (list.kind !== 'list' || list.item.kind !== 'abstract') throw new Error('no walk');
    list.item.selectionOf(schema.getType('Unit') as never);
  }
  expect(operations.at(-1)!.selectionFor({})).toBe(selections.at(-1));
  expect(operations[0]!.selectionFor({})).not.toBe(selections[0]);
});

/** A thousand fields of a unit. */
function manyFields(): string {
  return Array.from({ length: 1_000 }, (_, n) => `a${n}: title`).join(' ');
}
