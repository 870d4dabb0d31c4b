import { execFileSync } from 'node:child_process';
import { afterEach, describe, expect, it, test, vi } from 'vitest';
import { makerOf, unmade, type Maker, type Property } from '../../src/maker.ts';
import { root } from '../../src/root.ts';

/** Long enough for code to be written. */
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

it('knows the last thousand shapes, and forgets the oldest', () => {
  const shape = (n: number): Property<undefined>[] => [{ name: `known${n}`, at: 'x', make: asItIs }];
  const makers = Array.from({ length: 1_000 }, (_, n) => makerOf(shape(n)));
  expect(makers.filter((maker, n) => makerOf(shape(n)) === maker)).toHaveLength(1_000);
  makerOf(shape(1_000));
  expect(makerOf(shape(1))).toBe(makers[1]);
  expect(makerOf(shape(0))).not.toBe(makers[0]);
});

describe('the code', () => {
  let newborns = 0;

  /** As it is when a process begins, and how often it writes code. */
  async function newborn() {
    newborns += 1;
    const { href } = new URL(`../../src/maker.ts?newborn=${newborns}`, import.meta.url);
    const maker = (await import(href)) as typeof import('../../src/maker.ts');
    const written = vi.fn<(target: FunctionConstructor, given: string[]) => object>((target, given) =>
      Reflect.construct(target, given),
    );
    vi.stubGlobal('Function', new Proxy(Function, { construct: written }));
    return { ...maker, count: () => written.mock.calls.length };
  }
  afterEach(() => void vi.unstubAllGlobals());

  const makes = (maker: Maker<undefined>, times: number, name: string) => {
    const made = Array.from({ length: times }, (_, x) => maker.make({ x }, undefined) as Record<string, unknown>);
    expect(made.every((object, x) => object[name] === x && Object.keys(object).length === 1)).toBe(true);
  };
  const named = (name: string): Property<undefined>[] => [{ name, at: 'x', make: asItIs }];

  it('is written for what is made often, once, and for nothing else', async () => {
    const { makerOf: of, plainMakerOf: plainOf, count } = await newborn();
    const long = Array.from({ length: 300 }, (_, n) => ({ name: `often${n}`, at: `p${n}`, make: asItIs }));
    makes(plainOf(named('often')), rounds, 'often');
    for (let round = 0; round < rounds; round++) of(long).make({}, undefined);
    makes(of(named('often')), 299, 'often');
    expect(count()).toBe(0);
    makes(of(named('often')), rounds, 'often');
    expect(count()).toBe(1);
  });

  it('is written for a thousand shapes, and no more, which makes the same without', async () => {
    const { makerOf: of, count } = await newborn();
    const makers = Array.from({ length: 1_100 }, (_, n) => of(named(`n${n}`)));
    for (const [n, maker] of makers.entries()) makes(maker, 400, `n${n}`);
    expect(count()).toBe(1_000);
    // Those that have it keep it: whoever asks for one of them is given that one.
    expect(makers.filter((maker, n) => of(named(`n${n}`)) === maker).length).toBeGreaterThanOrEqual(1_000);
  });

  it('is that of another maker of the same shape, where there is one', async () => {
    const { makerOf: of, count } = await newborn();
    const forgotten = of(named('same'));
    for (let n = 0; n < 1_000; n++) of(named(`other${n}`));
    expect(of(named('same'))).not.toBe(forgotten);
    for (const maker of [of(named('same')), forgotten]) makes(maker, rounds, 'same');
    expect(count()).toBe(1);
  });
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
