/**
 * Traces for OpenTelemetry, for those who ask: `node --import ./dist/src/telemetry.js dist/src/cli.js`. The program itself never loads
 * this file, and the packages behind it are not among its dependencies.
 */
try {
  await import('./telemetry/spans.ts');
} catch (error) {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  const packages = ['api', 'core', 'exporter-trace-otlp-http', 'resources', 'sdk-trace-base'];
  const names = packages.map((name) => `@opentelemetry/${name}`).join(' ');
  process.stderr.write(`Traces need packages that are not installed: npm install --no-save ${names}\n`);
  process.exit(2);
}
