import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Metrics } from '../metrics.ts';
import { notFound, plainAnswer, type Answer } from './answer.ts';
import type { Route } from './exchange.ts';
import { listen } from './httpServer.ts';

export interface Readiness {
  readonly isDraining: () => boolean;
  /** Whether the database has the views that the catalogue promises. */
  readonly isServing: () => boolean;
  readonly ping: (timeoutMs: number) => Promise<boolean>;
}

const pingMs = 1_000;

export const healthRoute: Route = () => plainAnswer(200, 'ok\n');

/** Says no more than ready or not: which view is missing is for the log, and for `check`. */
export function createReadinessRoute({ isDraining, isServing, ping }: Readiness): Route {
  return async () => {
    if (isDraining()) return plainAnswer(503, 'draining\n');
    if (!(await ping(pingMs))) return plainAnswer(503, 'database not reachable\n');
    return isServing() ? plainAnswer(200, 'ready\n') : plainAnswer(503, 'views differ from the catalogue\n');
  };
}

export function createMetricsRoute(metrics: Metrics): Route {
  return ({ request }) => (isFromHere(request) ? metricsAnswer(metrics) : notFound);
}

async function metricsAnswer(metrics: Metrics): Promise<Answer> {
  return plainAnswer(200, await metrics.text(), { 'content-type': metrics.contentType });
}

/** From this machine, and not by way of a proxy that runs on it. */
function isFromHere({ socket, headers }: IncomingMessage): boolean {
  const address = socket.remoteAddress ?? '';
  const isLoopback = address === '::1' || /^(?:::ffff:)?127\./.test(address);
  return isLoopback && headers['x-forwarded-for'] === undefined && headers['forwarded'] === undefined;
}

/** Metrics on a port of their own, which the operator opens to whom she wants. */
export async function serveMetrics(metrics: Metrics, port: number, host: string): Promise<{ close(): void }> {
  const server = createServer((request, response) => {
    const [path] = (request.url ?? '').split('?');
    // Of a HEAD, Node sends the headers alone.
    if (path !== '/metrics' || (request.method !== 'GET' && request.method !== 'HEAD')) {
      response.writeHead(404).end();
      return;
    }
    metrics.text().then(
      (text) => response.writeHead(200, { 'content-type': metrics.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  await listen(server, port, host);
  return {
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
