import type { IncomingMessage } from 'node:http';
import { HeaderMap, type ApolloServer } from '@apollo/server';
import type { Callers } from '../callers.ts';
import { Refused } from '../callers/refused.ts';
import { codeOf, statusOf } from '../errors.ts';
import { Failure } from '../failures.ts';
import type { Limits } from '../limits.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Caller } from '../scope.ts';
import { requestChannel } from '../trace.ts';
import type { Admission } from './admission.ts';
import { overloaded, refusal, type Answer } from './answer.ts';
import type { RecordedRequest } from './apollo.ts';
import { createBodies, jsonOf } from './body.ts';
import { clientGone, type Exchange, type Route } from './exchange.ts';
import { createRecord, lineOf, traceOf, type RequestRecord } from './record.ts';
import { readSearch, searchOf } from './search.ts';
import type { DocumentRequest, TrustedDocuments } from './trustedDocuments.ts';

export interface GraphqlRouteOptions<C extends object> {
  readonly apollo: ApolloServer<C>;
  readonly callers: Pick<Callers, 'identify'>;
  readonly admission: Admission;
  readonly limits: Limits;
  readonly trustedDocuments: TrustedDocuments;
  readonly bodyBytes: number;
  /** Whether `x-explain: 1` brings the statements of an answer with it. They show how the database is built. */
  readonly explains: boolean;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly createContext: (caller: Caller, exchange: Exchange, record: RequestRecord) => C;
}

const methodNotAllowed = refusal(405, 'BAD_USER_INPUT', { allow: 'GET, POST' }, 'Ask with POST, or with GET.');

/** The headers that Apollo Server decides by: the media type of the answer, and whether a foreign page could have sent this. */
const passedOn = {
  GET: ['accept', 'content-type', 'apollo-require-preflight', 'x-apollo-operation-name'],
  POST: ['accept'],
};

/** The answer to these is that to no `accept` at all, and there is nothing to negotiate. */
const asUsual: ReadonlySet<string> = new Set(['application/json', '*/*']);

/**
 * What a request passes before anything is read for it, cheapest first: who asks, the body, a place among those that run, the
 * document's id, its shape. Nobody without a valid token gets as far as a parser.
 */
