import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { SubgraphName } from '../../schema/subgraphs.ts';

const program = join(import.meta.dirname, '..', '..', 'src', 'cli.ts');

/** A gateway asks at once for all that lists of lists refer to. */
const behindGateway = { LOG_LEVEL: 'warn', LIMIT_REPRESENTATIONS: '10000', LIMIT_BODY_BYTES: '1048576' };

/** `timeback-graph serve --subgraph …` as a process of its own, on a port that is free. */
export async function startSubgraph(name: SubgraphName, environment: NodeJS.ProcessEnv) {
  const child = spawn(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), program, 'serve', '--subgraph', name, '--port', '0'],
    { env: { ...behindGateway, ...environment, GRAPHIQL: 'off' }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const url = / answers at (http\S+)$/.exec(line)?.[1];
    if (url !== undefined) {
      // What nobody reads would stop the process once the pipe is full.
      child.stdout.resume();
      return { url, stop };
    }
  }
  throw new Error(`The subgraph ${name} did not start.`);
}
