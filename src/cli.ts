#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { run } from './commands/run.ts';
import { UsageError } from './config/variables.ts';

// Whoever reads no further, as `| head` does, has read enough; a server goes on all the same.
process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
  if (code === 'EPIPE') return;
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
});
// There is nobody left who could be told.
process.stderr.on('error', () => undefined);

try {
  if (existsSync('.env')) readVariables();
  process.exitCode = await run(process.argv.slice(2), process.env);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

/** Of a file that may not be read, Node says that it is not there, and of a folder, that it should be a text. */
function readVariables(): void {
  try {
    process.loadEnvFile('.env');
  } catch {
    throw new UsageError('The .env of this folder must be a file that may be read.');
  }
}
