#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { run } from './commands/run.ts';
import { UsageError } from './config/variables.ts';

try {
  if (existsSync('.env')) process.loadEnvFile('.env');
  process.exitCode = await run(process.argv.slice(2), process.env);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
