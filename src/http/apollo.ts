import {
  ApolloServer,
  HeaderMap,
  type ApolloServerOptionsWithGateway,
  type ApolloServerPlugin,
  type BaseContext,
  type GraphQLRequestContext,
  type GraphQLResponse,
  type HTTPGraphQLRequest,
} from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { OperationTypeNode, type DocumentNode, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { createDocuments } from '../execution/documents.ts';
import { codeOf, createErrorFormat, isAboutRequest, statusOf } from '../errors.ts';
import type { Execute } from '../execution.ts';
import { watchingFields } from '../execution/askedBy.ts';
import { Failure } from '../failures.ts';
import type { Limits } from '../limits.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { organizationsIn } from '../scope.ts';
import { noteErrors } from './faults.ts';
import { explanationOf, type RequestRecord } from './record.ts';

/** Apollo Server hands this object back to its plugins, which is how they find the record of their request. */
export interface RecordedRequest extends HTTPGraphQLRequest {
  readonly record: RequestRecord;
}

export interface ApolloOptions<C extends object> {
  readonly schema: GraphQLSchema;
  readonly introspection: boolean;
  readonly isDevelopment: boolean;
  readonly maxTokens: number;
  readonly limits: Limits;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Called once the document is valid and within the limits, before anything resolves. */
  readonly aim: (context: C, document: DocumentNode) => void;
  readonly execute: Execute;
}

export async function startApollo<C extends object>(options: ApolloOptions<C>): Promise<ApolloServer<C>> {
  const { schema, introspection, isDevelopment, limits, maxTokens } = options;
  const { gateway, responseForOperation } = executing<C>(schema, options.execute);
  const apollo = new ApolloServer<C>({
    gateway,
    introspection,
    nodeEnv: 'production',
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: !isDevelopment,
    formatError: createErrorFormat(introspection ? schema : undefined),
    ...(limits.isEnforced && { parseOptions: { maxTokens } }),
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    documentStore: createDocuments(),
    stopOnTerminationSignals: false,
    stringifyResult: (result) => JSON.stringify(result),
    logger: quietLogger(options.log),
    plugins: [
      // It hooks every field of the schema, which cost more than half of the server's time in measurements.
      ApolloServerPluginCacheControlDisabled(),
      // A trace of each field tells a gateway's operator what took long, and with it what there was.
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      requestPlugin(options, responseForOperation),
    ],
  });
  await apollo.start();
  return apollo;
}

/**
 * Apollo Server takes an executor from what it calls a gateway. On the way there it reads the accept header for kinds of
 * answers that this graph has none of, and copies the request in the form of a gateway. So a plugin carries the operation out
 * before that, and only an answer with errors, which have to be formatted, goes the whole way.
 */
function executing<C extends object>(schema: GraphQLSchema, execute: Execute) {
  const carriedOut = new WeakMap<object, Promise<ExecutionResult>>();
  const carryOut = async ({ document, request, contextValue }: Asked<C>) => {
    // The name that was asked for: `operationName` itself is that of the operation that was found.
    const { operationName, variables } = request;
    const isWatched = explained.has(contextValue);
    const work = () => execute({ document: document!, operationName, variables, context: contextValue, isWatched });
    return isWatched ? watchingFields(work) : work();
  };
  const responseForOperation: ResponseForOperation<C> = async (asked) => {
    const work = carryOut(asked);
    try {
      const { data = null, errors } = await work;
      if (!errors) return { http: { headers: new HeaderMap() }, body: { kind: 'single', singleResult: { data } } };
    } catch {
      // It is thrown once more where Apollo Server expects it.
    }
    carriedOut.set(asked.contextValue, work);
    return null;
  };
  const gateway: ApolloServerOptionsWithGateway<BaseContext>['gateway'] = {
    load: async () => ({ executor: async ({ context }) => carriedOut.get(context)! }),
    onSchemaLoadOrUpdate(callback) {
      callback({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    stop: async () => undefined,
  };
  return { gateway, responseForOperation };
}

/** The contexts of requests whose statements are to be shown: all that an executor is handed of a request of ours. */
const explained = new WeakSet<object>();

type Asked<C extends object> = GraphQLRequestContext<C>;
type ResponseForOperation<C extends object> = (asked: Asked<C>) => Promise<GraphQLResponse | null>;

function requestPlugin<C extends object>(
  { limits, log, metrics, aim }: ApolloOptions<C>,
  responseForOperation: ResponseForOperation<C>,
): ApolloServerPlugin<C> {
  // One listener for all requests: everything that belongs to one of them is handed in.
  const listener = {
    responseForOperation,
    async didResolveOperation({ document, operation, contextValue, request }: Asked<C>) {
      // No operation of that name, or several and no name: executing it will say so.
      if (!document || !operation) return;
      const record = recordOf(request.http);
      const organizations = record.caller ? organizationsIn(record.caller.scope) : 0;
      const asked = [document, operation, request.variables ?? {}, organizations] as const;
      if (record.flights) {
        explained.add(contextValue);
        record.price = limits.price(...asked);
      }
      if (operation.name) record.operation = operation.name.value;
      record.operationType = operation.operation;
      // Validation lets these pass, and execution would find no such root.
      if (operation.operation !== OperationTypeNode.QUERY)
        throw new Failure('BAD_USER_INPUT', 'This graph only reads: ask with a query.');
      const excess = limits.weigh(...asked);
      if (excess) {
        metrics.limit(excess.limit, limits.isEnforced);
        if (limits.isEnforced) throw excess.refusal;
        const { limit, measured, allowed } = excess;
        log.info('limit exceeded', { requestId: record.requestId, limit, measured, allowed });
      }
      aim(contextValue, document);
      const begun = performance.now();
      record.execution = { begun, ended: begun };
    },
    async didEncounterErrors({ errors, request }: Asked<C>) {
      noteErrors(recordOf(request.http), errors ?? [], log);
    },
    async willSendResponse({ errors, request, response }: Asked<C>) {
      if (response.body?.kind !== 'single') return;
      const record = recordOf(request.http);
      if (record.execution) record.execution.ended = performance.now();
      const result = response.body.singleResult;
      if (record.flights) result.extensions = { ...result.extensions, explain: explanationOf(record) };
      if (!errors?.length) return;
      const { data } = result;
      const [code = 'INTERNAL'] = record.codes;
      if (data === undefined) {
        record.status = response.http.status === 405 ? 405 : statusOf(code);
        record.isSoft = errors.every(isSoft);
      } else if (record.codes.length === 1 && code === 'OVERLOADED' && isEmpty(data)) {
        // Nothing could be read because too much was going on: worth another try, which status 200 would not say.
        record.status = 503;
      }
    },
  };
  return {
    requestDidStart: async () => listener,
  };
}

/** What is wrong with the document itself: of old, clients of `application/json` read it from the body of a 200. */
function isSoft(error: unknown): boolean {
  // A limit is this graph's own, and refuses with 4xx whoever asks.
  if (error instanceof Failure || isAboutRequest(error)) return false;
  return ['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT'].includes(codeOf(error));
}

function recordOf(request: HTTPGraphQLRequest | undefined): RequestRecord {
  return (request as RecordedRequest).record;
}

/** Lists and counts are in an object that is there without having been read, and the name of a type is nothing of the data. */
function isEmpty(data: unknown): boolean {
  if (data === null || data === undefined) return true;
  if (typeof data !== 'object') return false;
  return Object.entries(data).every(([name, value]) => name === '__typename' || isEmpty(value));
}

/** Apollo Server writes messages of errors into its log lines. Their number is what we keep. */
function quietLogger(log: Log) {
  const warn = () => log.warn('apollo server warned');
  return { debug: () => undefined, info: () => undefined, warn, error: () => log.error('apollo server failed') };
}
