/**
 * Requests over plain sockets, one after the other on each of them. What sends them shares the machine with what is measured,
 * so it does as little as it can: requests are made beforehand, answers are counted and not read.
 */
import { createConnection, type Socket } from 'node:net';
import type { Asked } from './workloads.ts';

export interface Load {
  /** Answers, those of the warm-up included. */
  readonly all: number;
  /** Answers other than 200: a server that is asked for more than it takes says so. They are no throughput. */
  readonly refused: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

export function requestBytes({ path, body }: Asked, token: string): Buffer {
  const bytes = Buffer.from(body);
  const head = [
    `POST ${path} HTTP/1.1`,
    'host: bench',
    'accept: application/json',
    'content-type: application/json',
    `authorization: Bearer ${token}`,
    `content-length: ${bytes.length}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), bytes]);
}

/** Sends the requests in turn for so long; those of the first fifth only warm up. */
export async function load(
  port: number,
  requests: readonly Buffer[],
  connections: number,
  seconds: number,
): Promise<Load> {
  const begun = performance.now();
  const warm = begun + seconds * 200;
  const end = begun + seconds * 1_000;
  const times: number[] = [];
  let first = NaN;
  let last = NaN;
  let next = 0;
  let all = 0;
  let refused = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      let line = await open(port);
      for (;;) {
        const sent = performance.now();
        if (sent >= end) break;
        const { status, isLast } = await line.ask(requests[next++ % requests.length]!);
        const answered = performance.now();
        if (isLast) {
          line.close();
          line = await open(port);
        }
        all += 1;
        if (status !== 200) refused += 1;
        // What is answered within the window, whenever it was sent: a slow request straddles one end as often as the other.
        else if (answered >= warm && answered < end) {
          if (times.length === 0) first = answered;
          last = answered;
          times.push(answered - sent);
        }
      }
      line.close();
    }),
  );
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? NaN;
  // From answer to answer: of slow ones, the window holds no whole number.
  const perSecond = ((times.length - 1) * 1_000) / (last - first);
  return { all, refused, perSecond, p50: at(0.5), p99: at(0.99) };
}

interface Answer {
  readonly status: number;
  readonly body: Buffer;
  /** The server takes no more requests on this connection: ours after ten thousand of them. */
  readonly isLast: boolean;
}

interface Line {
  ask(request: Buffer): Promise<Answer>;
  close(): void;
}

export function open(port: number): Promise<Line> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host: '127.0.0.1', port, noDelay: true });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(lineOver(socket));
    });
  });
}

function lineOver(socket: Socket): Line {
  let pieces: Buffer[] = [];
  let size = 0;
  let wanted = Infinity;
  let headSize = 0;
  let status = 0;
  let isLast = false;
  let settle: { resolve(answer: Answer): void; reject(error: Error): void } | undefined;

  function readHead(): void {
    const all = Buffer.concat(pieces);
    pieces = [all];
    const end = all.indexOf('\r\n\r\n');
    if (end === -1) return;
    const head = all.toString('latin1', 0, end);
    status = Number(head.slice(9, 12));
    isLast = /\r\nconnection: *close/i.test(head);
    headSize = end + 4;
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    if (length === undefined) socket.destroy(new Error('An answer came without its length.'));
    else wanted = headSize + Number(length);
  }

  socket.on('data', (piece) => {
    pieces.push(piece);
    size += piece.length;
    if (wanted === Infinity) readHead();
    if (size < wanted) return;
    const body = Buffer.concat(pieces).subarray(headSize);
    [pieces, size, wanted] = [[], 0, Infinity];
    settle?.resolve({ status, body, isLast });
  });
  socket.on('error', (error) => settle?.reject(error));
  socket.on('close', () => settle?.reject(new Error('A server hung up.')));
  return {
    ask(request) {
      return new Promise((resolve, reject) => {
        settle = { resolve, reject };
        socket.write(request);
      });
    },
    close() {
      settle = undefined;
      socket.destroy();
    },
  };
}