export function createGraphqlRoute<C extends object>(options: GraphqlRouteOptions<C>): Route {
  const { apollo, callers, admission, limits, trustedDocuments, log, metrics } = options;
  const readBody = createBodies(options.bodyBytes);

  async function answer(exchange: Exchange, record: RequestRecord): Promise<Answer> {
    const { request } = exchange;
    if (request.method !== 'POST' && request.method !== 'GET') return methodNotAllowed;
    let caller: Caller;
    try {
      caller = await callers.identify(authorizationOf(request));
    } catch (error) {
      if (error instanceof Refused) record.refused = error.check;
      return refusalOf(error);
    }
    record.caller = caller;
    if (options.explains && request.headers['x-explain'] === '1') record.flights = [];
    const sent = request.method === 'POST' ? await readBody(request) : undefined;
    if (sent && 'refused' in sent) return sent.refused;
    const leave = await admission.enter(caller.subject, exchange.patience);
    if (!leave) return overloaded;
    try {
      // Not before: what is read of a body can take twenty times its memory, and hundreds may wait in line.
      const asked = sent ? jsonOf(sent.bytes) : readSearch(exchange.search);
      if ('refused' in asked) return asked.refused;
      return await execute(exchange, record, caller, asked.value);
    } finally {
      leave();
    }
  }

  async function execute(exchange: Exchange, record: RequestRecord, caller: Caller, value: unknown): Promise<Answer> {
    const { request } = exchange;
    let body = value;
    if (isRecord(value)) {
      const resolved = trustedDocuments.resolve(value);
      if ('refused' in resolved) return resolved.refused;
      body = resolved.request;
      const shape = excessOf(resolved.request, record);
      if (shape) return shape;
    }
    const httpGraphQLRequest: RecordedRequest = {
      method: request.method ?? 'POST',
      headers: headersOf(request),
      search: request.method === 'GET' ? searchOf(body) : '',
      body,
      record,
    };
    const context = async () => options.createContext(caller, exchange, record);
    const result = await apollo.executeHTTPGraphQLRequest({ httpGraphQLRequest, context });
    if (result.body.kind !== 'complete') return refusal(500, 'INTERNAL');
    const type = result.headers.get('content-type') ?? 'application/json; charset=utf-8';
    const isPlainJson = type.startsWith('application/json');
    // Whoever takes no type that there is is told that, and not what was wrong with the document.
    if (result.status === 406) {
      Object.assign(record, { status: 406, isSoft: false, codes: ['BAD_USER_INPUT'] } satisfies Partial<RequestRecord>);
    }
    const status = record.isSoft && isPlainJson ? 200 : (record.status ?? result.status ?? 200);
    if (status >= 400 && record.codes.length === 0) record.codes.push('BAD_USER_INPUT');
    const headers = {
      'content-type': type,
      ...(result.headers.has('allow') && { allow: result.headers.get('allow')! }),
      ...(status === 503 && { 'retry-after': '1' }),
    };
    return { status, headers, body: result.body.string };
  }

  function excessOf({ query }: DocumentRequest, record: RequestRecord): Answer | undefined {
    if (typeof query !== 'string' || query === '') return undefined;
    const { hash, excess } = limits.inspect(query);
    record.document = hash;
    if (!excess) return undefined;
    metrics.limit(excess.limit, limits.isEnforced);
    const { limit, measured, allowed } = excess;
    if (!limits.isEnforced) {
      log.info('limit exceeded', { requestId: record.requestId, limit, measured, allowed });
      return undefined;
    }
    const code = codeOf(excess.refusal);
    return refusal(statusOf(code), code, {}, excess.refusal.message);
  }

  return async (exchange) => {
    const record = createRecord(exchange.requestId);
    if (requestChannel.hasSubscribers) record.traced = [];
    exchange.onEnd((status, refusedWith) => {
      const ms = Math.round((performance.now() - record.begun) * 100) / 100;
      // It may have been refused over our head, because it took too long. What its errors were then has not been told to anybody.
      if (refusedWith !== undefined) record.codes = [refusedWith];
      const code = record.codes[0] ?? (status === clientGone ? 'GONE' : 'OK');
      metrics.request({ operation: record.operation, code, status, ms });
      log.info('request', lineOf(record, exchange.request.method, status, ms));
      if (record.traced) requestChannel.publish(traceOf(record, exchange.request, status));
    });
    return answer(exchange, record);
  };
}

function refusalOf(error: unknown): Answer {
  const code = codeOf(error);
  if (code === 'OVERLOADED') return overloaded;
  const headers = code === 'UNAUTHENTICATED' ? { 'www-authenticate': 'Bearer' } : {};
  return refusal(statusOf(code), code, headers, error instanceof Failure ? error.message : undefined);
}

/** All of them, where `headers` has the first and has dropped the others. */
function authorizationOf({ rawHeaders }: IncomingMessage): readonly string[] {
  const values: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (rawHeaders[index]!.toLowerCase() === 'authorization') values.push(rawHeaders[index + 1]!);
  }
  return values;
}

function headersOf({ method, headers }: IncomingMessage): HeaderMap {
  const map = new HeaderMap();
  const isPost = method === 'POST';
  for (const name of passedOn[isPost ? 'POST' : 'GET']) {
    const value = headers[name];
    if (typeof value === 'string' && !(name === 'accept' && asUsual.has(value))) map.set(name, value);
  }
  // No page can send the JSON that a POST has to be without asking first. Apollo Server would find that out once more.
  if (isPost) map.set('apollo-require-preflight', 'true');
  return map;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
