import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { UsageError } from '../config/variables.ts';
import { faultOf, type Log } from '../log.ts';
import { Patience } from '../patience.ts';
import { encodeBody, notFound, overloaded, refusal, refusalType, safeHeaders, type Answer } from './answer.ts';
import type { Cors } from './cors.ts';
import { clientGone, type Exchange, type Route } from './exchange.ts';
import { createOutgoing, type OutgoingLimits } from './outgoing.ts';
import { requestIdOf } from './requestId.ts';

export interface HttpServerOptions {
  /** By path; a path that ends with a slash answers for all below it. */
  readonly routes: ReadonlyMap<string, Route>;
  readonly cors: Cors;
  readonly requestMs: number;
  /** How long all headers of a request may be. */
  readonly headerBytes: number;
  /** How much may wait for clients to take it, and how long. */
  readonly outgoing?: OutgoingLimits;
  readonly log: Log;
}

export interface HttpServer {
  /** Resolves to the URL under which it listens. */
  listen(port: number, host: string): Promise<string>;
  readonly isDraining: boolean;
  /** Takes no new connection, finishes what runs, and after the grace refuses what still does. */
  drain(graceMs: number): Promise<void>;
}

/** A request that has not come to its end. */
interface UnderWay {
  /** Sends the answer, unless there has been one. */
  readonly give: (answer: Answer) => void;
  /** The same, and whatever works on it is given up. */
  readonly giveUp: (answer: Answer) => void;
  /** The answer has been sent, or the client has gone. */
  readonly end: () => void;
}

/** Beyond the deadline of the database, so that the more exact answer of the two gets through. */
const lateMs = 500;
const settleMs = 200;
/** About three of the largest answers that the limits allow. */
const untaken: OutgoingLimits = { bytes: 128 * 1_024 * 1_024, ms: 120_000 };

