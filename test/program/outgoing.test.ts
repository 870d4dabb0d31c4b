import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, it, vi } from 'vitest';
import { plainAnswer } from '../../src/http/answer.ts';
import { createCors } from '../../src/http/cors.ts';
import { createHttpServer, type HttpServer } from '../../src/http/httpServer.ts';
import { createOutgoing } from '../../src/http/outgoing.ts';
import { createLog } from '../../src/log.ts';
import { until } from '../support/processes.ts';

const size = 8_000_000;
const lines: string[] = [];
const log = createLog('warn', { write: (line: string) => lines.push(line) });
const routes = new Map([['/', () => plainAnswer(200, 'a'.repeat(size))]]);

const messages = () => lines.map((line) => (JSON.parse(line) as { msg: string }).msg);

let server: HttpServer | undefined;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  lines.length = 0;
  await server?.drain(100);
  server = undefined;
});

/** Somebody who asks and then reads nothing, until `resume`. */
async function ask(url: string) {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  sockets.push(socket);
  const client = { taken: 0, isGone: false, resume: () => void socket.resume() };
  socket.on('data', (piece) => (client.taken += piece.length));
  socket.on('close', () => (client.isGone = true));
  socket.on('error', () => (client.isGone = true));
  socket.pause();
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  socket.write('GET / HTTP/1.1\r\nhost: graph\r\n\r\n');
  return client;
}

const start = (outgoing: { bytes: number; ms: number }) => {
  server = createHttpServer({ routes, cors: createCors([]), requestMs: 5_000, headerBytes: 24_576, outgoing, log });
  return server.listen(0, '127.0.0.1');
};

it('keeps as much as it may for those who do not take it, and then cuts off who has waited longest', async () => {
  const url = await start({ bytes: 3 * size, ms: 60_000 });
  const waiting: Awaited<ReturnType<typeof ask>>[] = [];
  for (let client = 0; client < 5; client++) {
    waiting.push(await ask(url));
    const other = await fetch(url);
    expect((await other.text()).length).toBe(size);
  }
  await until(() => lines.length >= 3, 'those who waited longest were cut off');
  for (const client of waiting) client.resume();
  await until(() => waiting.every(({ taken, isGone }) => isGone || taken > size), 'the others take what is theirs');
  expect(waiting.map(({ taken }) => taken > size)).toEqual([false, false, false, true, true]);
  expect(messages()).toEqual(Array(3).fill('answer not taken'));
});

it('waits for nobody for ever', async () => {
  const url = await start({ bytes: 3 * size, ms: 300 });
  const client = await ask(url);
  await until(() => messages().length > 0, 'her time is over');
  client.resume();
  await until(() => client.isGone, 'she learns of it');
  expect(client.taken).toBeLessThan(size);
  expect(messages()).toEqual(['answer not taken']);
});

it('cuts off at the end of the grace who has not taken an answer that was begun', async () => {
  const url = await start({ bytes: 3 * size, ms: 60_000 });
  const client = await ask(url);
  const other = await fetch(url);
  expect((await other.text()).length).toBe(size);
  const begun = performance.now();
  await server!.drain(100);
  expect(performance.now() - begun).toBeLessThan(1_500);
  client.resume();
  await until(() => client.isGone, 'she learns of it');
  expect(client.taken).toBeLessThan(size);
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([{ msg: 'grace exceeded', requests: 1 }]);
});

it('cuts off nobody within the grace', async () => {
  const url = await start({ bytes: 3 * size, ms: 60_000 });
  const client = await ask(url);
  const other = await fetch(url);
  expect((await other.text()).length).toBe(size);
  const drained = server!.drain(30_000);
  await pause(500);
  client.resume();
  await drained;
  await until(() => client.isGone, 'she has taken it');
  expect(client.taken).toBeGreaterThan(size);
  expect(lines).toEqual([]);
});

it('cuts off no more of them than it must, and never the newest', () => {
  const outgoing = createOutgoing({ bytes: 100, ms: 60_000 });
  const cut: number[] = [];
  const releases = [60, 30, 70, 300].map((bytes, n) => {
    const release = outgoing.hold(bytes, () => cut.push(n));
    return { release, cut: [...cut] };
  });
  expect(releases.map((one) => one.cut)).toEqual([[], [], [0], [0, 1, 2]]);
  for (const { release } of releases) release();
});

it('cuts off nobody who has taken it', () => {
  vi.useFakeTimers();
  try {
    const cutOff = vi.fn<() => void>();
    const release = createOutgoing({ bytes: 100, ms: 20 }).hold(10, cutOff);
    release();
    vi.advanceTimersByTime(100);
    expect(cutOff).not.toHaveBeenCalled();
  } finally {
    vi.useRealTimers();
  }
});
