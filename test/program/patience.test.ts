import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createWire } from '../../src/door/wire.ts';
import { Patience } from '../../src/patience.ts';
import { noScope } from '../../src/scope.ts';

it('ends when the answer is due', async () => {
  const patience = new Patience(20);
  const told = vi.fn<() => void>();
  patience.whenOver(told);
  expect(patience.isOver).toBe(false);
  await vi.waitFor(() => expect(told).toHaveBeenCalledOnce());
  expect(performance.now()).toBeGreaterThanOrEqual(patience.deadline - 1);
  await vi.waitFor(() => expect(patience.isOver).toBe(true));
});

it('ends once, when whoever waits goes away, and tells only those who still listen', () => {
  const patience = new Patience(10_000);
  const [told, forgotten] = [vi.fn<() => void>(), vi.fn<() => void>()];
  patience.whenOver(told);
  patience.whenOver(forgotten);
  patience.forget(forgotten);
  patience.end();
  patience.end();
  expect(patience.isOver).toBe(true);
  expect(told).toHaveBeenCalledOnce();
  expect(forgotten).not.toHaveBeenCalled();
});

it('has nothing to give up once the answer is there', async () => {
  const patience = new Patience(20);
  const told = vi.fn<() => void>();
  patience.whenOver(told);
  patience.settle();
  await pause(40);
  patience.end();
  expect(told).not.toHaveBeenCalled();
});

describe('a clock that is set', () => {
  afterEach(() => vi.useRealTimers());
  const wire = createWire({
    prepared: true,
    setting: { name: 'a.b', format: 'csv', unrestrictedValue: '*' },
    searchPath: () => 'pg_catalog',
  });

  it.each([
    ['an hour on', 3_600_000],
    ['an hour back', -3_600_000],
    ['to the first of all days', -Date.now()],
  ])('%s makes nobody wait longer or shorter, and PostgreSQL neither', (_, ms) => {
    const patience = new Patience(10_000);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });
    expect(patience.isOver).toBe(false);
    const timeout = Number(wire.written(noScope, [], patience.deadline)[0]!.values[0]);
    expect(timeout).toBeGreaterThan(8_000);
    expect(timeout).toBeLessThan(10_000);
    patience.settle();
  });
});
