#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { run } from './commands/run.ts';
import { UsageError } from './config/variables.ts';

// Whoever reads no further, as `| head` does, has read enough; a server goes on all the same.
for (const output of [process.stdout, process.stderr]) {
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

try {
  if (existsSync('.env')) process.loadEnvFile('.env');
  process.exitCode = await run(process.argv.slice(2), process.env);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
