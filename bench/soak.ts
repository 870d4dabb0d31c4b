/**
 * A long day in some minutes: a hundred thousand requests against the graph as it is served, over real HTTP, and what is left
 * of them in memory. Of twenty requests one is hostile, of fifty one goes away before its answer comes.
 *
 *     node --expose-gc --import tsx bench/soak.ts [requests]
 */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import pg from 'pg';
import { createSubgraph } from '../schema/subgraphs.ts';
import { createCallers } from '../src/callers.ts';
import { readConfig } from '../src/config.ts';
import { aimContext, createContext, type Context } from '../src/context.ts';
import { demoCallers } from '../src/database/data/callers.ts';
import { startEmbedded } from '../src/database/embedded.ts';
import { installReferenceDatabase } from '../src/database/install.ts';
import { openDatabase } from '../src/door.ts';
import { createExecutor } from '../src/execution.ts';
import { readTrustedDocuments } from '../src/http/trustedDocuments.ts';
import { createLog } from '../src/log.ts';
import { startServer } from '../src/server.ts';

const requests = Number(process.argv[2] ?? 100_000);
const clients = 32;
const collect = globalThis.gc;
if (!collect) throw new Error('Run it with --expose-gc: without, there is nothing to compare.');

const usual = [
  '{ guides(first: 5) { nodes { id name } } }',
  '{ schools(first: 10) { totalCount nodes { id name students(first: 2) { nodes { id } } } } }',
  '{ students(first: 5) { nodes { id name schools { nodes { schoolId } } } } }',
  '{ subjects { nodes { id title } } }',
  'query Apps($n: Int) { learningApps(first: $n) { nodes { id name } } }',
];
/** None of them is to get data, or an answer above 499. */
const hostile: readonly (() => string)[] = [
  () => '{"query":"{',
  // So long that the memory of documents is full and begun anew several times: what grows beyond it is a leak.
  () => JSON.stringify({ query: `{ ${'a'.repeat(Math.ceil(Math.random() * 50_000))} }` }),
  () => JSON.stringify({ query: `{ ${Array.from({ length: 200 }, (_, n) => `a${n}: __typename`).join(' ')} }` }),
  () => JSON.stringify({ query: `query N${Math.floor(Math.random() * 1e9)} { nothing { at { all } } }` }),
  () => JSON.stringify({ query: '{ students(first: 2147483647) { nodes { id } } }' }),
  () => '['.repeat(5_000),
];

const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const [issuer, audience] = ['https://issuer.example', 'timeback-graph'];
const tokens = await Promise.all(
  demoCallers
    .filter(({ orgIds }) => orgIds !== 'unrestricted')
    .map(({ subject, orgIds }) =>
      new SignJWT({ org_ids: orgIds })
        .setProtectedHeader({ alg: 'ES256' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(subject)
        .setIssuedAt()
        .setExpirationTime('6h')
        .sign(keys.privateKey),
    ),
);

const folder = await mkdtemp(join(tmpdir(), 'timeback-soak-'));
const embedded = await startEmbedded({ folder, isDurable: false });
const admin = new pg.Client(embedded.url);
await admin.connect();
await installReferenceDatabase(admin, { schema: 'analytics_production', data: 'demo' });
await admin.end();

const config = readConfig({
  PORT: '0',
  AUTH_PUBLIC_KEY: keys.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  AUTH_ISSUER: issuer,
  AUTH_AUDIENCE: audience,
  DATABASE_URL: embedded.url,
});
const database = openDatabase({ ...config.database, url: embedded.url });
const schema = createSubgraph('timeback');
const server = await startServer<Context>({
  config,
  schema,
  callers: createCallers({ ...config.auth, issuer: config.auth.issuer! }),
  trustedDocuments: readTrustedDocuments(config.trustedDocuments),
  database,
  log: createLog('info', { write: () => undefined }),
  createContext: (caller, reader) => createContext(database, caller, reader),
  aim: (context, document) => aimContext(context, schema, document),
  execute: createExecutor(schema),
});

const statuses: Record<string, number> = {};
const begun = performance.now();
let sent = 0;

async function send(): Promise<string> {
  const isHostile = Math.random() < 0.05;
  const leaving = Math.random() < 0.02 ? AbortSignal.timeout(Math.ceil(Math.random() * 10)) : undefined;
  const attack = hostile[sent % hostile.length]!;
  const body = isHostile ? attack() : JSON.stringify({ query: usual[sent % usual.length], variables: { n: 3 } });
  try {
    const answer = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens[sent % tokens.length]}` },
      body,
      ...(leaving && { signal: leaving }),
    });
    const text = await answer.text();
    return `${isHostile ? 'hostile' : 'usual'} ${answer.status}${text.includes('"errors"') ? ' with errors' : ''}`;
  } catch (error) {
    if (leaving?.aborted) return 'gone';
    throw error;
  }
}

/** What is alive after the garbage is gone, in megabytes, and what the server holds on to. */
function measure(at: string): void {
  collect!();
  const { heapUsed, rss } = process.memoryUsage();
  const megabytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1).padStart(6)} MB`;
  const rate = Math.round(sent / ((performance.now() - begun) / 1_000));
  const handles = process.getActiveResourcesInfo().length;
  console.log(`${at.padEnd(14)} heap ${megabytes(heapUsed)}  rss ${megabytes(rss)}  handles ${handles}  ${rate}/s`);
}

for (const [third, until] of [requests * 0.02, requests / 3, (requests * 2) / 3, requests].entries()) {
  const client = async () => {
    while (sent < until) {
      sent += 1;
      const outcome = await send();
      statuses[outcome] = (statuses[outcome] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  measure(third === 0 ? 'warmed up' : `${third} of 3 thirds`);
}
console.log(statuses, database.stats());

await server.stop();
await database.close();
await embedded.stop();
await rm(folder, { recursive: true });
