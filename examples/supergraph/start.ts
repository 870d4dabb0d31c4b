/** `npm run example:supergraph`: the four and homework behind a gateway, on the demo data. Ends with Ctrl+C. */
import { resolve } from 'node:path';
import { openDevelopmentKey } from '../../src/callers/developmentKey.ts';
import { askedToStop } from '../../src/commands/askedToStop.ts';
import { demoCallers } from '../../src/database/data/callers.ts';
import { startSupergraph } from './supergraph.ts';

const query = `{
  student(id: "3ee29c04-6797-558b-9435-fd9bc9fb304a") {
    name
    assignments { title due }
    sessions(first: 2) { nodes { startTime learningApp { name } } }
  }
  assignments(due: DOWN, title: { endsWith: "quarters" }) { title student { name } }
}`;

const folder = resolve(process.env['EMBEDDED_DATA_DIR'] ?? '.timeback');
const key = openDevelopmentKey(folder);
const { issuer } = key;
if (!('publicKey' in issuer.keys)) throw new Error('The development key has no public half.');
const tokenFor = (subject: string, orgIds: readonly string[]) =>
  key.sign({ subject, scope: { kind: 'organizations', orgIds }, seconds: 86_400 });

// A signal to npm ends the shell between it and us, and tsx as a program of its own would not notice that.
const ending = askedToStop(process.env);
const { DATABASE_URL: _, ...environment } = process.env;
console.log('Four subgraphs, homework and a gateway are starting; the first time, a database is made for them.');
const supergraph = await startSupergraph({
  port: Number(process.env['PORT'] ?? 4000),
  environment: { ...environment, EMBEDDED_DATA_DIR: folder },
  homework: { publicKey: issuer.keys.publicKey, issuer: issuer.issuer, audience: issuer.audience },
  token: await tokenFor('gateway', []),
});
const { name, title, subject, orgIds } = demoCallers[1]!;
const token = await tokenFor(subject, orgIds as string[]);
console.log(`
The supergraph answers at ${supergraph.url}. Ask it as ${name}, ${title}:

curl ${supergraph.url} \\
  --header 'content-type: application/json' \\
  --header 'authorization: Bearer ${token}' \\
  --data '${JSON.stringify({ query: query.replaceAll(/\s+/g, ' ') })}'
`);
await ending;
await supergraph.stop();
