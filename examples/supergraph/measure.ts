/** What four subgraphs behind a gateway cost against the one, on the demo data: the same questions, one after the other. */
import { resolve } from 'node:path';
import { openDevelopmentKey } from '../../src/callers/developmentKey.ts';
import { startSubgraph } from './subgraph.ts';
import { startSupergraph } from './supergraph.ts';

const questions = {
  'a list of one domain': '{ students(first: 20) { nodes { id name } } }',
  'two domains': '{ students(first: 20) { nodes { name sessions(first: 3) { nodes { startTime } } } } }',
  'four domains': `{ sessions(first: 20) { nodes {
    startTime student { name } learningApp { name } waste { wasteDurationSec }
  } } }`,
};
const rounds = 60;

const folder = resolve(process.env['EMBEDDED_DATA_DIR'] ?? '.timeback');
const key = openDevelopmentKey(folder);
const { issuer } = key;
if (!('publicKey' in issuer.keys)) throw new Error('The development key has no public half.');
const token = await key.sign({ subject: 'measure', scope: { kind: 'unrestricted' }, seconds: 3_600 });
const environment = { ...process.env, EMBEDDED_DATA_DIR: folder, LOG_LEVEL: 'warn' };

const one = await startSubgraph('timeback', environment);
const four = await startSupergraph({
  port: 0,
  environment,
  homework: { publicKey: issuer.keys.publicKey, issuer: issuer.issuer, audience: issuer.audience },
  token,
});
for (const [name, query] of Object.entries(questions)) {
  const ofOne = await median(new URL('/graphql', one.url).href, query);
  const ofFour = await median(four.url, query);
  console.log(`${name}: ${ofOne.toFixed(1)} ms, ${ofFour.toFixed(1)} ms, ${(ofFour / ofOne).toFixed(1)} times`);
}
await four.stop();
await one.stop();

async function median(url: string, query: string): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const begin = performance.now();
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query }),
    });
    const { errors } = (await response.json()) as { errors?: readonly { message: string }[] };
    if (errors) throw new Error(errors[0]!.message);
    times.push(performance.now() - begin);
  }
  return times.toSorted((a, b) => a - b)[rounds / 2]!;
}
