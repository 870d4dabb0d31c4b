/**
 * Apollo's own tests of a server's HTTP layer, on ours. They bring an Apollo Server with options, plugins and schema of theirs;
 * between them and the network stands what stands before the graph: the HTTP server, the route, the body, admission, limits.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ApolloServer, type ApolloServerOptions, type BaseContext } from '@apollo/server';
import { buildSchema } from 'graphql';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { createAdmission } from '../../src/http/admission.ts';
import { createCors } from '../../src/http/cors.ts';
import { createGraphqlRoute } from '../../src/http/graphql.ts';
import { createHttpServer } from '../../src/http/httpServer.ts';
import { createTrustedDocuments } from '../../src/http/trustedDocuments.ts';
import { createLimits } from '../../src/limits.ts';
import { createLog } from '../../src/log.ts';
import { createMetrics } from '../../src/metrics.ts';

const installed = join(import.meta.dirname, 'apolloSuite/node_modules/@apollo/server-integration-testsuite');
const isInstalled = existsSync(installed);

interface Suite {
  defineIntegrationTestSuite(
    createServer: (
      options: ApolloServerOptions<BaseContext>,
      more?: { context?: () => Promise<BaseContext> },
    ) => Promise<{ server: ApolloServer; url: string; extraCleanup: () => Promise<void> }>,
    has: { noIncrementalDelivery: boolean },
  ): void;
}

/** What the suite expects and this program does otherwise, on purpose. */
const excluded: readonly (readonly [reason: string, ...names: RegExp[]])[] = [
  [
    'Documents are agreed on when a client is built; no request can register one. trustedDocuments.test.ts asks the same of those.',
    /> Persisted Queries > /,
    /> returns PersistedQueryNot/,
  ],
  [
    'Rows about children belong into no cache: the header is always the same.',
    /> cache-control > (applies|contains|runs)/,
    /> cache-control (not )?set /,
  ],
  [
    'What is not JSON is refused as a media type, with 415, before Apollo Server sees it.',
    /> throws an error if POST body is empty$/,
    /> throws an error if invalid content-type$/,
    /> CSRF prevention > default$/,
  ],
  ['A refusal never tells where in a text it stopped.', /> throws an error if POST JSON is malformed$/],
  [
    'Headers of an answer are the program’s own; a resolver, a plugin or a gateway adds none, and of a request they see four.',
    /> GraphQLErrors are formatted, obeying http extension$/,
    /> GraphQLError HTTP extensions are respected and stripped$/,
    /> gateway execution > executor can read and write response HTTP headers and status$/,
    /> csrfPrevention: \{requestHeaders\}$/,
  ],
  [
    'How long each field took says something about rows that a caller may not see.',
    /> Federated tracing > with .+ > (reports|includes)/,
  ],
  ['The Apollo Server of the suite is another copy than ours.', /> lockstep versioning of /],
];
const met = new Set<RegExp>();

async function createServer(
  options: ApolloServerOptions<BaseContext>,
  { context = async () => ({}) }: { context?: () => Promise<BaseContext> } = {},
) {
  const server = new ApolloServer(options);
  await server.start();
  const config = readConfig({});
  const log = createLog('silent', { write: () => undefined });
  const route = createGraphqlRoute<BaseContext>({
    apollo: server,
    callers: { identify: async () => ({ subject: 'suite', scope: { kind: 'organizations', orgIds: [] } }) },
    admission: createAdmission(config.admission),
    limits: createLimits(buildSchema('type Query { a: ID }'), config.limits),
    trustedDocuments: createTrustedDocuments(new Map(), false),
    bodyBytes: config.bodyBytes,
    explains: false,
    log,
    metrics: createMetrics(),
    createContext: context,
  });
  const http = createHttpServer({
    routes: new Map([['/', route]]),
    cors: createCors([]),
    requestMs: 10_000,
    headerBytes: 24_576,
    log,
  });
  return { server, url: await http.listen(0, '127.0.0.1'), extraCleanup: () => http.drain(100) };
}

/** In jest, a hook may also call back when it is done. */
function afterEachDone(hook: (done: () => void) => unknown): void {
  afterEach(() => (hook.length === 0 ? hook(() => undefined) : new Promise<void>((resolve) => hook(resolve))));
}

describe.skipIf(!isInstalled)(
  'Apollo’s tests of HTTP layers (where `npm ci` was run in test/scope/apolloSuite)',
  () => {
    beforeEach(({ task, skip }) => {
      for (const [reason, ...names] of excluded) {
        const found = names.find((name) => name.test(task.fullTestName));
        if (found === undefined) continue;
        met.add(found);
        skip(reason);
      }
    });
    if (isInstalled) {
      const jest = {
        afterAll,
        afterEach: afterEachDone,
        beforeAll,
        beforeEach,
        describe,
        expect,
        it,
        test: it,
        jest: vi,
      };
      Object.assign(globalThis, { jestOfApolloSuite: jest });
      const suite = createRequire(import.meta.url)(installed) as Suite;
      suite.defineIntegrationTestSuite(createServer, { noIncrementalDelivery: true });
    }

    it('leaves out nothing that they do not ask', () => {
      expect(excluded.flatMap(([, ...names]) => names.filter((name) => !met.has(name)))).toEqual([]);
    });
  },
);
