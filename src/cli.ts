#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs';
import { run } from './commands/run.ts';
import { readEnvFile } from './config/envFile.ts';
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

/** What is set outside goes before what stands in the file. */
function readVariables(): void {
  const { variables, mistakes } = readEnvFile(textOf('.env'));
  for (const line of mistakes) process.stderr.write(`${line}\n`);
  for (const [name, value] of Object.entries(variables)) process.env[name] ??= value;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new UsageError(`The ${path} of this folder must be a file that may be read.`);
  }
}
