/** Ours without one of its guards, to see what that guard costs: WITHOUT is nothing, auth or audit. */
import { withEntities } from '../schema/federation.ts';
import { createSubgraph } from '../schema/subgraphs.ts';
import { createCallers, type Callers } from '../src/callers.ts';
import { readConfig } from '../src/config.ts';
import { aimContext, createContext, type Context } from '../src/context.ts';
import { openDatabase } from '../src/door.ts';
import { createExecutor } from '../src/execution.ts';
import { readTrustedDocuments } from '../src/http/trustedDocuments.ts';
import { createLog } from '../src/log.ts';
import { startServer } from '../src/server.ts';

const without = process.env['WITHOUT'];
const config = readConfig(process.env);
const callers = createCallers({ ...config.auth, issuer: config.auth.issuer! });
const database = openDatabase({ ...config.database, url: config.database.url! });
const schema = withEntities(createSubgraph('timeback'));

/** Whoever came first is whoever comes. */
function unchecked(): Callers {
  let first: ReturnType<Callers['identify']> | undefined;
  return { ...callers, identify: (headers) => (first ??= callers.identify(headers)) };
}

await startServer<Context>({
  config,
  schema,
  callers: without === 'auth' ? unchecked() : callers,
  trustedDocuments: readTrustedDocuments(config.trustedDocuments),
  database,
  log: createLog(without === 'audit' ? 'silent' : config.logLevel),
  createContext: (caller, reader) =>
    createContext(database, caller, without === 'audit' ? { ...reader, onFlight: () => undefined } : reader),
  aim: (context, document) => aimContext(context, schema, document),
  execute: createExecutor(schema),
});
