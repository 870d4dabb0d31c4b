import type { Environment } from '../config/variables.ts';

const parentLookMs = 250;

/**
 * Resolves when somebody wants the program to end, to the name of the wish. Whoever asks a second time is not kept waiting.
 *
 * npm passes a signal on to the shell that it runs scripts in, and that shell goes without telling us. So under npm, the end of
 * the shell is a wish, too: else the port would stay taken by a program that nobody sees.
 */
export function askedToStop(environment: Environment): Promise<string> {
  return new Promise((resolve) => {
    let isStopping = false;
    const stop = (wish: string) => {
      if (isStopping) process.exit(1);
      isStopping = true;
      resolve(wish);
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
    if (environment['npm_lifecycle_event'] === undefined) return;
    const parent = process.ppid;
    const timer = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(timer);
      if (!isStopping) stop('end of npm');
    }, parentLookMs);
    timer.unref();
  });
}
