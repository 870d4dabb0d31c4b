import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { Patience } from '../../src/patience.ts';

it('ends when the answer is due', async () => {
  const patience = new Patience(20);
  const told = vi.fn<() => void>();
  patience.whenOver(told);
  expect(patience.isOver).toBe(false);
  await vi.waitFor(() => expect(told).toHaveBeenCalledOnce());
  expect(Date.now()).toBeGreaterThanOrEqual(patience.deadline - 1);
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
