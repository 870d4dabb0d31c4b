import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { withEntities } from '../../schema/federation.ts';
import { createSubgraph } from '../../schema/subgraphs.ts';
import { createCallers, type Callers } from '../callers.ts';
import { developmentUnrestrictedClaim, openDevelopmentKey, type DevelopmentKey } from '../callers/developmentKey.ts';
import { readConfig, type Config } from '../config.ts';
import { aimContext, createContext } from '../context.ts';
import { openDatabase } from '../door.ts';
import { demoCallers } from '../database/data/callers.ts';
import { firstDay, lastDay } from '../database/data/demo/calendar.ts';
import type { SignedCaller } from '../graphiql/signedCaller.ts';
import { readTrustedDocuments } from '../http/trustedDocuments.ts';
import { createLog, faultOf, type Log } from '../log.ts';
import { createExecutor } from '../execution.ts';
import { root } from '../root.ts';
import { startServer } from '../server.ts';
import { askedToStop } from './askedToStop.ts';
import { print, readFlags, readWithFlags, type Command } from './command.ts';
import { openDemoDatabase } from './demoDatabase.ts';

const help = `Usage: timeback-graph [serve] [--port NUMBER] [--host NAME] [--subgraph NAME]

Serves the graph: on the database of DATABASE_URL, or, without it, on an embedded PostgreSQL with demo data.

  --port NUMBER     where it listens: PORT, or 4000
  --host NAME       HOST, or 127.0.0.1; 0.0.0.0 in a container
  --subgraph NAME   timeback (all of it), students, sessions, insights or curriculum: SUBGRAPH, or timeback`;

const tokenSeconds = 86_400;

export const serve: Command = {
  name: 'serve',
  summary: 'serves the graph (what happens without a command)',
  help,
  async run(args, environment) {
    const flags = readFlags(args, { port: { type: 'string' }, host: { type: 'string' }, subgraph: { type: 'string' } });
    const config = readWithFlags(
      environment,
      { PORT: ['--port', flags.port], HOST: ['--host', flags.host], SUBGRAPH: ['--subgraph', flags.subgraph] },
      readConfig,
    );
    const trustedDocuments = readTrustedDocuments(config.trustedDocuments);
    const log = createLog(config.logLevel);
    // Whatever was given up without anybody to hear how it ended, the requests of everybody else go on.
    process.on('unhandledRejection', (reason) => log.error('unheard rejection', { fault: faultOf(reason) }));
    const stopSignal = askedToStop(environment);
    const key = config.isDevelopment ? openDevelopmentKey(config.dataFolder) : undefined;
    const embedded = config.database.url === undefined ? await openDemo(config) : undefined;
    const database = openDatabase({ ...config.database, url: config.database.url ?? embedded?.url ?? '' });
    const schema = schemaOf(config);
    const pages = pagesFolder();
    try {
      const server = await startServer({
        config,
        schema,
        callers: callersOf(config, key, log),
        trustedDocuments,
        database,
        log,
        pages: {
          ...(pages !== undefined && { folder: pages }),
          ...(key && { demoCallers: () => signedCallers(key) }),
        },
        createContext: (caller, options) => createContext(database, caller, options),
        aim: (context, document) => aimContext(context, schema, document),
        execute: createExecutor(schema),
      });
      print(await banner(server.url, config, key));
      const signal = await stopSignal;
      log.info('stopping', { signal });
      await server.stop();
    } finally {
      await database.close();
      await embedded?.stop();
    }
    return 0;
  },
};

export function schemaOf({ subgraph, federation }: Config) {
  const schema = createSubgraph(subgraph);
  return federation.isOpen ? withEntities(schema, federation.representations) : schema;
}

function openDemo(config: Config) {
  let isFirst = true;
  return openDemoDatabase({
    folder: join(config.dataFolder, 'postgres'),
    schema: config.database.schema,
    onProgress(step) {
      if (isFirst) print('The demo data are made once, in less than a minute:');
      isFirst = false;
      print(`  ${step}`);
    },
  });
}

function callersOf(config: Config, key: DevelopmentKey | undefined, log: Log): Callers {
  const { issuer, ...auth } = config.auth;
  if (issuer) return createCallers({ ...auth, issuer, log });
  if (!key) throw new Error('Nobody signs tokens for this database.');
  return createCallers({
    ...auth,
    issuer: key.issuer,
    orgsClaim: 'org_ids',
    unrestrictedClaim: developmentUnrestrictedClaim,
  });
}

async function signedCallers(key: DevelopmentKey): Promise<SignedCaller[]> {
  const signed = demoCallers.map(async ({ name, title, subject, orgIds }) => {
    const scope = orgIds === 'unrestricted' ? { kind: orgIds } : { kind: 'organizations' as const, orgIds };
    return { name, title, token: await key.sign({ subject, scope, seconds: tokenSeconds }) };
  });
  return Promise.all(signed);
}

/** Where the build leaves GraphiQL. */
function pagesFolder(): string | undefined {
  const folder = join(root, 'dist', 'graphiql');
  return existsSync(join(folder, 'index.html')) ? folder : undefined;
}

/** The addresses come last: they are what is looked for, and the tokens are long. */
async function banner(url: string, config: Config, key: DevelopmentKey | undefined): Promise<string> {
  const lines: string[] = [];
  if (key) {
    const where = config.graphiql ? 'GraphiQL has them to choose from; elsewhere, each has' : 'Each has';
    lines.push(`Three callers to try it as. ${where} a token for a day:`, '');
    for (const { name, title, token } of await signedCallers(key)) {
      lines.push(`${strong(name)}, ${title}`, `  Authorization: Bearer ${token}`, '');
    }
  }
  lines.push(`The TimeBack graph answers at ${strong(`${url}/graphql`)}`);
  if (config.graphiql) lines.push(`GraphiQL is at ${strong(`${url}/graphiql`)}`);
  if (key) {
    lines.push(`The demo data run from ${firstDay} to ${lastDay}: ask for those days.`);
    lines.push(`They are in ${config.dataFolder}. Ctrl+C ends it all.`);
  }
  return `\n${lines.join('\n')}\n`;
}

function strong(text: string): string {
  return process.stdout.isTTY ? styleText('bold', text) : text;
}