export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { routes, cors, requestMs, headerBytes, log } = options;
  let isDraining = false;
  const outgoing = createOutgoing(options.outgoing ?? untaken);
  const folders = [...routes.keys()].filter((path) => path.endsWith('/') && path !== '/');
  const server = createServer(
    {
      maxHeaderSize: headerBytes,
      // Whoever sends slower than this holds a connection for its own sake.
      headersTimeout: 5_000,
      requestTimeout: 8_000,
      connectionsCheckingInterval: 1_000,
      // Longer than the idle time of the usual load balancers, so that it is they who close.
      keepAliveTimeout: 75_000,
      requireHostHeader: true,
      insecureHTTPParser: false,
      noDelay: true,
    },
    serve,
  );
  // Node drops without a word what comes behind so many. That all of them are not too long is enough.
  server.maxHeadersCount = 0;
  server.maxRequestsPerSocket = 10_000;
  server.maxConnections = 4_096;
  // Requests may wait for their connection one behind the other, and only the foremost hears from Node that it has closed.
  const underWay = new Map<Socket, Set<UnderWay>>();
  server.on('connection', (socket) => {
    const requests = new Set<UnderWay>();
    underWay.set(socket, requests);
    socket.on('close', () => {
      underWay.delete(socket);
      for (const one of requests) one.end();
    });
  });

  // Called by Node when the server closes. Its own takes those for busy that have not asked for anything yet, and those for idle
  // whose answer is still on its way to them.
  server.closeIdleConnections = () => {
    for (const [socket, requests] of underWay) if (requests.size === 0) socket.destroy();
  };

  function serve(request: IncomingMessage, response: ServerResponse): void {
    const requests = underWay.get(request.socket);
    // It has closed, and there is nobody to answer.
    if (!requests) return;
    const patience = new Patience(requestMs);
    const listeners: ((status: number, code: string | undefined) => void)[] = [];
    const [path, search] = split(request.url ?? '');
    const requestId = requestIdOf(request.headers);
    const exchange: Exchange = {
      request,
      path,
      search,
      requestId,
      patience,
      onEnd: (listener) => listeners.push(listener),
    };
    let late: NodeJS.Timeout | undefined;
    let isAnswered = false;
    let code: string | undefined;
    const answerWith = (answer: Answer, stopWaiting: () => void) => {
      if (isAnswered) return;
      isAnswered = true;
      code = answer.code;
      stopWaiting();
      clearTimeout(late);
      send(exchange, response, answer).catch((error: unknown) => {
        log.error('answer not sent', { requestId, fault: faultOf(error) });
        response.destroy();
      });
    };
    const own: UnderWay = {
      give: (answer) => answerWith(answer, () => patience.settle()),
      giveUp: (answer) => answerWith(answer, () => patience.end()),
      end: () => {
        if (!requests.delete(own)) return;
        const isSent = response.writableFinished;
        if (!isSent) patience.end();
        for (const listener of listeners)
          listener(isSent ? response.statusCode : clientGone, isSent ? code : undefined);
        if (isDraining && requests.size === 0) request.socket.destroySoon();
      },
    };
    // The last resort: an answer in time, whatever the work on it is waiting for.
    patience.whenOver(() => {
      late = setTimeout(() => own.give(refusal(504, 'TIMEOUT')), lateMs);
    });
    requests.add(own);
    response.on('close', own.end);
    void answerTo(exchange).then(own.give);
  }

  async function answerTo(exchange: Exchange): Promise<Answer> {
    const { request, path, requestId } = exchange;
    try {
      if (request.method === 'OPTIONS') return cors.preflight(request.headers.origin);
      const route = routes.get(path) ?? routes.get(folders.find((folder) => path.startsWith(folder)) ?? '');
      return (await route?.(exchange)) ?? notFound;
    } catch (error) {
      if (!request.socket.destroyed) log.error('unexpected error', { requestId, fault: faultOf(error) });
      return refusal(500, 'INTERNAL');
    }
  }

  async function send(exchange: Exchange, response: ServerResponse, answer: Answer): Promise<void> {
    const { request, requestId } = exchange;
    if (request.socket.destroyed) return;
    const isEncoded = answer.headers['content-encoding'] !== undefined;
    const accepted = isEncoded ? undefined : request.headers['accept-encoding'];
    const { content, encoding } = await encodeBody(answer.body, accepted);
    const headers: Record<string, string | number> = {
      ...safeHeaders,
      ...cors.headersFor(request.headers.origin),
      ...answer.headers,
    };
    // One by one: what follows a spread in a literal is defined in V8's slow way.
    headers['x-request-id'] = requestId;
    if (answer.code !== undefined) headers['content-type'] = refusalType(request.headers.accept);
    if (encoding) headers['content-encoding'] = encoding;
    if (answer.status !== 204) headers['content-length'] = Buffer.byteLength(content);
    if (isDraining) headers['connection'] = 'close';
    // She may have gone while it was compressed.
    if (request.socket.destroyed) return;
    // A short text is in the hands of the kernel at once.
    if (typeof content !== 'string') {
      const release = outgoing.hold(content.length, () => {
        log.warn('answer not taken', { requestId });
        request.socket.destroy();
      });
      exchange.onEnd(release);
    }
    response.writeHead(answer.status, headers);
    response.end(request.method === 'HEAD' ? undefined : content);
  }

  /** At the end of the grace. Nothing is sent to whom an answer is under way: it is cut off, if it is not taken at once. */
  function giveUpAll(): void {
    const all = [...underWay.values()].flatMap((requests) => [...requests]);
    if (all.length > 0) log.warn('grace exceeded', { requests: all.length });
    for (const one of all) one.giveUp(overloaded);
  }

  return {
    listen: (port, host) => listen(server, port, host),
    get isDraining() {
      return isDraining;
    },
    async drain(graceMs) {
      isDraining = true;
      // What has been sent to us but not been read yet would be cut off with the idle connections. In the meantime, answers ask
      // their clients to go, and the load balancer learns that we are not ready.
      await pause(Math.min(settleMs, graceMs));
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      let timer = setTimeout(() => {
        giveUpAll();
        timer = setTimeout(() => server.closeAllConnections(), settleMs);
      }, graceMs);
      await closed;
      clearTimeout(timer);
    },
  };
}

/** Nobody knows the name, or it is the name of another machine. */
const isElsewhere: ReadonlySet<string> = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EADDRNOTAVAIL']);

export function listen(server: Server, port: number, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException) => {
      const { code = '' } = error;
      if (code === 'EADDRINUSE') reject(new Error(`Port ${port} of ${host} is taken: choose another one.`));
      else if (isElsewhere.has(code))
        reject(new UsageError(`HOST or --host must be an address of this machine (${code}).`));
      else reject(error);
    };
    server.once('error', refuse);
    server.listen(port, host, () => {
      server.off('error', refuse);
      const { address, family, port: bound } = server.address() as AddressInfo;
      const name = family === 'IPv6' ? `[${address}]` : address;
      resolve(`http://${name}:${bound}`);
    });
  });
}

/** Whoever takes this for a proxy sends the whole address; HTTP wants it understood, and the path is what we go by. */
const wholeAddress = /^https?:\/\/[^/?]+/i;

function split(target: string): [string, string] {
  const url = target.startsWith('/') ? target : target.replace(wholeAddress, '');
  const mark = url.indexOf('?');
  return mark === -1 ? [url, ''] : [url.slice(0, mark), url.slice(mark)];
}
