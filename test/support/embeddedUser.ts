import { createInterface } from 'node:readline';
import { startEmbedded, type EmbeddedOptions } from '../../src/database/embedded.ts';

// A process of its own that uses an embedded database until it is told to stop, or killed.
const options = JSON.parse(process.argv[2] ?? '') as EmbeddedOptions;
const { url, isNew, stop } = await startEmbedded(options);
console.log(JSON.stringify({ url, isNew }));
for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'stop') await stop();
  break;
}
process.stdin.destroy();
