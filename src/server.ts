/** The program around the graph, put together: everything that a request meets on its way in and out. */
import { setTimeout } from 'node:timers/promises';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { longestToken, type Callers } from './callers.ts';
import type { Config } from './config.ts';
import type { Database } from './door.ts';
import type { ReaderOptions } from './door/reader.ts';
import type { Execute } from './execution.ts';
import { createAdmission } from './http/admission.ts';
import { startApollo } from './http/apollo.ts';
import { createCors } from './http/cors.ts';
import type { Route } from './http/exchange.ts';
import { createGraphqlRoute } from './http/graphql.ts';
import { createMetricsRoute, createReadinessRoute, healthRoute, serveMetrics } from './http/health.ts';
import { createHttpServer } from './http/httpServer.ts';
import { createPages, type PagesOptions } from './http/pages.ts';
import { noteFlight, noteUnknownWord } from './http/record.ts';
import type { TrustedDocuments } from './http/trustedDocuments.ts';
import { createLimits } from './limits.ts';
import { keepLearning } from './learning.ts';
import type { Log } from './log.ts';
import { createMetrics } from './metrics.ts';
import type { Caller } from './scope.ts';
import { createScopeProbe } from './scopeProbe.ts';

export interface ServerOptions<C extends object> {
  readonly config: Config;
  readonly schema: GraphQLSchema;
  readonly callers: Callers;
  readonly trustedDocuments: TrustedDocuments;
  readonly database: Omit<Database, 'close'>;
  readonly log: Log;
  readonly pages?: PagesOptions;
  readonly createContext: (caller: Caller, options: ReaderOptions) => C;
  readonly aim: (context: C, document: DocumentNode) => void;
  readonly execute: Execute;
}

export interface RunningServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** For everything that is said beside the token. */
const otherHeaderBytes = 8_192;

export async function startServer<C extends object>(options: ServerOptions<C>): Promise<RunningServer> {
  const { config, schema, callers, trustedDocuments, database, log, createContext } = options;
  const metrics = createMetrics();
  const limits = createLimits(schema, config.limits);
  const admission = createAdmission(config.admission);
  const apollo = await startApollo<C>({
    schema,
    introspection: config.introspection,
    isDevelopment: config.isDevelopment,
    maxTokens: config.limits.tokens,
    limits,
    log,
    metrics,
    aim: options.aim,
    execute: options.execute,
  });
  const graphql = createGraphqlRoute<C>({
    apollo,
    callers,
    admission,
    limits,
    trustedDocuments,
    bodyBytes: config.bodyBytes,
    explains: config.explain,
    log,
    metrics,
    createContext: (caller, { patience }, record) =>
      createContext(caller, {
        patience,
        onFlight: (report) => {
          metrics.flight(report);
          noteFlight(record, report);
        },
        onUnknownWord: (column) => {
          metrics.unknownWord(column);
          noteUnknownWord(record, column);
        },
      }),
  });
  const routes = new Map<string, Route>([
    ...(config.graphiql ? createPages(options.pages ?? {}) : []),
    ['/graphql', graphql],
    ['/healthz', healthRoute],
    [
      '/readyz',
      createReadinessRoute({
        isDraining: () => server.isDraining,
        isServing: () => learning.hasHeld,
        ping: (timeoutMs) => database.ping(timeoutMs),
      }),
    ],
  ]);
  if (config.metricsPort === undefined) routes.set('/metrics', createMetricsRoute(metrics));
  const server = createHttpServer({
    routes,
    cors: createCors(config.corsOrigins),
    requestMs: config.requestMs,
    headerBytes: longestToken(config.auth.maxOrgs) + otherHeaderBytes,
    log,
  });
  metrics.watch({
    pool: () => database.stats(),
    admission: () => admission.stats(),
    missing: () => database.live?.missing.size ?? 0,
    closed: () => database.closed.size,
  });
  const probe = createScopeProbe(database, log, metrics);
  const learning = keepLearning(database, probe, log);
  let metricsServer: { close(): void } | undefined;
  const end = async (): Promise<void> => {
    learning.stop();
    await apollo.stop();
    metricsServer?.close();
  };
  try {
    if (config.metricsPort !== undefined) metricsServer = await serveMetrics(metrics, config.metricsPort, config.host);
    // Requests that come in with the views known need not be turned away; a database that is not there is not waited for.
    await Promise.race([learning.first, setTimeout(2_000, undefined, { ref: false })]);
    const url = await server.listen(config.port, config.host);
    // Not waited for, and no condition of being ready: an issuer that is away must not keep the graph from starting.
    callers.prepare();
    return {
      url,
      async stop() {
        await server.drain(config.shutdownGraceMs);
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}
