/**
 * Traces for OpenTelemetry, for those who ask: `node --import ./dist/src/telemetry.js dist/src/cli.js`. The program itself never loads
 * this file, and the packages behind it are not among its dependencies.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.ts';

// As in every program with OpenTelemetry: these two turn it off again.
const { OTEL_SDK_DISABLED: disabled, OTEL_TRACES_EXPORTER: exporter } = process.env;
const isOff = disabled?.trim().toLowerCase() === 'true' || exporter?.trim().toLowerCase() === 'none';

try {
  if (!isOff) await import('./telemetry/spans.ts');
} catch (error) {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  const { peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    peerDependencies: Readonly<Record<string, string>>;
  };
  const names = Object.entries(peerDependencies).map(([name, range]) => `${name}@${range}`);
  process.stderr.write(`Traces need packages that are not installed: ${names.join(' ')}\n`);
  process.exit(2);
}
