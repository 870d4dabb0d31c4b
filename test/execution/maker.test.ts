import { execFileSync } from 'node:child_process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it, test } from 'vitest';
import { makerOf, unmade, type Property } from '../../src/maker.ts';
import { root } from '../../src/root.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Long enough for code to be written, and to be given up again. */
const rounds = 700;

const asItIs = (value: unknown) => value;
const negative = (value: unknown) => (typeof value === 'number' && value < 0 ? unmade : value);

test.each<[string, readonly Property<undefined>[]]>([
  ['nothing', []],
  ['a constant', [{ name: '__typename', constant: 'Student' }]],
  ['an empty place', [{ name: 'sessions', constant: null }]],
  [
    'names of every object',
    ['constructor', 'toString', 'hasOwnProperty'].map((at) => ({ name: at, at, make: asItIs })),
  ],
  [
    'names that would end a text',
    ['"', '\\', '`', "'", '\n', '\u2028', '${1}', '*/'].map((at) => ({ name: at, at, make: asItIs })),
  ],
  [
    'more than V8 keeps in one piece',
    Array.from({ length: 300 }, (_, n) => ({ name: `f${n}`, at: `p${n}`, make: asItIs })),
  ],
])('makes the same with code of its own as without: %s', (_, properties) => {
  const source = Object.fromEntries(properties.map((property, n) => ['at' in property ? property.at : '', n]));
  const expected = properties.map((property, n) => [property.name, 'at' in property ? n : property.constant]);
  const maker = makerOf(properties);
  for (let round = 0; round < rounds; round++) {
    const made = maker.make(source, undefined);
    expect(Object.entries(made)).toEqual(expected);
    expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
  }
});

it('reads places of an array from where it is told, and hands over what is given', () => {
  const make = (value: unknown, given: string) => `${given} ${String(value)}`;
  const maker = makerOf([
    { name: 'first', at: 0, make },
    { name: 'third', at: 2, make },
  ]);
  for (let round = 0; round < rounds; round++) {
    expect(maker.make(['a', 'b', 'c', 'd'], `r${round}`, round % 2)).toEqual(
      round % 2 ? { first: `r${round} b`, third: `r${round} d` } : { first: `r${round} a`, third: `r${round} c` },
    );
  }
});

it('makes nothing where one of the values is none, and asks for none behind it', () => {
  const asked: string[] = [];
  const maker = makerOf(
    ['a', 'b', 'c'].map((at) => ({ name: at, at, make: (value: unknown) => (asked.push(at), negative(value)) })),
  );
  for (let round = 0; round < rounds; round++) {
    asked.splice(0);
    expect(maker.make({ a: 1, b: -1, c: 3 }, undefined)).toBe(unmade);
    expect(asked).toEqual(['a', 'b']);
    expect(maker.make({ a: 1, b: 2, c: 3 }, undefined)).toEqual({ a: 1, b: 2, c: 3 });
  }
});

it('is one for all who ask for the same, and another for whoever does not', () => {
  const some: Property<undefined>[] = [{ name: 'a', at: 'x', make: asItIs }];
  expect(makerOf([...some])).toBe(makerOf(some));
  const others: Property<undefined>[] = [
    { name: 'b', at: 'x', make: asItIs },
    { name: 'a', at: 'y', make: asItIs },
    { name: 'a', at: 'x', make: negative },
    { name: 'a', constant: 'x' },
    { name: 'a', constant: null },
  ];
  const makers = [some, ...others.map((one) => [one]), [...some, others[0]!]].map(makerOf);
  expect(new Set(makers).size).toBe(makers.length);
});

it('makes the same when its code has been given up for that of a thousand others', () => {
  const shape = (n: number): Property<undefined>[] => [{ name: `n${n}`, at: 'x', make: asItIs }];
  const makers = Array.from({ length: 1_500 }, (_, n) => makerOf(shape(n)));
  for (let turn = 0; turn < 2; turn++) {
    for (const [n, maker] of makers.entries()) {
      const made = Array.from({ length: 400 }, (_, x) => maker.make({ x }, undefined) as Record<string, unknown>);
      expect(made.every((object, x) => object[`n${n}`] === x)).toBe(true);
    }
  }
});

it('has code for a thousand shapes, whoever has asked for how many, and still holds them', () => {
  const held: unknown[] = [];
  const ask = (count: number) => {
    for (const last = held.length + count; held.length < last;) {
      const id = held.length;
      const maker = makerOf(Array.from({ length: 10 }, (_, n) => ({ name: `s${id}_${n}`, at: n, make: asItIs })));
      for (let round = 0; round < rounds; round++) maker.make([round], undefined);
      held.push(maker);
    }
    collect();
    return process.memoryUsage().heapUsed;
  };
  const before = ask(1_200);
  expect((ask(2_000) - before) / 2_000).toBeLessThan(3_000);
});

it('makes the same in a process that may not run what it has written', () => {
  const program = `
    const { makerOf } = await import('./src/maker.ts');
    const maker = makerOf([{ name: 'a', at: 'x', make: (value) => value }]);
    const made = Array.from({ length: ${rounds} }, (_, x) => maker.make({ x }).a);
    console.log(made.every((a, x) => a === x));`;
  const flags = [
    '--disallow-code-generation-from-strings',
    '--import',
    'tsx',
    '--input-type=module',
    '--eval',
    program,
  ];
  expect(execFileSync(process.execPath, flags, { cwd: root, encoding: 'utf8' })).toBe('true\n');
});
