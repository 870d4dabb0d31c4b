import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../src/root.ts';

export interface Served {
  readonly url: string;
  readonly output: () => string;
  /** Resolves to the exit code. */
  readonly stop: () => Promise<number | null>;
}

export const loader = import.meta.resolve('tsx');
export const program = join(root, 'src', 'cli.ts');

/** The program as a process of its own, once it answers: by default from its sources. */
export async function serve(
  environment: Readonly<Record<string, string>>,
  options: {
    readonly args?: readonly string[];
    readonly cwd?: string;
    readonly uid?: number;
    readonly gid?: number;
  } = {},
): Promise<Served> {
  const { args = ['--import', loader, program], cwd = root, ...account } = options;
  const env = { PATH: process.env['PATH'], PORT: '0', ...environment };
  const child = spawn(process.execPath, args, { cwd, env, ...account });
  let output = '';
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    const take = (piece: Buffer) => {
      output += String(piece);
      const found = /answers at (\S+)\/graphql/.exec(output)?.[1];
      if (found !== undefined && output.endsWith('\n')) resolve(found);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    void ended.then(() => reject(new Error(output)));
  });
  return {
    url,
    output: () => output,
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
